package com.segumento.segment.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
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

@ExtendWith(SparkExtension.class)
class RfmScoresTest {
  private static final Field DAYS = Field.optional("days", DataTypes.IntegerType);
  private static final Field EVENTS = Field.optional("events", DataTypes.LongType);
  private static final Field VALUE = Field.optional("value", DataTypes.createDecimalType(22, 2));
  private static final StructType SCHEMA = Field.schema(Persons.PERSON_KEY, DAYS, EVENTS, VALUE);
  private static final Field RFM = Field.optional("rfm", DataTypes.NullType);

  @Test
  void scoresByQuintilesOfThoseWithEvents(SparkSession spark) {
    List<Row> persons = new ArrayList<>();
    for (int i = 0; i < 10; i++) { // the later the last, the more events and the less money
      persons.add(person(i, 100 - i, (long) i + 1, BigDecimal.valueOf(1000L - i, 2)));
    }
    persons.add(person(10, null, 0L, null));
    persons.add(person(11, null, null, null));
    assertThat(scores(spark, persons, 5))
        .containsExactly(
            "1|1|5|115|At risk",
            "1|1|5|115|At risk",
            "2|2|4|224|At risk",
            "2|2|4|224|At risk",
            "3|3|3|333|Need attention",
            "3|3|3|333|Need attention",
            "4|4|2|442|Potential loyalists",
            "4|4|2|442|Potential loyalists",
            "5|5|1|551|Potential loyalists",
            "5|5|1|551|Potential loyalists",
            "null",
            "null");
  }

  @Test
  void namesEachPairOfScoresOnOtherScalesToo(SparkSession spark) {
    List<Row> persons = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      persons.add(person(i, 100 - i, (long) i + 1, BigDecimal.valueOf(i, 2)));
    }
    persons.add(person(20, 200, 1000L, null)); // events without a value: the least money
    List<String> scores = scores(spark, persons, 10);
    assertThat(scores.get(19)).isEqualTo("10|10|10|10-10-10|Champions");
    assertThat(scores.get(0)).isEqualTo("1|1|1|1-1-1|Lost");
    assertThat(scores.get(20)).isEqualTo("1|10|1|1-10-1|At risk");
  }

  @Test
  void everyPairOfScoresHasItsGroup(SparkSession spark) {
    List<Row> pairs = new ArrayList<>();
    for (int recency = 1; recency <= 5; recency++) {
      for (int mean = 1; mean <= 5; mean++) {
        pairs.add(RowFactory.create(new byte[0], recency, (long) mean, BigDecimal.valueOf(mean)));
      }
    }
    RfmScores rfm = new RfmScores("rfm", DAYS.col(), EVENTS.col(), VALUE.col(), 5);
    Column frequency = EVENTS.col().cast(DataTypes.IntegerType);
    List<String> groups =
        spark
            .createDataFrame(pairs, SCHEMA)
            .select(rfm.of(List.of(DAYS.col(), frequency, frequency)).getField("group"))
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(groups)
        .containsExactly(
            "Lost",
            "Lost",
            "At risk",
            "At risk",
            "Cannot lose them",
            "Hibernating",
            "Hibernating",
            "At risk",
            "At risk",
            "Cannot lose them",
            "About to sleep",
            "About to sleep",
            "Need attention",
            "Loyal",
            "Loyal",
            "Promising",
            "Potential loyalists",
            "Potential loyalists",
            "Loyal",
            "Loyal",
            "New",
            "Potential loyalists",
            "Potential loyalists",
            "Champions",
            "Champions");
  }

  private static List<String> scores(SparkSession spark, List<Row> rows, int bins) {
    Dataset<Row> persons = spark.createDataFrame(rows, SCHEMA);
    RfmScores rfm = new RfmScores("rfm", DAYS.col(), EVENTS.col(), VALUE.col(), bins);
    List<Column> tiles = CutPoints.find(persons, rfm.cuttings(persons));
    return persons
        .orderBy(Persons.PERSON_KEY.col())
        .select(RFM.as(rfm.of(tiles)))
        .select(functions.concat_ws("|", parts()))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0).isEmpty() ? "null" : row.getString(0))
        .toList();
  }

  private static Column[] parts() {
    return List.of(
            RfmScores.RECENCY,
            RfmScores.FREQUENCY,
            RfmScores.MONETARY,
            RfmScores.SCORE,
            RfmScores.GROUP)
        .stream()
        .map(part -> part.in(RFM))
        .toArray(Column[]::new);
  }

  private static Row person(int id, Integer days, Long events, BigDecimal value) {
    return RowFactory.create(new byte[] {1, (byte) id}, days, events, value);
  }
}
