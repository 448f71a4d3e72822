package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.RandomMoves;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the gate finds that sums of cells tell. */
@ExtendWith(SparkExtension.class)
class PublishedMovesTest {
  private static final List<RandomMoves> MOVES =
      IntStream.range(300, 600).mapToObj(RandomMoves::of).toList();

  @Test
  void findsWhatTellsOfFew(SparkSession spark) {
    Set<String> telling = new TreeSet<>();
    MOVES.forEach(
        moves -> moves.telling().forEach(cell -> telling.add(moves.segment() + " " + cell)));
    assertThat(telling).hasSizeGreaterThan(100);
    Dataset<Row> memory = spark.createDataFrame(memory(), ReleaseMemory.SCHEMA);
    assertThat(
            new PublishedMoves(RandomMoves.K, RandomMoves.TONIGHT, RandomMoves.OLDEST)
                .telling(memory)
                .select(Standing.SEGMENT.col(), Standing.CELL.col())
                .distinct()
                .collectAsList())
        .extracting(row -> row.getString(0) + " " + row.getString(1))
        .containsExactlyInAnyOrderElementsOf(telling);
  }

  private static List<Row> memory() {
    List<Row> rows = new ArrayList<>();
    for (RandomMoves moves : MOVES) {
      moves
          .deeds()
          .forEach(
              deed ->
                  rows.add(
                      RowFactory.create(
                          "x@0",
                          moves.segment(),
                          deed.element().cell(),
                          moves.figure(),
                          CellFixture.key(deed.element().person()),
                          BigDecimal.valueOf(deed.element().share()),
                          deed.change(),
                          (long) deed.release(),
                          Date.valueOf(RandomMoves.date(deed.release())))));
    }
    return rows;
  }
}
