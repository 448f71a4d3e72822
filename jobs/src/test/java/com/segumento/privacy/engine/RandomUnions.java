package com.segumento.privacy.engine;

import com.segumento.lake.KeptRows;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.CellFixture;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Many cells of five segments each: a few persons, of whom one segment has nearly all and two have
 * nearly a part, with sets that are new tonight, sets that stand since earlier, and both.
 */
public final class RandomUnions {
  private static final List<String> SEGMENTS = List.of("a", "b", "c", "d", "e");
  private static final StructType PLACES =
      Field.schema(StandingElements.SEGMENT, StandingElements.CELL, StandingElements.PERSON);
  private static final Date FIRST = Date.valueOf("2026-03-01");
  private static final int PERSONS = 24;

  /** A segment and a cell. */
  public record Place(String segment, String cell) {}

  /**
   * The set of a segment in a cell.
   *
   * @param changed whether it is new tonight
   * @param erased how many more there are who were erased
   */
  public record Member(String segment, boolean changed, Set<Integer> persons, int erased) {
    public Member {
      persons = Set.copyOf(persons);
    }
  }

  /** Sets of three segments in a cell. */
  public record Triple(String cell, Member part, Member other, Member union) {

    /** How many persons the sum of the parts without the union is about, at least. */
    public long told() {
      Map<Integer, Integer> weights = new HashMap<>();
      part.persons().forEach(person -> weights.merge(person, 1, Integer::sum));
      other.persons().forEach(person -> weights.merge(person, 1, Integer::sum));
      union.persons().forEach(person -> weights.merge(person, -1, Integer::sum));
      long known = weights.values().stream().filter(weight -> weight != 0).count();
      return known + Math.abs(part.erased() + other.erased() - union.erased());
    }

    /** How many are known to be in all three. */
    public long inAll() {
      return part.persons().stream()
          .filter(other.persons()::contains)
          .filter(union.persons()::contains)
          .count();
    }

    /** The last of those that are new; nothing where none is. */
    Optional<Place> last() {
      return Stream.of(part, other, union)
          .filter(Member::changed)
          .map(Member::segment)
          .max(Comparator.naturalOrder())
          .map(segment -> new Place(segment, cell));
    }
  }

  private final Random random;
  private final int k;
  private final Map<String, List<Member>> cells = new TreeMap<>();

  /**
   * So many cells, the same for the same seed.
   *
   * @param k every set has at least so many persons
   */
  public RandomUnions(long seed, int k, int cells) {
    random = new Random(seed);
    this.k = k;
    for (int cell = 0; cell < cells; cell++) {
      this.cells.put("cell " + cell, cell());
    }
  }

  private List<Member> cell() {
    List<Set<Integer>> persons = new ArrayList<>(List.of(new HashSet<>(), new HashSet<>()));
    Set<Integer> union = new HashSet<>();
    for (int person = 0; person < PERSONS; person++) {
      int part = random.nextInt(3);
      if (part < 2) {
        persons.get(part).add(person);
        union.add(person);
      }
    }
    persons.add(union);
    persons.add(union);
    persons.add(someOf(random.nextInt(PERSONS)));
    Collections.shuffle(persons, random);
    List<Member> sets = new ArrayList<>();
    for (int i = 0; i < persons.size(); i++) {
      int versions = 1 + random.nextInt(3);
      for (boolean changed : new boolean[] {true, false}) {
        if ((versions & (changed ? 1 : 2)) > 0) {
          int erased = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0;
          sets.add(new Member(SEGMENTS.get(i), changed, nearly(persons.get(i)), erased));
        }
      }
    }
    return sets;
  }

  private Set<Integer> someOf(int many) {
    Set<Integer> some = new HashSet<>();
    random.ints(many, 0, PERSONS).forEach(some::add);
    return some;
  }

  /** But for three persons at the most who come or go, or as many as it takes for k. */
  private Set<Integer> nearly(Set<Integer> persons) {
    Set<Integer> nearly = new HashSet<>(persons);
    for (int person : someOf(random.nextInt(4))) {
      if (!nearly.remove(person)) {
        nearly.add(person);
      }
    }
    while (nearly.size() < k) {
      nearly.add(random.nextInt(PERSONS));
    }
    return nearly;
  }

  /** All triples of a set that is new and two others, of tonight and of earlier. */
  Stream<Triple> triples() {
    return cells.entrySet().stream().flatMap(cell -> triples(cell.getKey(), cell.getValue()));
  }

  /** The same of what stands in the end, if these go back to what they were. */
  public Stream<Triple> triples(Set<Place> back) {
    return cells.keySet().stream().flatMap(cell -> triples(cell, last(cell, back)));
  }

  private static Stream<Triple> triples(String cell, List<Member> sets) {
    List<Triple> triples = new ArrayList<>();
    for (Member part : sets) {
      for (Member other : sets) {
        for (Member union : sets) {
          if (part.segment().compareTo(other.segment()) < 0
              && !union.segment().equals(part.segment())
              && !union.segment().equals(other.segment())
              && (part.changed() || other.changed() || union.changed())) {
            triples.add(new Triple(cell, part, other, union));
          }
        }
      }
    }
    return triples.stream();
  }

  private List<Member> last(String cell, Set<Place> back) {
    Map<String, Member> last = new TreeMap<>();
    for (Member member : cells.get(cell)) {
      if (!member.changed()) {
        last.putIfAbsent(member.segment(), member);
      } else if (!back.contains(new Place(member.segment(), cell))) {
        last.put(member.segment(), member);
      }
    }
    return List.copyOf(last.values());
  }

  /** Which new sets may not be, by a look at all triples. */
  Set<Place> givingWay(int k) {
    return last(triple -> triple.told() > 0 && triple.told() < k);
  }

  /** Those that do not have to be, as it is not known how many of who is in two sets are in all. */
  Set<Place> mayGiveWay(int k) {
    return last(triple -> triple.told() > 0 && triple.told() < k + 3 * triple.inAll());
  }

  private Set<Place> last(Predicate<Triple> telling) {
    return triples()
        .filter(telling)
        .map(triple -> triple.last().orElseThrow())
        .collect(Collectors.toSet());
  }

  /** Segment, cell and person of the sets that are new. */
  KeptRows changed(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    cells.forEach((cell, sets) -> add(rows, cell, sets, true));
    return kept(spark, rows, PLACES);
  }

  /** The same of what stands in the end, if these go back to what they were. */
  public KeptRows standing(SparkSession spark, Set<Place> back) {
    List<Row> rows = new ArrayList<>();
    for (String cell : cells.keySet()) {
      add(rows, cell, last(cell, back), true);
      add(rows, cell, last(cell, back), false);
    }
    return kept(spark, rows, PLACES);
  }

  /** Those of them that are new. */
  public KeptRows changed(SparkSession spark, Set<Place> back) {
    List<Row> rows = new ArrayList<>();
    cells.keySet().forEach(cell -> add(rows, cell, last(cell, back), true));
    return kept(spark, rows, PLACES);
  }

  private static void add(List<Row> rows, String cell, List<Member> sets, boolean changed) {
    for (Member member : sets) {
      if (member.changed() == changed) {
        keys(cell, member).forEach(key -> rows.add(RowFactory.create(member.segment(), cell, key)));
      }
    }
  }

  /** Of who was erased the same in both sets of a segment, and of no other. */
  private static Stream<byte[]> keys(String cell, Member member) {
    Stream<byte[]> erased =
        IntStream.range(0, member.erased())
            .mapToObj(i -> PlainNights.erased(CellFixture.key(i), member.segment(), cell));
    return Stream.concat(member.persons().stream().map(CellFixture::key), erased);
  }

  /** What is remembered: who stands, one who has left, and who adds to a sum. */
  KeptRows memory(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    cells.forEach(
        (cell, sets) -> {
          for (Member member : sets) {
            if (!member.changed()) {
              String in = member.segment();
              byte[] left = CellFixture.key(PERSONS);
              keys(cell, member)
                  .forEach(key -> rows.add(row(in, cell, ReleaseMemory.PERSONS, key, 1, 1)));
              rows.add(row(in, cell, ReleaseMemory.PERSONS, left, 1, 1));
              rows.add(row(in, cell, ReleaseMemory.PERSONS, left, -1, 2));
              rows.add(row(in, cell, "sum of spend", CellFixture.key(PERSONS + 1), 1, 1));
            }
          }
        });
    return kept(spark, rows, ReleaseMemory.SCHEMA);
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
        FIRST);
  }

  private static KeptRows kept(SparkSession spark, List<Row> rows, StructType schema) {
    return KeptRows.of(spark.createDataFrame(rows, schema).coalesce(2));
  }
}
