package com.segumento.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** In which order, and how many at once, the pending drops of a dataset are taken in. */
record Order(DatasetIngest ingest) {
  /** Most drops a commit brings; its note names them. */
  static final int MOST_DROPS = 200;

  /** Takes in all drops; gives the refused ones. */
  List<Refused> run(Landing landing) {
    return switch (ingest.table().contract().mode()) {
      case UPSERT -> upserts(landing);
      case SNAPSHOT -> snapshots(landing);
      case APPEND -> appends(landing);
    };
  }

  private static List<Drop> withoutCorrections(Landing landing, List<Refused> refused) {
    List<Drop> others = new ArrayList<>();
    for (Drop drop : landing.drops()) {
      if (drop.manifest().replaces() == null) {
        others.add(drop);
      } else {
        refused.add(drop.refused(List.of("only drops of events may replace another")));
      }
    }
    return others;
  }

  private List<Refused> upserts(Landing landing) {
    List<Refused> refused = new ArrayList<>();
    for (Drop drop : withoutCorrections(landing, refused)) {
      refused.addAll(ingest.ingest(List.of(drop)));
    }
    return refused;
  }

  // The newest first: once it is the table, older ones have nothing to say.
  private List<Refused> snapshots(Landing landing) {
    List<Refused> refused = new ArrayList<>();
    List<Drop> drops = new ArrayList<>(withoutCorrections(landing, refused));
    drops.sort(Drop.ORDER.reversed());
    List<Drop> older = new ArrayList<>();
    long newest = ingest.marks().getOrDefault(DropCommit.SNAPSHOT, Long.MIN_VALUE);
    boolean written = false;
    for (Drop drop : drops) {
      if (written || drop.date().toEpochDay() < newest) {
        older.add(drop);
      } else {
        List<Refused> why = ingest.ingest(List.of(drop));
        refused.addAll(why);
        written = why.isEmpty();
      }
    }
    if (!older.isEmpty()) {
      ingest.skip(older);
    }
    return refused;
  }

  // Events only add up, so drops that correct none go together, and corrections after them.
  private List<Refused> appends(Landing landing) {
    List<Refused> refused = new ArrayList<>();
    List<Drop> plain =
        landing.drops().stream().filter(drop -> drop.manifest().replaces() == null).toList();
    for (int from = 0; from < plain.size(); from += MOST_DROPS) {
      refused.addAll(ingest.ingest(plain.subList(from, Math.min(plain.size(), from + MOST_DROPS))));
    }
    List<Drop> corrections =
        new ArrayList<>(
            landing.drops().stream().filter(drop -> drop.manifest().replaces() != null).toList());
    corrections.sort(Comparator.comparing(Drop::date).thenComparing(Drop::id));
    while (!corrections.isEmpty()) {
      Set<String> waiting = corrections.stream().map(Drop::id).collect(Collectors.toSet());
      List<Drop> ready =
          corrections.stream()
              .filter(drop -> !waiting.contains(drop.manifest().replaces()))
              .toList();
      if (ready.isEmpty()) {
        corrections.forEach(
            drop -> refused.add(drop.refused(List.of("drops replace each other in a circle"))));
        break;
      }
      ready.forEach(drop -> refused.addAll(correct(drop, landing)));
      corrections.removeAll(ready);
    }
    return refused;
  }

  private List<Refused> correct(Drop drop, Landing landing) {
    String other = drop.manifest().replaces();
    Map<String, Long> marks = ingest.marks();
    if (marks.containsKey(DropCommit.replaced(other))) {
      return List.of(
          drop.refused(
              List.of(
                  "it replaces " + other + ", which was replaced already; name the newer one")));
    }
    if (!marks.containsKey(other) && !landing.known().contains(other)) {
      return List.of(drop.refused(List.of("it replaces " + other + ", which never came")));
    }
    return ingest.ingest(List.of(drop));
  }
}
