package com.segumento.privacy;

import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.engine.PlainNights;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A random history of two totals and four parts of each of two segments, who are nearly the same
 * persons, in two exports that change by turns; some persons are erased before the last release.
 * And what that release tells of few beside all others, set by set.
 */
public final class RandomRemainders {
  public static final int K = 3;
  public static final int TONIGHT = 5;

  /** Sets are replaced by the fourth release at the latest, and stood with the third. */
  public static final LocalDate OLDEST = date(3);

  /** The shape of the release that is looked at. */
  public static final String OURS = "ours";

  static final String THEIRS = "theirs";
  private static final int PERSONS = 24;

  private record Deed(
      String segment, String shape, String cell, int person, int release, int change) {}

  /** Who is in a cell: those who are known, and how many more. */
  private record Crowd(Set<Integer> known, int erased) {
    int size() {
      return known.size() + erased;
    }

    int common(Crowd other) {
      return (int) known.stream().filter(other.known()::contains).count();
    }
  }

  private final int number;
  private final List<String> segments;
  private final Set<Integer> erased = new HashSet<>();
  private final List<Deed> deeds = new ArrayList<>();

  private RandomRemainders(int number) {
    this.number = number;
    this.segments = List.of("s" + number, "t" + number);
  }

  /** In half of them tonight's are the totals, and in half the parts. */
  public static RandomRemainders of(int number) {
    Random random = new Random(number);
    RandomRemainders all = new RandomRemainders(number);
    boolean totals = number % 2 == 0;
    for (int person = 0; person < PERSONS; person++) {
      if (number % 4 < 2 && random.nextInt(10) == 0) {
        all.erased.add(person);
      }
    }
    for (int release = 1; release <= TONIGHT; release++) {
      boolean ours = release == TONIGHT || random.nextBoolean();
      int cells = ours == totals ? 2 : 4;
      for (String segment : all.segments) {
        for (int person = 0; person < PERSONS; person++) {
          boolean gone = release == TONIGHT && all.erased.contains(person);
          if (random.nextInt(16) < (release < 3 ? 15 : 3) && !gone) {
            all.move(segment, ours ? OURS : THEIRS, person, cell(person, cells, random), release);
          }
        }
      }
    }
    return all;
  }

  /** Its own, mostly; now and then another, or none. */
  private static String cell(int person, int cells, Random random) {
    return switch (random.nextInt(24)) {
      case 0 -> "";
      case 1 -> cells + "/" + random.nextInt(cells);
      default -> cells + "/" + person * cells / PERSONS;
    };
  }

  private void move(String segment, String shape, int person, String cell, int release) {
    Map<String, Set<Integer>> cells = sets(segment, shape, release);
    cells.forEach(
        (name, persons) -> {
          if (persons.contains(person) && !name.equals(cell)) {
            deeds.add(new Deed(segment, shape, name, person, release, -1));
          }
        });
    if (!cell.isEmpty() && !cells.getOrDefault(cell, Set.of()).contains(person)) {
      deeds.add(new Deed(segment, shape, cell, person, release, 1));
    }
  }

  public List<String> segments() {
    return segments;
  }

  /** Each is a backfill of the day before the last one's. */
  public static LocalDate date(int release) {
    return LocalDate.of(2026, 3, 31).minusDays(release);
  }

  /** Whether it is not known any more who somebody is. */
  boolean erased(int person) {
    return erased.contains(person);
  }

  /** The releases that changed one of these cells. */
  NavigableSet<Integer> changes(String segment, Set<String> cells) {
    NavigableSet<Integer> releases = new TreeSet<>();
    deeds.stream()
        .filter(deed -> deed.segment().equals(segment) && cells.contains(deed.cell()))
        .forEach(deed -> releases.add(deed.release()));
    return releases;
  }

  /** Who is in the cells of a shape after all releases up to one. */
  Map<String, Set<Integer>> sets(String segment, String shape, int upTo) {
    Map<String, Set<Integer>> cells = new TreeMap<>();
    for (Deed deed : deeds) {
      if (deed.segment().equals(segment) && deed.shape().equals(shape) && deed.release() <= upTo) {
        Set<Integer> cell = cells.computeIfAbsent(deed.cell(), none -> new HashSet<>());
        if (deed.change() > 0) {
          cell.add(deed.person());
        } else {
          cell.remove(deed.person());
        }
      }
    }
    return cells;
  }

  /** Who stands behind the cells of a shape after all releases up to one. */
  private Map<String, Crowd> standing(String segment, String shape, int upTo) {
    Map<String, Crowd> cells = new TreeMap<>();
    sets(segment, shape, upTo)
        .forEach(
            (cell, persons) -> {
              Set<Integer> known = new TreeSet<>(persons);
              known.removeAll(erased);
              cells.put(cell, new Crowd(known, persons.size() - known.size()));
            });
    return cells;
  }

  /** Segment, cell, person and whether it is new, of what stands after the last release. */
  public List<Row> now() {
    List<Row> now = new ArrayList<>();
    for (String segment : segments) {
      Set<String> changed = changed(segment);
      sets(segment, OURS, TONIGHT)
          .forEach(
              (cell, persons) ->
                  persons.forEach(
                      person ->
                          now.add(
                              RowFactory.create(
                                  segment,
                                  cell,
                                  key(segment, cell, person),
                                  changed.contains(cell)))));
    }
    return now;
  }

  /**
   * Of all who are or were in cells of the last release, by segment, cell and person: where it is
   * and was, and the rows of the memory.
   */
  public List<Row> elements() {
    Map<List<Object>, List<Deed>> done = new LinkedHashMap<>();
    deeds.stream()
        .filter(deed -> deed.shape().equals(OURS))
        .forEach(
            deed ->
                done.computeIfAbsent(
                        List.of(deed.segment(), deed.cell(), deed.person()),
                        of -> new ArrayList<>())
                    .add(deed));
    return done.values().stream().map(this::element).toList();
  }

  private Row element(List<Deed> done) {
    Deed first = done.get(0);
    List<Deed> before = done.stream().filter(deed -> deed.release() < TONIGHT).toList();
    return RowFactory.create(
        first.segment(),
        first.cell(),
        ReleaseMemory.PERSONS,
        key(first.segment(), first.cell(), first.person()),
        done.stream().mapToInt(Deed::change).sum(),
        before.stream().mapToInt(Deed::change).sum(),
        before.stream()
            .map(
                deed ->
                    RowFactory.create(
                        (long) deed.release(), Date.valueOf(date(deed.release())), deed.change()))
            .toList());
  }

  /** Cells of the last release that are other ones. */
  Set<String> changed(String segment) {
    Set<String> changed = new TreeSet<>();
    deeds.stream()
        .filter(deed -> deed.release() == TONIGHT && deed.segment().equals(segment))
        .forEach(deed -> changed.add(deed.cell()));
    return changed;
  }

  /** The last release that changed one of these cells of the segment's other export. */
  private int lastChange(String segment, Set<String> cells) {
    return deeds.stream()
        .filter(deed -> deed.shape().equals(THEIRS) && deed.segment().equals(segment))
        .filter(deed -> cells.contains(deed.cell()))
        .mapToInt(Deed::release)
        .max()
        .orElse(0);
  }

  /** Cells of the segment's other export in which somebody of these persons ever was. */
  private Set<String> touched(String segment, Set<Integer> persons) {
    Set<String> touched = new HashSet<>();
    deeds.stream()
        .filter(deed -> deed.shape().equals(THEIRS) && deed.segment().equals(segment))
        .filter(deed -> persons.contains(deed.person()))
        .forEach(deed -> touched.add(deed.cell()));
    return touched;
  }

  /** Segments and cells that have to wait for sets of their segment that were replaced. */
  public Set<String> waiting() {
    Set<String> waiting = new TreeSet<>();
    for (String segment : segments) {
      waiting(segment).forEach(cell -> waiting.add(segment + " " + cell));
    }
    return waiting;
  }

  private Set<String> waiting(String segment) {
    Map<String, Crowd> now = standing(segment, OURS, TONIGHT);
    Set<String> changed = changed(segment);
    Set<String> waiting = new TreeSet<>();
    Crowd all = all(now);
    Set<String> theirs = standing(segment, THEIRS, TONIGHT).keySet();
    for (int release = 1; release < TONIGHT; release++) {
      int then = release;
      Map<String, Crowd> others = standing(segment, THEIRS, then);
      if (then < lastChange(segment, touched(segment, all.known())) && leavesFew(all, others)) {
        waiting.addAll(changed);
      }
      if (then < lastChange(segment, theirs) && leavesFew(all(others), now)) {
        changed.stream()
            .filter(cell -> now.get(cell).common(all(others)) > 0)
            .forEach(waiting::add);
      }
      changed.stream()
          .filter(cell -> then < lastChange(segment, touched(segment, now.get(cell).known())))
          .filter(cell -> leavesFew(now.get(cell), others))
          .forEach(waiting::add);
      others.forEach(
          (name, other) -> {
            if (then < lastChange(segment, Set.of(name)) && leavesFew(other, now)) {
              changed.stream()
                  .filter(cell -> now.get(cell).common(other) > 0)
                  .forEach(waiting::add);
            }
          });
    }
    return waiting;
  }

  /** All cells of an export together. */
  private static Crowd all(Map<String, Crowd> cells) {
    Set<Integer> known = new TreeSet<>();
    cells.values().forEach(cell -> known.addAll(cell.known()));
    return new Crowd(known, cells.values().stream().mapToInt(Crowd::erased).sum());
  }

  /** Segments and cells that have to wait for sets the other segment has or had. */
  public Set<String> waitingForOthers() {
    Set<String> waiting = new TreeSet<>();
    waitingForOthers(segments.get(0), segments.get(1), waiting);
    waitingForOthers(segments.get(1), segments.get(0), waiting);
    return waiting;
  }

  private void waitingForOthers(String segment, String other, Set<String> waiting) {
    Map<String, Crowd> now = standing(segment, OURS, TONIGHT);
    Set<String> changed = changed(segment);
    for (int release = 1; release < TONIGHT; release++) {
      Map<String, Crowd> then = standing(other, THEIRS, release);
      changed.stream()
          .filter(cell -> leavesFew(now.get(cell), then))
          .forEach(cell -> waiting.add(segment + " " + cell));
      for (Crowd total : then.values()) {
        if (leavesFew(total, now)) {
          changed.stream()
              .filter(cell -> isPart(now.get(cell), total))
              .min(
                  Comparator.<String>comparingInt(cell -> now.get(cell).size())
                      .thenComparing(cell -> cell))
              .ifPresent(cell -> waiting.add(segment + " " + cell));
        }
      }
    }
  }

  private static boolean isPart(Crowd cell, Crowd total) {
    int common = cell.common(total);
    int same = Math.min(cell.erased(), total.erased());
    int outside = cell.size() - common - same;
    return common > 0 && outside < K && outside < common + same;
  }

  private static boolean leavesFew(Crowd total, Map<String, Crowd> cells) {
    List<Crowd> parts = cells.values().stream().filter(cell -> isPart(cell, total)).toList();
    Set<Integer> in = new HashSet<>();
    parts.forEach(part -> in.addAll(part.known()));
    Set<Integer> apart = new HashSet<>(total.known());
    apart.removeAll(in);
    in.removeAll(total.known());
    int nameless = parts.stream().mapToInt(Crowd::erased).sum();
    int left = apart.size() + in.size() + Math.abs(total.erased() - nameless);
    return !parts.isEmpty() && left > 0 && left < K;
  }

  private byte[] key(String segment, String cell, int person) {
    byte[] key = CellFixture.key(number * PERSONS + person);
    return erased.contains(person) ? PlainNights.erased(key, segment, cell) : key;
  }

  /** Rows of the memory, without tonight's or with them. */
  public List<Row> memory(boolean tonight) {
    return deeds.stream()
        .filter(deed -> tonight || deed.release() < TONIGHT)
        .map(
            deed ->
                RowFactory.create(
                    deed.shape(),
                    deed.segment(),
                    deed.cell(),
                    ReleaseMemory.PERSONS,
                    key(deed.segment(), deed.cell(), deed.person()),
                    BigDecimal.ZERO,
                    deed.change(),
                    (long) deed.release(),
                    Date.valueOf(date(deed.release()))))
        .toList();
  }
}
