package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.engine.NightsOracle.Element;
import com.segumento.privacy.engine.NightsOracle.Figure;
import com.segumento.privacy.engine.NightsOracle.Night;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many nights of a client whose persons come, go, move and spend: whatever was published is played
 * back set by set, in plain Java, and no two sets that were ever published may tell of few.
 */
@ExtendWith(SparkExtension.class)
class StandingNightsTest {
  private static final int K = NightsOracle.K;
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  private static final List<List<String>> PLACES =
      List.of(
          List.of("Pune, Maharashtra", "other in Maharashtra", "other in west", "other in India"),
          List.of("Thane, Maharashtra", "other in Maharashtra", "other in west", "other in India"),
          List.of("Surat, Gujarat", "other in Gujarat", "other in west", "other in India"));

  @TempDir Path directory;

  private final Random random = new Random(7);
  private final Map<Integer, Person> persons = new LinkedHashMap<>();
  private final List<Row> memory = new ArrayList<>();
  private int numbers;

  private record Person(String gender, int place, Set<String> segments, Integer spend) {}

  @ParameterizedTest(name = "{0} nights, places {1}, {2} distinct values")
  @CsvSource({"9, true, 1", "4, false, 2"})
  void tellsOfFewNever(int nights, boolean places, int distinct, SparkSession spark) {
    CellSettings settings = settings(spark, places, distinct);
    for (int i = 0; i < 120; i++) {
      arrive();
    }
    Map<Figure, List<Set<Element>>> published = new HashMap<>();
    List<Map<Figure, Set<Element>>> stood = new ArrayList<>();
    List<Night> seen = new ArrayList<>();
    long members = 0;
    long represented = 0;
    for (int night = 1; night <= nights; night++) {
      if (night > 1) {
        churn(night);
      }
      Map<List<String>, Row> rows = release(spark, settings, night);
      Map<Figure, Set<Element>> sets = replay();
      stood.add(sets);
      seen.add(seen(rows, sets));
      rows.forEach((cell, row) -> check(row, sets, published));
      members += persons.values().stream().mapToLong(person -> person.segments().size()).sum();
      represented += rows.values().stream().mapToLong(row -> row.<Long>getAs("persons")).sum();
    }
    assertThat(represented).isGreaterThan(members / 2);
    NightsOracle.differ(published);
    if (distinct == 1) {
      assertThat(seen).as("what stands is shown").allMatch(night -> night.withheld().isEmpty());
    }
    assertThat(stood.stream().flatMap(sets -> sets.values().stream()))
        .as("cells that all have left")
        .anyMatch(Set::isEmpty);
    NightsOracle.addUp(seen);
    NightsOracle.grow(stood);
  }

  private void arrive() {
    Set<String> segments = new TreeSet<>();
    if (random.nextInt(10) < 8) {
      segments.add("a");
    }
    // Nearly everybody in a is in b.
    if (segments.contains("a") ? random.nextInt(30) > 0 : random.nextInt(10) == 0) {
      segments.add("b");
    }
    if (random.nextInt(3) == 0) {
      segments.add("c");
    }
    persons.put(
        numbers++,
        new Person(
            random.nextBoolean() ? "f" : "m",
            random.nextInt(random.nextInt(PLACES.size()) + 1),
            segments,
            random.nextInt(6) == 0 ? null : random.nextInt(1000)));
  }

  private static Night seen(Map<List<String>, Row> rows, Map<Figure, Set<Element>> sets) {
    Map<Figure, Set<Element>> shown = new HashMap<>();
    Set<Figure> withheld = new HashSet<>();
    sets.forEach(
        (figure, set) -> {
          Row row = rows.get(List.of(figure.segment(), figure.cell()));
          boolean counted = figure.figure().equals(ReleaseMemory.PERSONS);
          if (row != null && (counted || row.getAs("total 0") != null)) {
            shown.put(figure, Set.copyOf(set));
          } else if (!set.isEmpty()) {
            withheld.add(figure);
          }
        });
    return new Night(shown, withheld);
  }

  /** All of one label get another one, as where two are joined, and all of that the first again. */
  private void rename(String from, String to) {
    persons.replaceAll(
        (number, old) ->
            old.gender().equals(from) && old.place() == PLACES.size() - 1
                ? new Person(to, old.place(), old.segments(), old.spend())
                : old);
  }

  private void churn(int night) {
    if (night % 4 == 3) {
      rename("m", "x");
    } else if (night % 4 == 0) {
      rename("x", "m");
    }
    int many = night % 4 == 0 ? 20 : 3;
    for (int i = random.nextInt(many); i > 0; i--) {
      arrive();
    }
    List<Integer> all = new ArrayList<>(persons.keySet());
    for (int i = random.nextInt(many); i > 0; i--) {
      persons.remove(all.get(random.nextInt(all.size())));
    }
    for (int i = random.nextInt(2 * many); i > 0; i--) {
      persons.computeIfPresent(
          all.get(random.nextInt(all.size())),
          (number, old) ->
              new Person(
                  old.gender(),
                  random.nextInt(5) == 0 ? random.nextInt(PLACES.size()) : old.place(),
                  old.segments(),
                  random.nextInt(1000)));
    }
  }

  private Map<List<String>, Row> release(SparkSession spark, CellSettings settings, int night) {
    Map<List<String>, Row> rows = new TreeMap<>(java.util.Comparator.comparing(List::toString));
    Dataset<Row> members = spark.createDataFrame(members(settings), schema(settings));
    try (StandingCells cells =
        StandingCells.of(
            settings,
            members,
            spark.createDataFrame(List.copyOf(memory), ReleaseMemory.SCHEMA),
            members,
            FIRST.plusDays(night),
            night,
            400,
            persons -> List.of())) {
      cells
          .rows()
          .collectAsList()
          .forEach(
              row -> rows.put(List.of(row.getAs("segment_id"), row.<String>getAs("cell")), row));
      List<Row> changes = cells.changes().collectAsList();
      assertThat(cells.changesAny()).isEqualTo(!changes.isEmpty());
      memory.addAll(changes);
    }
    return rows;
  }

  private static CellSettings settings(SparkSession spark, boolean places, int distinct, Path in) {
    CellFixture fixture = new CellFixture(spark, in);
    fixture.person(20, "f", "low", "Pune", 1, "a", "b", "c");
    fixture.write();
    String export =
        "{name: nights, kind: cells, segments: [a, b, c], dimensions: [gender"
            + (places ? ", place" : "")
            + "], levels: {gender: 0"
            + (places ? ", place: 1" : "")
            + "}, measures: [{name: customers}, {name: spend, sum: spend_90d, clamp: [0, 1000]}],"
            + " privacy: {k: "
            + K
            + (distinct > 1 ? ", l: {attribute: income_band, distinct: " + distinct + "}" : "")
            + "}, format: csv}";
    Export parsed = CellFixture.export(export);
    var workspace = fixture.workspace(1, export);
    return CellEngine.finest(
        workspace,
        parsed,
        new com.segumento.model.SourceVersions(1, 1, java.util.OptionalLong.of(1)));
  }

  private CellSettings settings(SparkSession spark, boolean places, int distinct) {
    return settings(spark, places, distinct, directory);
  }

  private static StructType schema(CellSettings settings) {
    StructType schema =
        Field.schema(Cells.SEGMENT_ID, Persons.PERSON_KEY).add("label 0", DataTypes.StringType);
    if (settings.place() >= 0) {
      schema =
          schema
              .add("label 1", DataTypes.StringType)
              .add("other 0", DataTypes.StringType)
              .add("other 1", DataTypes.StringType)
              .add("other 2", DataTypes.StringType);
    }
    return schema
        .add("share 0", DataTypes.createDecimalType(28, 2))
        .add("sensitive", DataTypes.StringType);
  }

  private List<Row> members(CellSettings settings) {
    List<Row> rows = new ArrayList<>();
    persons.forEach(
        (number, person) -> {
          for (String segment : person.segments()) {
            List<Object> values = new ArrayList<>(List.of(segment, key(number), person.gender()));
            if (settings.place() >= 0) {
              values.addAll(PLACES.get(person.place()));
            }
            values.add(person.spend() == null ? null : BigDecimal.valueOf(person.spend(), 2));
            values.add(number % 3 == 0 ? "low" : "high");
            rows.add(RowFactory.create(values.toArray()));
          }
        });
    return rows;
  }

  /** Who is behind each figure after all that is remembered. */
  private Map<Figure, Set<Element>> replay() {
    Map<Figure, Set<Element>> sets = new HashMap<>();
    for (Row row : memory) {
      Set<Element> set =
          sets.computeIfAbsent(
              new Figure(row.getAs("segment_id"), row.getAs("cell"), row.getAs("figure")),
              none -> new HashSet<>());
      Element element =
          new Element(number(row.getAs("person_key")), row.<BigDecimal>getAs("share"));
      if (row.<Integer>getAs("change") > 0) {
        assertThat(set.add(element)).isTrue();
      } else {
        assertThat(set.remove(element)).isTrue();
      }
    }
    return sets;
  }

  private void check(
      Row row, Map<Figure, Set<Element>> sets, Map<Figure, List<Set<Element>>> published) {
    String segment = row.getAs("segment_id");
    String cell = row.getAs("cell");
    Figure count = new Figure(segment, cell, ReleaseMemory.PERSONS);
    assertThat(sets.get(count)).as("%s", count).hasSize(row.<Long>getAs("persons").intValue());
    NightsOracle.follow(count, sets.get(count), published);
    BigDecimal total = row.getAs("total 0");
    if (total != null) {
      Figure sum =
          sets.keySet().stream()
              .filter(
                  figure ->
                      figure.segment().equals(segment)
                          && figure.cell().equals(cell)
                          && !figure.figure().equals(ReleaseMemory.PERSONS))
              .findFirst()
              .orElseThrow();
      assertThat(
              sets.get(sum).stream().map(Element::share).reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(total);
      NightsOracle.follow(sum, sets.get(sum), published);
    }
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(Cells.KEY_BYTES).putInt(number).array();
  }

  private static int number(byte[] key) {
    return ByteBuffer.wrap(key).getInt();
  }
}
