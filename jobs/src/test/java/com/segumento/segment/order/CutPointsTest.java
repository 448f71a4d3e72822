package com.segumento.segment.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.segment.order.Cutting.Bottom;
import com.segumento.segment.order.Cutting.Tile;
import com.segumento.segment.order.Cutting.Top;
import com.segumento.testkit.Caches;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class CutPointsTest {
  private static final Field FEW = Field.optional("few", DataTypes.LongType);
  private static final Field REAL = Field.optional("real", DataTypes.DoubleType);
  private static final Field MONEY = Field.optional("money", DataTypes.createDecimalType(12, 2));
  private static final Field WIDE = Field.optional("wide", DataTypes.createDecimalType(30, 4));
  private static final Field NONE = Field.optional("none", DataTypes.IntegerType);
  private static final List<Field> FIELDS = List.of(FEW, REAL, MONEY, WIDE, NONE);
  private static final StructType SCHEMA =
      Field.schema(Persons.PERSON_KEY, FEW, REAL, MONEY, WIDE, NONE);
  private static final int PERSONS = 237;

  @Test
  void agreesWithANaiveSort(SparkSession spark) {
    Dataset<Row> persons = spark.createDataFrame(rows(new Random(4)), SCHEMA);
    List<Cutting> cuttings = new ArrayList<>();
    for (Field field : FIELDS) {
      PersonOrder order = PersonOrder.of(field.name(), field.col(), persons);
      cuttings.add(new Tile(order, 10));
      cuttings.add(new Tile(order, 1));
      cuttings.add(new Tile(order, 400));
      cuttings.add(new Top(order, Part.of("10%")));
      cuttings.add(new Top(order, Part.of("1")));
      cuttings.add(new Top(order, Part.of("0%")));
      cuttings.add(new Bottom(order, Part.of("33.3%")));
      cuttings.add(new Bottom(order, Part.of("0%")));
      cuttings.add(new Bottom(order, Part.of("100000")));
    }
    List<List<Object>> expected =
        cuttings.stream().map(cutting -> naive(cutting, persons)).toList();
    assertThat(answers(persons, cuttings)).isEqualTo(expected);
    assertThat(answers(persons.repartition(7, REAL.col()), cuttings)).isEqualTo(expected);
    assertThat(Caches.isEmpty(spark)).isTrue();
  }

  @Test
  void answersByComparisonAlone(SparkSession spark) {
    Dataset<Row> persons = spark.createDataFrame(rows(new Random(5)), SCHEMA);
    PersonOrder order = PersonOrder.of("money", MONEY.col(), persons);
    List<Cutting> cuttings = List.of(new Tile(order, 4), new Top(order, Part.of("5%")));
    Column[] answers = CutPoints.find(persons, cuttings).toArray(Column[]::new);
    assertThat(plan(persons.select(answers)))
        .doesNotContain("Join", "Window", "Exchange", "Sort")
        .doesNotContainPattern("0x[0-9a-f]{8}|X'[0-9A-F]{8}|\\[B@");
    assertThat(plan(OrderedKeys.sorted(persons, List.of(order))))
        .contains("rangepartitioning")
        .doesNotContain("SinglePartition", "Window", "Join");
  }

  @Test
  void nobodyStandsInTheOrderOfAnEmptyTable(SparkSession spark) {
    Dataset<Row> nobody = spark.createDataFrame(List.of(), SCHEMA);
    PersonOrder order = PersonOrder.of("few", FEW.col(), nobody);
    List<Cutting> cuttings =
        List.of(
            new Tile(order, 3), new Top(order, Part.of("10%")), new Bottom(order, Part.of("5")));
    assertThat(CutPoints.find(nobody, cuttings)).hasSize(3);
    assertThat(answers(nobody, cuttings)).containsOnly(List.of());
    assertThat(CutPoints.find(nobody, List.of())).isEmpty();
  }

  @ParameterizedTest(name = "{0} of {1} persons is {2}")
  @CsvSource({
    "10%, 0, 0", "10%, 1, 1", "10%, 9, 1", "10%, 19, 1", "10%, 20, 2", "33.3%, 1000, 333",
    "0%, 10, 0", "0.000001%, 10, 1", "100%, 10, 10", "5, 4, 4", "5, 5, 5", "5, 6, 5"
  })
  void roundsSharesDownToAtLeastOne(String part, long persons, long expected) {
    assertThat(Part.of(part).of(persons)).isEqualTo(expected);
  }

  @Test
  void refusesWhatIsNoPart() {
    assertThatThrownBy(() -> Part.of("101%"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Invalid setting part: 101. Expected a share from 0% to 100%, or a number.");
    assertThatThrownBy(() -> Part.of("some"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid setting part: some. Expected a share as in 10%, or a number of persons.");
    assertThatThrownBy(() -> new Tile(null, 0))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Invalid setting bins: 0. Expected a number of at least 1.");
  }

  private static List<Row> rows(Random random) {
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < PERSONS; id++) {
      Double real =
          new Double[] {null, Double.NaN, 0.0, -0.0, Double.NEGATIVE_INFINITY, 1.5, -2.5}
              [random.nextInt(7)];
      rows.add(
          RowFactory.create(
              new byte[] {1, (byte) (id >> 8), (byte) id},
              random.nextInt(6) == 0 ? null : Long.valueOf(random.nextInt(3)),
              random.nextInt(3) == 0 ? Double.valueOf(random.nextGaussian()) : real,
              random.nextInt(9) == 0 ? null : BigDecimal.valueOf(random.nextInt(500) - 100, 2),
              new BigDecimal("12345678901234567890")
                  .multiply(BigDecimal.valueOf(random.nextInt(40) - 20))
                  .setScale(4, RoundingMode.UNNECESSARY),
              null));
    }
    return rows;
  }

  private static List<List<Object>> answers(Dataset<Row> persons, List<Cutting> cuttings) {
    Column[] answers = CutPoints.find(persons, cuttings).toArray(Column[]::new);
    Column[] columns = new Column[answers.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = answers[i].as("answer" + i);
    }
    List<Row> rows = persons.orderBy(Persons.PERSON_KEY.col()).select(columns).collectAsList();
    return IntStream.range(0, answers.length)
        .mapToObj(i -> rows.stream().map(row -> row.get(i)).toList())
        .toList();
  }

  /** One answer a person, in the order of their keys, by sorting them all. */
  private static List<Object> naive(Cutting cutting, Dataset<Row> persons) {
    record Standing(int person, Comparable<Object> value, long tie) {}
    List<Row> rows =
        persons
            .orderBy(Persons.PERSON_KEY.col())
            .select(
                cutting.order().value(),
                functions.xxhash64(Persons.PERSON_KEY.col(), functions.lit(cutting.order().name())))
            .collectAsList();
    List<Standing> standing = new ArrayList<>();
    for (int person = 0; person < rows.size(); person++) {
      Object value = rows.get(person).get(0);
      if (value != null && !value.equals(Double.NaN)) {
        standing.add(new Standing(person, comparable(value), rows.get(person).getLong(1)));
      }
    }
    standing.sort(Comparator.comparing(Standing::value).thenComparing(Standing::tie));
    Map<Integer, Object> answers = new HashMap<>();
    for (int place = 0; place < standing.size(); place++) {
      answers.put(standing.get(place).person(), answer(cutting, place, standing.size()));
    }
    return IntStream.range(0, rows.size()).mapToObj(answers::get).toList();
  }

  private static Object answer(Cutting cutting, int place, int size) {
    if (cutting instanceof Tile tile) {
      int group = 1;
      int left = place;
      while (left >= size / tile.bins() + (group <= size % tile.bins() ? 1 : 0)) {
        left -= size / tile.bins() + (group <= size % tile.bins() ? 1 : 0);
        group++;
      }
      return group;
    }
    return cutting instanceof Top top
        ? place >= size - top.part().of(size)
        : place < ((Bottom) cutting).part().of(size);
  }

  @SuppressWarnings("unchecked") // numbers compare with those of their type
  private static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) (value instanceof Double number ? (Object) (number + 0.0) : value);
  }

  private static String plan(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
        .queryExecution()
        .executedPlan()
        .toString();
  }
}
