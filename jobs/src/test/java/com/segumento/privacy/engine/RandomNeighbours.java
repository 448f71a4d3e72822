package com.segumento.privacy.engine;

import com.segumento.lake.KeptRows;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.CellFixture;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Many cells of four segments of nearly the same persons, who come and go nearly alike, each with
 * the sets it had in some of five releases, and with some tonight; in every second cell, sums of
 * two bounds, and of another column that in some cells has more of everybody. The third and the
 * fourth release are backfills. A set is remembered where it stands, or where one of its figure had
 * been released since a day when it was replaced.
 */
public final class RandomNeighbours {
  /** The number of the release that is being made. */
  public static final long TONIGHT = 6;

  /** A set that was replaced before is not remembered. */
  public static final LocalDate OLDEST = LocalDate.parse("2026-03-03");

  private static final List<String> DATES =
      List.of("2026-03-01", "2026-03-03", "2026-02-01", "2026-03-02", "2026-03-04", "2026-03-05");
  private static final List<Figure> PERSON_FIGURES =
      Stream.of("a", "b", "c", "d").map(id -> new Figure(id, ReleaseMemory.PERSONS)).toList();
  private static final List<Figure> SUMS =
      List.of(
          new Figure("a", "sum of spend in [0.0, 50.0]"),
          new Figure("a", "sum of spend in [0.0, 90.0]"),
          new Figure("b", "sum of spend in [0.0, 50.0]"),
          new Figure("b", "sum of longer in [0.0, 500.0]"),
          new Figure("c", "sum of spend in [0.0, 90.0]"));
  private static final int PERSONS = 14;

  /** A figure of a segment. */
  public record Figure(String segment, String name) implements Comparable<Figure> {
    @Override
    public int compareTo(Figure other) {
      return Comparator.comparing(Figure::segment).thenComparing(Figure::name).compare(this, other);
    }
  }

  /** A person with its share; of who was erased the numbers are below 0. */
  private record Element(int person, int share) {
    boolean erased() {
      return person < 0;
    }

    /** What it adds to a figure. */
    long amount() {
      return share == 0 ? 1 : share;
    }
  }

  /** A set of a figure, which a release brought. */
  private record Version(long release, Set<Element> elements) {
    static final Version NONE = new Version(0, Set.of());

    Version {
      elements = Set.copyOf(elements);
    }

    int in(Element element) {
      return elements.contains(element) ? 1 : 0;
    }
  }

  /** Two figures of a cell that tell of so many persons together, and the one to give way. */
  public record Telling(String cell, Figure one, Figure two, Figure givesWay, long persons) {}

  private final Random random;
  private final Map<String, Map<Figure, List<Version>>> cells = new TreeMap<>();

  /** So many cells, the same for the same seed. */
  public RandomNeighbours(long seed, int k, int cells) {
    random = new Random(seed);
    for (int cell = 0; cell < cells; cell++) {
      this.cells.put("cell " + cell, histories(k, cell % 2 == 0 ? PERSON_FIGURES : SUMS));
    }
  }

  private Map<Figure, List<Version>> histories(int k, List<Figure> figures) {
    List<Set<Integer>> persons = new ArrayList<>();
    Set<Integer> before = nearly(someOf(PERSONS), k, k);
    for (long release = 1; release <= TONIGHT; release++) {
      before = random.nextInt(3) == 0 ? before : nearly(before, 2 * k, k);
      persons.add(before);
    }
    List<int[]> spent = spent();
    int longAgo = random.nextBoolean() ? 100 : 0;
    Map<Figure, List<Version>> histories = new TreeMap<>();
    for (Figure figure : figures) {
      List<Version> history = new ArrayList<>();
      for (long release = 1; release <= TONIGHT; release++) {
        if (random.nextInt(3) == 0) {
          Set<Element> elements = new HashSet<>();
          int at = (int) release - 1;
          nearly(persons.get(at), random.nextInt(4) == 0 ? k : random.nextInt(2), k)
              .forEach(
                  person ->
                      elements.add(
                          new Element(
                              person, share(figure, person, spent.get(at)[person], longAgo))));
          int erased = random.nextInt(4) == 0 ? random.nextInt(4) : 0;
          IntStream.rangeClosed(1, erased).forEach(i -> elements.add(new Element(-i, 0)));
          if (!last(history).elements.equals(elements)) {
            history.add(new Version(release, elements));
          }
        }
      }
      histories.put(figure, history);
    }
    return histories;
  }

  /** What each has spent more by each release. */
  private List<int[]> spent() {
    List<int[]> spent = new ArrayList<>(List.of(new int[PERSONS]));
    while (spent.size() < TONIGHT) {
      int[] next = spent.get(spent.size() - 1).clone();
      if (random.nextInt(3) == 0) {
        someOf(PERSONS).forEach(person -> next[person] += 2);
      }
      spent.add(next);
    }
    return spent;
  }

  private int share(Figure figure, int person, int spent, int longAgo) {
    if (figure.name().equals(ReleaseMemory.PERSONS)) {
      return 0;
    }
    int share = 5 * (person + 1) + spent + (random.nextInt(20) == 0 ? 1 : 0);
    if (figure.name().contains("longer")) {
      return share + longAgo;
    }
    return Math.min(share, figure.name().contains("50") ? 50 : 90);
  }

  private Set<Integer> someOf(int many) {
    Set<Integer> some = new HashSet<>();
    random.ints(many, 0, PERSONS).forEach(some::add);
    return some;
  }

  private Set<Integer> nearly(Set<Integer> persons, int but, int atLeast) {
    Set<Integer> nearly = new HashSet<>(persons);
    for (int person : someOf(random.nextInt(but + 1))) {
      if (!nearly.remove(person)) {
        nearly.add(person);
      }
    }
    while (nearly.size() < atLeast) {
      nearly.add(random.nextInt(PERSONS));
    }
    return nearly;
  }

  /** All sets of tonight beside all they are to be compared with, and how many these are about. */
  public Stream<Telling> sets() {
    List<Telling> all = new ArrayList<>();
    cells.forEach(
        (cell, histories) ->
            forTwo(
                histories,
                (one, two) -> {
                  Version set = last(histories.get(one));
                  if (set.release == TONIGHT) {
                    for (Version other : remembered(histories.get(two))) {
                      long apart = apart(one, set, other);
                      boolean later = other.release < TONIGHT || two.compareTo(one) < 0;
                      all.add(new Telling(cell, one, two, later ? one : two, apart));
                    }
                  }
                }));
    return all.stream();
  }

  private static long apart(Figure figure, Version set, Version other) {
    long here = count(set, element -> 1 - other.in(element));
    long there = count(other, element -> 1 - set.in(element));
    long erased = Math.abs(erased(set) - erased(other));
    return erased
        + (figure.name().equals(ReleaseMemory.PERSONS) ? here + there : Math.max(here, there));
  }

  private static long count(Version of, ToIntFunction<Element> weight) {
    return of.elements.stream().filter(element -> !element.erased()).mapToInt(weight).sum();
  }

  private static long erased(Version of) {
    return of.elements.stream().filter(Element::erased).count();
  }

  /** All changes of two figures, subtracted and added up, one at least of a set of tonight. */
  public Stream<Telling> changes() {
    return changes(true);
  }

  /** The same of sets that are there in the end. */
  public Stream<Telling> lastChanges() {
    return changes(false);
  }

  private Stream<Telling> changes(boolean both) {
    List<Telling> all = new ArrayList<>();
    cells.forEach(
        (cell, histories) ->
            forTwo(
                histories,
                (one, two) -> {
                  if (one.compareTo(two) < 0) {
                    for (Version last : lasts(histories.get(one), both)) {
                      for (Version other : lasts(histories.get(two), both)) {
                        boolean isNew = last.release == TONIGHT;
                        boolean otherNew = other.release == TONIGHT;
                        if (isNew || otherNew) {
                          Figure later = otherNew ? two : one;
                          told(histories, List.of(one, two), List.of(last, other))
                              .map(told -> new Telling(cell, one, two, later, told))
                              .forEach(all::add);
                        }
                      }
                    }
                  }
                }));
    return all.stream();
  }

  private static Stream<Long> told(
      Map<Figure, List<Version>> histories, List<Figure> two, List<Version> lasts) {
    List<Version> ones = remembered(histories.get(two.get(0)));
    List<Version> twos = remembered(histories.get(two.get(1)));
    Set<List<Version>> from = new HashSet<>();
    for (long release = 1; release < TONIGHT; release++) {
      from.add(List.of(at(ones, release), at(twos, release)));
    }
    ones.forEach(version -> from.add(List.of(version, Version.NONE)));
    twos.forEach(version -> from.add(List.of(Version.NONE, version)));
    return from.stream()
        .filter(before -> before.get(0).release < lasts.get(0).release)
        .filter(before -> before.get(1).release < lasts.get(1).release)
        .filter(before -> before.get(0).release + before.get(1).release > 0)
        .flatMap(before -> told(two, before, lasts));
  }

  private static Version at(List<Version> versions, long release) {
    return versions.stream()
        .filter(version -> version.release <= release)
        .reduce((before, after) -> after)
        .orElse(Version.NONE);
  }

  private static Stream<Long> told(List<Figure> two, List<Version> before, List<Version> after) {
    boolean byAmount = two.get(0).segment().equals(two.get(1).segment());
    Set<Element> all = new HashSet<>();
    Stream.of(before, after).flatMap(List::stream).forEach(set -> all.addAll(set.elements));
    long[] moved = new long[2];
    long[] erased = new long[4];
    long subtracted = 0;
    long added = 0;
    Map<Object, long[]> amounts = new HashMap<>();
    for (Element element : all) {
      int one = after.get(0).in(element) - before.get(0).in(element);
      int other = after.get(1).in(element) - before.get(1).in(element);
      moved[0] += Math.abs(one);
      moved[1] += Math.abs(other);
      if (element.erased()) {
        erased[0] += Math.max(one, 0);
        erased[1] += Math.max(-one, 0);
        erased[2] += Math.max(other, 0);
        erased[3] += Math.max(-other, 0);
      } else {
        Object who = byAmount ? element.person : element;
        long[] of = amounts.computeIfAbsent(who, any -> new long[2]);
        of[0] += one * element.amount();
        of[1] += other * element.amount();
      }
    }
    for (long[] of : amounts.values()) {
      subtracted += of[0] == of[1] ? 0 : 1;
      added += of[0] == -of[1] ? 0 : 1;
    }
    return moved[0] == 0 || moved[1] == 0
        ? Stream.of()
        : Stream.of(
            subtracted + Math.abs(erased[0] - erased[2]) + Math.abs(erased[1] - erased[3]),
            added + Math.abs(erased[0] - erased[3]) + Math.abs(erased[1] - erased[2]));
  }

  private interface TwoFigures {
    void of(Figure one, Figure two);
  }

  private static void forTwo(Map<Figure, List<Version>> histories, TwoFigures each) {
    for (Figure one : histories.keySet()) {
      for (Figure two : histories.keySet()) {
        if (!one.equals(two)) {
          each.of(one, two);
        }
      }
    }
  }

  private static List<Version> lasts(List<Version> history, boolean both) {
    List<Version> remembered = remembered(history);
    int last = remembered.size() - 1;
    boolean isNew = last > 0 && remembered.get(last).release == TONIGHT;
    return remembered.subList(Math.max(0, isNew && both ? last - 1 : last), Math.max(0, last + 1));
  }

  private static List<Version> remembered(List<Version> history) {
    return IntStream.range(0, history.size())
        .filter(i -> i == history.size() - 1 || !newest(history.subList(0, i + 2)).isBefore(OLDEST))
        .mapToObj(history::get)
        .toList();
  }

  private static Version last(List<Version> history) {
    return history.isEmpty() ? Version.NONE : history.get(history.size() - 1);
  }

  private static LocalDate newest(List<Version> history) {
    return history.stream()
        .map(version -> date(version.release).toLocalDate())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Date date(long release) {
    return Date.valueOf(DATES.get((int) release - 1));
  }

  /** What the releases before tonight's are remembered to have changed. */
  KeptRows memory(SparkSession spark) {
    return changes(spark, 1, TONIGHT - 1);
  }

  /** What tonight's changes. */
  KeptRows proposed(SparkSession spark) {
    return changes(spark, TONIGHT, TONIGHT);
  }

  /** What these releases changed. */
  public KeptRows changes(SparkSession spark, long from, long to) {
    List<Row> rows = new ArrayList<>();
    cells.forEach(
        (cell, histories) ->
            histories.forEach(
                (figure, history) -> {
                  Version before = Version.NONE;
                  for (Version version : history) {
                    if (version.release >= from && version.release <= to) {
                      change(rows, figure, cell, before, version);
                    }
                    before = version;
                  }
                }));
    return KeptRows.of(spark.createDataFrame(rows, ReleaseMemory.SCHEMA).coalesce(2));
  }

  private static void change(
      List<Row> rows, Figure figure, String cell, Version before, Version after) {
    Set<Element> both = new HashSet<>(before.elements);
    both.addAll(after.elements);
    for (Element element : both) {
      int change = after.in(element) - before.in(element);
      if (change != 0) {
        rows.add(
            RowFactory.create(
                "gender@0",
                figure.segment(),
                cell,
                figure.name(),
                key(figure, cell, element),
                BigDecimal.valueOf(element.share).setScale(6),
                change,
                after.release,
                date(after.release)));
      }
    }
  }

  /** Of who was erased the same in all sets of a figure, and of no other. */
  private static byte[] key(Figure figure, String cell, Element element) {
    return element.erased()
        ? PlainNights.erased(
            CellFixture.key(-element.person), figure.segment() + figure.name(), cell)
        : CellFixture.key(element.person);
  }
}
