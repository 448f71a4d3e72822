package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.privacy.engine.RandomNeighbours;
import com.segumento.testkit.SparkExtension;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate finds what a look at every two sets of a cell finds, person by person. */
@ExtendWith(SparkExtension.class)
class PublishedNeighboursTest {
  private static final int CELLS = 200;

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void findsAllThatDifferByFew(int k, SparkSession spark) {
    RandomNeighbours sets = new RandomNeighbours(100 + k, k, CELLS);
    try (KeptRows changed = sets.changed(spark);
        KeptRows memory = sets.changes(spark, 1, RandomNeighbours.TONIGHT)) {
      Dataset<Row> found =
          StandingChanges.besideOthers(changed.rows(), memory.rows(), RandomNeighbours.OLDEST, k);
      assertThat(
              found.select(col("cell"), col("segment_id"), col("`other segment`")).collectAsList())
          .extracting(row -> List.of(row.getString(0), row.getString(1), row.getString(2)))
          .doesNotHaveDuplicates()
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              sets.pairs()
                  .filter(pair -> pair.apart() > 0 && pair.apart() < k)
                  .map(pair -> List.of(pair.cell(), pair.segment(), pair.other()))
                  .collect(Collectors.toSet()));
    }
  }
}
