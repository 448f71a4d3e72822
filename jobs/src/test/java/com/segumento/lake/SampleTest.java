package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ConfigException;
import com.segumento.model.Persons;
import com.segumento.testkit.SparkExtension;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
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
