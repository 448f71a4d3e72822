package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ConfigException;
import com.segumento.model.Persons;
import com.segumento.testkit.SparkExtension;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class SampleTest {
  @ParameterizedTest
  @CsvSource({
    "100, 0, 1",
    "100, 100, 1",
    "100, 101, 2",
    "100, 201, 2",
    "100, 402, 4",
    "100, 404, 8"
  })
  void isTheLargestThatHoldsNoMoreThanWanted(long most, long persons, int oneIn) {
    assertThat(Sample.ofAtMost(most, persons).oneIn()).isEqualTo(oneIn);
  }

  @Test
  void smallerSamplesAreWithinLargerOnes(SparkSession spark) {
    List<Row> persons =
        IntStream.range(0, 2000)
            .mapToObj(i -> RowFactory.create((Object) ByteBuffer.allocate(4).putInt(i).array()))
            .toList();
    Dataset<Row> rows =
        spark.createDataFrame(persons, new StructType().add(Persons.PERSON_KEY.structField()));
    Set<ByteBuffer> half = keys(new Sample(2).of(rows));
    Set<ByteBuffer> quarter = keys(new Sample(4).of(rows));
    assertThat(half).hasSizeBetween(900, 1100).containsAll(quarter);
    assertThat(quarter).hasSizeBetween(400, 600);
    assertThat(Sample.ALL.of(rows)).isSameAs(rows);
  }

  @Test
  void whatSetsHaveInCommonIsEstimatedWithinTheErrorThatIsToldInMoreThan90Of100Cases(
      SparkSession spark) {
    int persons = 20_000;
    int sets = 400;
    Random random = new Random(3);
    for (int oneIn : new int[] {2, 8}) {
      Sample sample = new Sample(oneIn);
      boolean[] sampled = sampled(spark, sample, persons);
      int within = 0;
      double off = 0;
      for (int i = 0; i < sets; i++) {
        int shared = 1 + random.nextInt(20);
        long truth = 0;
        long seen = 0;
        for (int person = 0; person < persons; person++) {
          if (random.nextInt(20) < shared && random.nextBoolean()) { // in both sets
            truth++;
            seen += sampled[person] ? 1 : 0;
          }
        }
        long estimate = seen * oneIn;
        within += Math.abs(estimate - truth) <= sample.error(seen) ? 1 : 0;
        off += (double) (estimate - truth) / sample.error(seen) / sets;
      }
      assertThat(within).as("of 400, one in " + oneIn).isGreaterThan(360);
      assertThat(off).as("no bias, one in " + oneIn).isBetween(-0.5, 0.5);
    }
    assertThat(new Sample(4).error(300)).isEqualTo(118); // 1.96 * 15 * 4
    assertThat(Sample.ALL.error(300)).isZero();
  }

  private static boolean[] sampled(SparkSession spark, Sample sample, int persons) {
    boolean[] sampled = new boolean[persons];
    Dataset<Row> keys =
        spark
            .range(persons)
            .selectExpr("unhex(lpad(hex(id), 8, '0')) as " + Persons.PERSON_KEY.name());
    keys(sample.of(keys)).forEach(key -> sampled[key.getInt(0)] = true);
    return sampled;
  }

  @Test
  void tablesOfOtherThingsAreReadAsAWhole(SparkSession spark) {
    Dataset<Row> rows = spark.range(9).toDF();
    assertThat(new Sample(4).of(rows)).isSameAs(rows);
    assertThatThrownBy(() -> new Sample(3))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Invalid setting sample: 3. Expected a power of two.");
  }

  private static Set<ByteBuffer> keys(Dataset<Row> rows) {
    Set<ByteBuffer> keys = new HashSet<>();
    rows.collectAsList().forEach(row -> keys.add(ByteBuffer.wrap(row.getAs(0))));
    return keys;
  }
}
