package com.segumento.privacy.gate;

import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.gate.ComparedFigure.PersonSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The numbers of persons of segments that have sums in a cell, beside these, segment by segment.
 * Where there are no sums there is nothing to count.
 */
final class NearlyAlike {
  private final int k;
  private final double p;
  private final long release;
  private final Map<String, ComparedFigure> counts = new HashMap<>();
  private final Map<String, CountAndSums> rows = new TreeMap<>();
  private final Map<String, Presence> counting = new HashMap<>();

  /**
   * Nothing yet.
   *
   * @param k fewer of whom nothing may be told
   * @param p of the p% rule; 0 for none
   * @param release the one that is judged
   */
  NearlyAlike(int k, double p, long release) {
    this.k = k;
    this.p = p;
    this.release = release;
  }

  /** So many persons a segment had from a release on. */
  void had(String segment, long from, long persons) {
    counts
        .computeIfAbsent(
            segment, of -> new ComparedFigure(of, ReleaseMemory.PERSONS, counts.size()))
        .sets()
        .add(new PersonSet(from, persons));
  }

  /** All sets are said; those of these sums, too, in order. */
  void begin(List<ComparedFigure> sums) {
    Map<String, List<ComparedFigure>> bySegment = new HashMap<>();
    for (ComparedFigure sum : sums) {
      if (counts.containsKey(sum.segment())) {
        bySegment.computeIfAbsent(sum.segment(), any -> new ArrayList<>()).add(sum);
      }
    }
    counts.keySet().retainAll(bySegment.keySet());
    bySegment.forEach(
        (segment, some) -> {
          ComparedFigure count = counts.get(segment);
          count.sets().sort(Comparator.comparingLong(PersonSet::release));
          rows.put(segment, new CountAndSums(k, p, release, count, some));
        });
  }

  /** Somebody came to a number of persons, or left it. */
  void did(String segment, long when, int change) {
    ComparedFigure count = counts.get(segment);
    if (count != null) {
      counting.computeIfAbsent(segment, any -> new Presence(count)).add(when, change);
    }
  }

  /** That was all the person did, and this is what it adds to sums. */
  void endPerson(Map<ComparedFigure, Presence> adding) {
    Set<String> segments = new LinkedHashSet<>(counting.keySet());
    adding.keySet().forEach(sum -> segments.add(sum.segment()));
    for (String segment : segments) {
      CountAndSums row = rows.get(segment);
      if (row != null) {
        Presence counts = counting.get(segment);
        if (counts != null && counts.now()) {
          counts.figure().standing();
        }
        row.add(counts, adding);
      }
    }
    counting.clear();
  }

  /** Sums that tell of few beside the number of persons of their segment. */
  List<ComparedFigure> telling() {
    return rows.values().stream().flatMap(row -> row.telling().stream()).toList();
  }

  /** Two each of sums of a segment that tell of few by what they have grown by. */
  List<List<ComparedFigure>> growing() {
    return rows.values().stream().flatMap(row -> row.growing().stream()).toList();
  }
}
