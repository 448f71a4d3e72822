package com.segumento.privacy.engine;

import com.segumento.lake.KeptRows;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.CellFixture;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Many segments of four cells of nearly the same persons, of some of whom nearly all were erased;
 * each cell has the sets of some of two earlier releases, and some are new tonight.
 */
public final class RandomLabels {
  /** The number of the release that is being made. */
  public static final long TONIGHT = 3;

  private static final List<String> CELLS = List.of("a", "b", "c", "d");
  private static final StructType PLACES =
      Field.schema(StandingElements.SEGMENT, StandingElements.CELL, StandingElements.PERSON);
  private static final int PERSONS = 14;

  /** The set of a cell, which a release brought. */
  private record Version(long release, Set<Integer> persons, int erased) {
    Version {
      persons = Set.copyOf(persons);
    }

    long apart(Version other) {
      Set<Integer> both = new HashSet<>(persons);
      both.retainAll(other.persons);
      return persons.size()
          + other.persons.size()
          - 2L * both.size()
          + Math.abs(erased - other.erased);
    }
  }

  /**
   * Two cells of a segment: a set of tonight and one of the other.
   *
   * @param bothNew whether that is of tonight, too; else it stands, or stood until tonight
   */
  public record Pair(String segment, String cell, String other, boolean bothNew, long apart) {}

  private final Random random;
  private final Map<String, Map<String, List<Version>>> segments = new TreeMap<>();

  /** So many segments, the same for the same seed. */
  public RandomLabels(long seed, int k, int segments) {
    random = new Random(seed);
    for (int segment = 0; segment < segments; segment++) {
      int erased = random.nextInt(6) == 0 ? k : 0;
      Set<Integer> persons = nearly(someOf(erased > 0 ? 1 : PERSONS), k, k - erased);
      Map<String, List<Version>> cells = new TreeMap<>();
      CELLS.forEach(cell -> cells.put(cell, history(persons, k, erased)));
      this.segments.put("segment " + segment, cells);
    }
  }

  private List<Version> history(Set<Integer> persons, int k, int least) {
    List<Version> history = new ArrayList<>();
    for (long release = 1; release <= TONIGHT; release++) {
      if (random.nextBoolean()) {
        int erased = least + (random.nextInt(3) == 0 ? random.nextInt(4) : 0);
        Version next = new Version(release, nearly(persons, k, k - erased), erased);
        if (history.isEmpty() || history.get(history.size() - 1).apart(next) > 0) {
          history.add(next);
        }
      }
    }
    return history;
  }

  private Set<Integer> someOf(int many) {
    Set<Integer> some = new HashSet<>();
    random.ints(many, 0, PERSONS).forEach(some::add);
    return some;
  }

  private Set<Integer> nearly(Set<Integer> persons, int k, int least) {
    Set<Integer> nearly = new HashSet<>(persons);
    for (int person : someOf(random.nextInt(k + 1))) {
      if (!nearly.remove(person)) {
        nearly.add(person);
      }
    }
    while (nearly.size() < least) {
      nearly.add(random.nextInt(PERSONS));
    }
    return nearly;
  }

  /** All sets of tonight with all they are to be compared with. */
  public Stream<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    segments.forEach(
        (segment, cells) ->
            cells.forEach(
                (cell, history) ->
                    cells.forEach(
                        (other, theirs) -> {
                          if (!cell.equals(other)) {
                            tonight(history)
                                .forEach(
                                    set ->
                                        Stream.concat(tonight(theirs), stood(theirs))
                                            .map(then -> pair(segment, cell, other, set, then))
                                            .forEach(pairs::add));
                          }
                        })));
    return pairs.stream();
  }

  private static Pair pair(String segment, String cell, String other, Version set, Version then) {
    return new Pair(segment, cell, other, then.release == TONIGHT, set.apart(then));
  }

  private static Stream<Version> tonight(List<Version> history) {
    return history.stream().filter(version -> version.release == TONIGHT);
  }

  private static Stream<Version> stood(List<Version> history) {
    return history.stream()
        .filter(version -> version.release < TONIGHT)
        .reduce((first, last) -> last)
        .stream();
  }

  private interface Each {
    void of(String segment, String cell, List<Version> history);
  }

  private void each(Each each) {
    segments.forEach(
        (segment, cells) -> cells.forEach((cell, history) -> each.of(segment, cell, history)));
  }

  /** Segment, cell and person of the sets of tonight. */
  public KeptRows changed(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    each(
        (segment, cell, history) ->
            tonight(history)
                .flatMap(set -> keys(segment, cell, set))
                .forEach(key -> rows.add(RowFactory.create(segment, cell, key))));
    return kept(spark, rows, PLACES);
  }

  /** Segment, cell and person of the sets that stood until tonight. */
  KeptRows stood(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    each(
        (segment, cell, history) ->
            stood(history)
                .flatMap(set -> keys(segment, cell, set))
                .forEach(key -> rows.add(RowFactory.create(segment, cell, key))));
    return kept(spark, rows, PLACES);
  }

  /** What all releases changed, of the columns of the memory. */
  public KeptRows memory(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    each(
        (segment, cell, history) -> {
          Version before = new Version(0, Set.of(), 0);
          for (Version version : history) {
            change(rows, segment, cell, before, version, 1);
            change(rows, segment, cell, version, before, -1);
            byte[] payer = CellFixture.key(PERSONS);
            rows.add(row(segment, cell, "sum of spend", payer, 1, version.release));
            before = version;
          }
        });
    return kept(spark, rows, ReleaseMemory.SCHEMA);
  }

  private static void change(
      List<Row> rows, String segment, String cell, Version from, Version to, int change) {
    long release = Math.max(from.release, to.release);
    Set<ByteBuffer> before =
        keys(segment, cell, from).map(ByteBuffer::wrap).collect(Collectors.toSet());
    keys(segment, cell, to)
        .filter(key -> !before.contains(ByteBuffer.wrap(key)))
        .forEach(key -> rows.add(row(segment, cell, ReleaseMemory.PERSONS, key, change, release)));
  }

  /** Of who was erased the same in all sets of a cell, and of no other. */
  private static Stream<byte[]> keys(String segment, String cell, Version set) {
    Stream<byte[]> erased =
        IntStream.range(0, set.erased())
            .mapToObj(i -> PlainNights.erased(CellFixture.key(i), segment, cell));
    return Stream.concat(set.persons().stream().map(CellFixture::key), erased);
  }

  private static Row row(
      String segment, String cell, String figure, byte[] person, int change, long release) {
    return RowFactory.create(
        "gender@0",
        segment,
        cell,
        figure,
        person,
        new BigDecimal("0.000000"),
        change,
        release,
        Date.valueOf("2026-03-0" + release));
  }

  private static KeptRows kept(SparkSession spark, List<Row> rows, StructType schema) {
    return KeptRows.of(spark.createDataFrame(rows, schema).coalesce(2));
  }
}
