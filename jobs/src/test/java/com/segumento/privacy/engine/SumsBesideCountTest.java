package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.RandomRows;
import com.segumento.privacy.RandomRows.Figure;
import com.segumento.privacy.RandomRows.Kind;
import com.segumento.privacy.RandomRows.Telling;
import com.segumento.privacy.Reason;
import com.segumento.testkit.SparkExtension;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No row tells of few by its number of persons and its sums, nor gives one of them up in vain. */
@ExtendWith(SparkExtension.class)
class SumsBesideCountTest {
  private static final int CELLS = 400;

  @ParameterizedTest
  @CsvSource({"2, 0", "5, 0", "3, 40"})
  void whatIsLeftIsNobodysOrOfKPersons(int k, double p, SparkSession spark) {
    RandomRows rows = new RandomRows(50 + k, k, p, CELLS);
    assertThat(rows.telling())
        .extracting(Telling::kind)
        .contains(Kind.WHOLE, Kind.CHANGE, Kind.TOGETHER);
    Set<Figure> found = new HashSet<>();
    Set<Figure> alike = new HashSet<>();
    for (Row row : found(rows, k, p, spark)) {
      Figure figure = new Figure(row.getString(1), row.getString(0), row.getString(2));
      found.add(figure);
      if (row.getString(3).equals(Reason.NEARLY_ALIKE.code())) {
        alike.add(figure);
      }
    }
    assertThat(rows.telling(withSums(rows, found))).isEmpty();
    assertThat(alike).isNotEmpty();
    assertThat(rows.witnessed()).containsAll(alike);
  }

  private static List<Row> found(RandomRows rows, int k, double p, SparkSession spark) {
    try (KeptRows proposed = rows.changes(spark, RandomRows.TONIGHT, RandomRows.TONIGHT);
        KeptRows memory = rows.changes(spark, 1, RandomRows.TONIGHT - 1)) {
      OptionalDouble dominance = p == 0 ? OptionalDouble.empty() : OptionalDouble.of(p);
      Dataset<Row> found =
          new StandingPairs(k, RandomRows.OLDEST, RandomRows.TONIGHT, dominance)
              .of(proposed.rows(), memory.rows(), Set.of("a", "b"));
      return found.collectAsList();
    }
  }

  /** With a number of persons all sums of its row are held back. */
  private static Set<Figure> withSums(RandomRows rows, Set<Figure> found) {
    return rows.fresh().stream()
        .filter(
            figure ->
                found.contains(figure)
                    || found.contains(
                        new Figure(figure.cell(), figure.segment(), ReleaseMemory.PERSONS)))
        .collect(Collectors.toSet());
  }
}
