package com.segumento.privacy.engine;

import com.segumento.lake.KeptRows;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.CellFixture;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Many cells of four segments of nearly the same persons, each with the sets it had in some of five
 * releases, and with some tonight. A set is remembered where it stands or was replaced after the
 * first two releases.
 */
public final class RandomNeighbours {
  /** The number of the release that is being made. */
  public static final long TONIGHT = 6;

  /** A set that was replaced before is not remembered. */
  public static final LocalDate OLDEST = LocalDate.parse("2026-03-03");

  private static final List<String> SEGMENTS = List.of("a", "b", "c", "d");
  private static final StructType PLACES =
      Field.schema(StandingElements.SEGMENT, StandingElements.CELL, StandingElements.PERSON);
  private static final StructType SIZES =
      Field.schema(StandingElements.SEGMENT, StandingElements.CELL, StandingConflicts.SIZE);
  private static final int PERSONS = 14;

  /** A set of a segment in a cell, which a release brought. */
  record Version(long release, Set<Integer> persons, int erased) {
    Version {
      persons = Set.copyOf(persons);
    }

    int size() {
      return persons.size() + erased;
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

  /** Two segments of a cell: a set of tonight and one of the other, of tonight or remembered. */
  public record Pair(String cell, String segment, String other, long release, long apart) {}

  private final Random random;
  private final Map<String, Map<String, List<Version>>> cells = new TreeMap<>();

  /** So many cells, the same for the same seed. */
  public RandomNeighbours(long seed, int k, int cells) {
    random = new Random(seed);
    for (int cell = 0; cell < cells; cell++) {
      Map<String, List<Version>> histories = new TreeMap<>();
      Set<Integer> persons = nearly(someOf(PERSONS), k);
      for (String segment : SEGMENTS) {
        histories.put(segment, history(persons, k));
      }
      this.cells.put("cell " + cell, histories);
    }
  }

  private List<Version> history(Set<Integer> persons, int k) {
    List<Version> history = new ArrayList<>();
    for (long release = 1; release <= TONIGHT; release++) {
      if (random.nextInt(3) == 0) {
        int erased = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
        history.add(new Version(release, nearly(persons, k), erased));
      }
    }
    return history;
  }

  private Set<Integer> someOf(int many) {
    Set<Integer> some = new HashSet<>();
    random.ints(many, 0, PERSONS).forEach(some::add);
    return some;
  }

  private Set<Integer> nearly(Set<Integer> persons, int k) {
    Set<Integer> nearly = new HashSet<>(persons);
    for (int person : someOf(random.nextInt(k + 1))) {
      if (!nearly.remove(person)) {
        nearly.add(person);
      }
    }
    while (nearly.size() < k) {
      nearly.add(random.nextInt(PERSONS));
    }
    return nearly;
  }

  /** All sets of tonight with all they are to be compared with. */
  public Stream<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    cells.forEach(
        (cell, histories) ->
            histories.forEach(
                (segment, history) ->
                    tonight(history)
                        .ifPresent(
                            set ->
                                histories.forEach(
                                    (other, theirs) -> {
                                      if (!other.equals(segment)) {
                                        pairs(pairs, cell, List.of(segment, other), set, theirs);
                                      }
                                    }))));
    return pairs.stream();
  }

  private static void pairs(
      List<Pair> pairs, String cell, List<String> two, Version set, List<Version> theirs) {
    for (int i = 0; i < theirs.size(); i++) {
      boolean stands = i == theirs.size() - 1;
      if (stands || !date(theirs.get(i + 1).release).toLocalDate().isBefore(OLDEST)) {
        Version other = theirs.get(i);
        pairs.add(new Pair(cell, two.get(0), two.get(1), other.release, set.apart(other)));
      }
    }
  }

  private static Optional<Version> tonight(List<Version> history) {
    return history.stream().filter(version -> version.release == TONIGHT).findFirst();
  }

  private static Date date(long release) {
    return Date.valueOf(LocalDate.parse("2026-03-01").plusDays(release - 1));
  }

  /** Segment, cell and number of persons of the sets of tonight. */
  KeptRows sizes(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    forTonight(
        (segment, cell, set) -> rows.add(RowFactory.create(segment, cell, (long) set.size())));
    return kept(spark, rows, SIZES);
  }

  /** Segment, cell and person of the sets of tonight. */
  public KeptRows changed(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    forTonight(
        (segment, cell, set) ->
            keys(segment, cell, set)
                .forEach(key -> rows.add(RowFactory.create(segment, cell, key))));
    return kept(spark, rows, PLACES);
  }

  private interface SetOfTonight {
    void of(String segment, String cell, Version set);
  }

  private void forTonight(SetOfTonight each) {
    cells.forEach(
        (cell, histories) ->
            histories.forEach(
                (segment, history) ->
                    tonight(history).ifPresent(set -> each.of(segment, cell, set))));
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
                (segment, history) -> {
                  Version before = new Version(0, Set.of(), 0);
                  for (Version version : history) {
                    if (version.release >= from && version.release <= to) {
                      change(rows, segment, cell, before, version, 1);
                      change(rows, segment, cell, version, before, -1);
                      byte[] payer = CellFixture.key(PERSONS);
                      rows.add(row(segment, cell, "sum of spend", payer, 1, version.release));
                    }
                    before = version;
                  }
                }));
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

  /** Of who was erased the same in all sets of a segment, and of no other. */
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
        date(release));
  }

  private static KeptRows kept(SparkSession spark, List<Row> rows, StructType schema) {
    return KeptRows.of(spark.createDataFrame(rows, schema).coalesce(2));
  }
}
