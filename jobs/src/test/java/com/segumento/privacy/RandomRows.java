package com.segumento.privacy;

import com.segumento.lake.KeptRows;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.NaiveRow.Told;
import com.segumento.privacy.NaiveRow.Version;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Many cells of one segment or two, each with a number of persons and one to three sums to which
 * nearly all add the same; with the sets they had in some of five releases, of which the third and
 * the fourth are backfills, and with some tonight. Some figures were closed meanwhile; in some rows
 * somebody was erased. And what these rows tell of fewer than k, by a look at each person.
 */
public final class RandomRows {
  /** The number of the release that is being made. */
  public static final long TONIGHT = 6;

  /** A set that was replaced before is not remembered. */
  public static final LocalDate OLDEST = LocalDate.parse("2026-03-03");

  private static final List<String> DATES =
      List.of("2026-03-01", "2026-03-03", "2026-02-01", "2026-03-02", "2026-03-04", "2026-03-05");
  private static final List<List<Double>> CLAMPS =
      List.of(List.of(0.0, 1.0), List.of(0.0, 2.0), List.of(0.0, 3.0), List.of(-1.0, 3.0));
  private static final List<String> COLUMNS = List.of("first", "second", "third");
  private static final int PERSONS = 14;

  /** Those from this number on are erased. */
  private static final int ERASED = 100;

  private final int k;
  private final double p;
  private final Random random;
  private final Map<Place, NaiveRow> rows = new TreeMap<>();

  /** How a row tells. */
  public enum Kind {
    /** Its number of persons, as often as they add something, beside a sum. */
    WHOLE,
    /** What both have grown by. */
    CHANGE,
    /** What is left to the bound is nearly all of one person, by the p% rule. */
    DOMINANCE,
    /** Two sums or three, added up or subtracted, or what they have grown by. */
    TOGETHER,
    /** What three sums have grown by, whatever the number of persons. */
    GROWTH
  }

  /** A segment in a cell. */
  private record Place(String cell, String segment) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int cells = cell.compareTo(other.cell);
      return cells == 0 ? segment.compareTo(other.segment) : cells;
    }
  }

  /** A figure of a segment in a cell. */
  public record Figure(String cell, String segment, String name) {}

  /**
   * Sums of a segment in a cell that tell of few beside its number of persons.
   *
   * @param sums by name, in order
   */
  public record Telling(String cell, String segment, List<String> sums, Kind kind) {
    public Telling {
      sums = List.copyOf(sums);
    }
  }

  /**
   * So many cells, the same for the same seed.
   *
   * @param p of the p% rule; 0 for none
   */
  public RandomRows(long seed, int k, double p, int cells) {
    this.k = k;
    this.p = p;
    random = new Random(seed);
    for (int cell = 0; cell < cells; cell++) {
      for (String segment : random.nextInt(4) == 0 ? List.of("a", "b") : List.of("a")) {
        rows.put(new Place("cell " + cell, segment), new NaiveRow(histories(), OLDEST, TONIGHT));
      }
    }
  }

  private Map<String, List<Version>> histories() {
    List<Integer> odd = List.of(0, 0, 12, 5, 2);
    int deviates = odd.get(random.nextInt(odd.size()));
    int usual = 1 + random.nextInt(2);
    int[] adds = random.ints(PERSONS, usual, usual + 1).toArray();
    change(adds, deviates);
    int sums = 1 + random.nextInt(COLUMNS.size());
    int[] more = random.ints(sums, 0, 2).toArray();
    Map<String, List<Version>> histories = new TreeMap<>();
    List<String> names = names(sums);
    names.forEach(name -> histories.put(name, new ArrayList<>()));
    int erased = random.nextInt(5) == 0 ? 1 + random.nextInt(2) : 0;
    Set<Integer> persons = nearly(Set.of(), k + 3);
    for (long release = 1; release <= TONIGHT; release++) {
      persons = random.nextInt(3) == 0 ? persons : nearly(persons, k + 1);
      if (random.nextInt(4) == 0) {
        int step = release % 2 == 0 ? 1 : -1;
        for (int person = 0; person < PERSONS; person++) {
          adds[person] += random.nextInt(8) == 0 ? 0 : step;
        }
      } else if (random.nextInt(3) == 0) {
        change(adds, deviates);
      }
      for (int figure = 0; figure <= sums; figure++) {
        Map<Integer, Long> set = new HashMap<>();
        for (int person : persons) {
          int by = figure == 0 ? 0 : adds[person] + more[figure - 1] - odd(40);
          add(set, names.get(figure), person, by);
        }
        for (int one = 0; one < erased; one++) {
          add(set, names.get(figure), ERASED + one, usual + one);
        }
        publish(histories.get(names.get(figure)), release, set);
      }
    }
    return histories;
  }

  private List<String> names(int sums) {
    List<String> names = new ArrayList<>(List.of(ReleaseMemory.PERSONS));
    for (String column : COLUMNS.subList(0, sums)) {
      List<Double> clamp = CLAMPS.get(random.nextInt(CLAMPS.size()));
      names.add(ReleaseMemory.sum(column, clamp));
    }
    return names;
  }

  private static void add(Map<Integer, Long> set, String name, int person, int adds) {
    long least = name.contains("[-1.0") ? -1 : 0;
    long most = Long.parseLong(name.replaceAll(".*, ([0-9])\\.0]", "$1").replace("persons", "0"));
    long share = name.equals(ReleaseMemory.PERSONS) ? 1 : Math.max(least, Math.min(most, adds));
    if (share != 0) {
      set.put(person, share);
    }
  }

  /** Every second time, where it is another set than before; now and then nothing instead. */
  private void publish(List<Version> history, long release, Map<Integer, Long> set) {
    Version before = history.isEmpty() ? Version.NONE : history.get(history.size() - 1);
    boolean closes = random.nextInt(15) == 0;
    Map<Integer, Long> next = closes ? Map.of() : set;
    if (random.nextBoolean() && !before.adds().equals(next)) {
      history.add(new Version(release, Date.valueOf(DATES.get((int) release - 1)), next));
    }
  }

  private int odd(int in) {
    return random.nextInt(in) == 0 ? 1 : 0;
  }

  /** One in so many adds something else from now on. */
  private void change(int[] adds, int in) {
    for (int person = 0; person < adds.length && in > 0; person++) {
      if (random.nextInt(in) == 0) {
        adds[person] = random.nextInt(4);
      }
    }
  }

  private Set<Integer> nearly(Set<Integer> persons, int atLeast) {
    Set<Integer> nearly = new HashSet<>(persons);
    for (int i = random.nextInt(k + 2); i > 0; i--) {
      int person = random.nextInt(PERSONS);
      if (!nearly.remove(person)) {
        nearly.add(person);
      }
    }
    while (nearly.size() < atLeast) {
      nearly.add(random.nextInt(PERSONS));
    }
    return nearly;
  }

  /** All that tells of few, as it is in the end. */
  public Set<Telling> telling() {
    return telling(Set.of());
  }

  /**
   * The same, where some sets of tonight give way.
   *
   * @param givenUp figures that what stood there, if anything, is left of
   */
  public Set<Telling> telling(Set<Figure> givenUp) {
    Set<Telling> telling = new HashSet<>();
    rows.forEach(
        (place, row) ->
            row.told(k, p, dropped(place, givenUp), false)
                .forEach(
                    told ->
                        telling.add(
                            new Telling(place.cell, place.segment, told.sums(), told.kind()))));
    return telling;
  }

  private static Set<String> dropped(Place place, Set<Figure> givenUp) {
    return givenUp.stream()
        .filter(figure -> place.equals(new Place(figure.cell, figure.segment)))
        .map(Figure::name)
        .collect(Collectors.toSet());
  }

  /** Figures with a set of tonight. */
  public Set<Figure> fresh() {
    return figures(NaiveRow::fresh);
  }

  /**
   * Figures whose set of tonight may give way: each tells of few in some question, whichever other
   * sets of tonight give way, and is of a sum there, or of persons where no sum is of tonight. A
   * figure that was closed is taken to stand, too, as a set of it may be all that is known.
   */
  public Set<Figure> witnessed() {
    return figures(
        row -> {
          Set<String> witnessed = new TreeSet<>();
          for (Set<String> dropped : subsets(List.copyOf(row.fresh()))) {
            for (boolean stillThere : new boolean[] {false, true}) {
              row.told(k, p, dropped, stillThere).stream()
                  .map(Told::givingWay)
                  .forEach(witnessed::addAll);
            }
          }
          return witnessed;
        });
  }

  private interface Names {
    Set<String> of(NaiveRow row);
  }

  private Set<Figure> figures(Names names) {
    return rows.entrySet().stream()
        .flatMap(
            row ->
                names.of(row.getValue()).stream()
                    .map(name -> new Figure(row.getKey().cell, row.getKey().segment, name)))
        .collect(Collectors.toSet());
  }

  private static List<Set<String>> subsets(List<String> all) {
    List<Set<String>> subsets = new ArrayList<>();
    for (int chosen = 0; chosen < 1 << all.size(); chosen++) {
      Set<String> subset = new HashSet<>();
      for (int i = 0; i < all.size(); i++) {
        if ((chosen >> i & 1) == 1) {
          subset.add(all.get(i));
        }
      }
      subsets.add(subset);
    }
    return subsets;
  }

  /** What these releases changed, as the release memory has it. */
  public KeptRows changes(SparkSession spark, long from, long to) {
    List<Row> changes = new ArrayList<>();
    rows.forEach(
        (place, row) ->
            row.histories()
                .forEach(
                    (figure, history) -> {
                      Version before = Version.NONE;
                      for (Version version : history) {
                        if (version.release() >= from && version.release() <= to) {
                          change(changes, place, figure, before, version);
                        }
                        before = version;
                      }
                    }));
    return KeptRows.of(spark.createDataFrame(changes, ReleaseMemory.SCHEMA).coalesce(2));
  }

  private static void change(
      List<Row> changes, Place place, String figure, Version before, Version after) {
    Stream.concat(before.adds().keySet().stream(), after.adds().keySet().stream())
        .distinct()
        .filter(person -> before.of(person) != after.of(person))
        .forEach(
            person -> {
              if (before.of(person) != 0) {
                changes.add(change(place, figure, person, before.of(person), -1, after));
              }
              if (after.of(person) != 0) {
                changes.add(change(place, figure, person, after.of(person), 1, after));
              }
            });
  }

  private static Row change(
      Place place, String figure, int person, long adds, int change, Version with) {
    long share = figure.equals(ReleaseMemory.PERSONS) ? 0 : adds;
    return RowFactory.create(
        "gender@0",
        place.segment,
        place.cell,
        figure,
        key(place, person),
        BigDecimal.valueOf(share).setScale(6),
        change,
        with.release(),
        with.date());
  }

  /** Of who was erased the same in all figures of a row. */
  private static byte[] key(Place place, int person) {
    if (person < ERASED) {
      return CellFixture.key(person);
    }
    int anything = (person + place.segment + place.cell).hashCode();
    return Arrays.copyOf(CellFixture.key(anything), ReleaseMemory.ERASED_BYTES);
  }
}
