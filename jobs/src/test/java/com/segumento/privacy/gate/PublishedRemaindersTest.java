package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.RandomRemainders;
import com.segumento.testkit.SparkExtension;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the gate finds that totals and parts of different nights tell. */
@ExtendWith(SparkExtension.class)
class PublishedRemaindersTest {
  private static final List<RandomRemainders> ALL =
      IntStream.range(900, 1800).mapToObj(RandomRemainders::of).toList();

  @Test
  void findsWhatTellsOfFew(SparkSession spark) {
    Set<String> telling =
        ALL.stream()
            .filter(each -> !each.waiting().isEmpty())
            .map(RandomRemainders::segment)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(telling).hasSizeGreaterThan(20);
    Dataset<Row> memory =
        spark.createDataFrame(
            ALL.stream().flatMap(each -> each.memory(true).stream()).toList(),
            ReleaseMemory.SCHEMA);
    Dataset<Row> found =
        new PublishedRemainders(
                RandomRemainders.K, RandomRemainders.TONIGHT, RandomRemainders.OLDEST)
            .telling(
                memory.filter(ReleaseMemory.SHAPE.col().equalTo(RandomRemainders.OURS)),
                memory.filter(ReleaseMemory.SHAPE.col().notEqual(RandomRemainders.OURS)));
    assertThat(found.distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrderElementsOf(telling);
  }
}
