package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.privacy.engine.RandomLabels;
import com.segumento.testkit.SparkExtension;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate finds what a look at every two cells of a segment finds, person by person. */
@ExtendWith(SparkExtension.class)
class CellsOfOtherLabelsTest {
  private static final int SEGMENTS = 200;

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void findsAllThatDifferByFew(int k, SparkSession spark) {
    RandomLabels sets = new RandomLabels(400 + k, k, SEGMENTS);
    try (KeptRows changed = sets.changed(spark);
        KeptRows memory = sets.memory(spark)) {
      Dataset<Row> found =
          new CellsOfOtherLabels(k, RandomLabels.TONIGHT).telling(changed.rows(), memory.rows());
      assertThat(
              found
                  .select(col("segment_id"), col("cell"), col("`other cell`"))
                  .distinct()
                  .collectAsList())
          .extracting(row -> List.of(row.getString(0), row.getString(1), row.getString(2)))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              sets.pairs()
                  .filter(pair -> pair.apart() > 0 && pair.apart() < k)
                  .map(pair -> List.of(pair.segment(), pair.cell(), pair.other()))
                  .collect(Collectors.toSet()));
    }
  }
}
