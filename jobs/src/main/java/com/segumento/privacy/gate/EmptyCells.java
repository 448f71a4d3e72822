package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Cells that tonight's tables and the release memory do not agree on: a row of a cell nobody is in
 * may be that of who still stands there; and where somebody stands there has to be one.
 */
record EmptyCells(Standing standing) {
  private static final Field COUNT = Field.required("standing", DataTypes.LongType);

  /**
   * Staged rows of cells that nobody is in, and that nobody stands behind.
   *
   * @param covered of {@link Coverage}
   */
  Dataset<Row> nobodys(Dataset<Row> covered) {
    Dataset<Row> stand =
        Standing.now(persons(standing.ours())).select(SEGMENT.col(), CELL.col()).distinct();
    Column named =
        IntStream.rangeClosed(0, standing.claim().dimensions().size())
            .mapToObj(i -> StagedRows.key(i).col().isNotNull())
            .reduce(standing.shape().joined(), Column::and);
    return covered
        .filter(StagedRows.POSITION.col().isNotNull().and(Recount.PERSONS.col().isNull()))
        .select(
            named.as("named"),
            SEGMENT.as(StagedRows.key(0).col()),
            CELL.as(standing.shape().stagedCell()))
        .join(stand.withColumn("stands", lit(true)), Standing.names(SEGMENT, CELL), "left") // n:1
        .filter(
            not(
                Field.required("named", DataTypes.BooleanType)
                    .col()
                    .and(
                        coalesce(
                            Field.optional("stands", DataTypes.BooleanType).col(), lit(false)))));
  }

  /**
   * Segment, cell and figure of sums that somebody stands behind, of rows that the release has
   * ended.
   */
  Dataset<Row> sumsOfNoRow() {
    Column left =
        ReleaseMemory.RELEASE
            .col()
            .equalTo(standing.versions().release())
            .and(ReleaseMemory.CHANGE.col().lt(0));
    Dataset<Row> changed =
        persons(standing.ours()).filter(left).select(SEGMENT.col(), CELL.col()).distinct();
    Dataset<Row> sets =
        Standing.now(
                standing.ours().join(changed, Standing.names(SEGMENT, CELL), "left_semi")) // n:1
            .groupBy(SEGMENT.col(), CELL.col(), FIGURE.col())
            .agg(COUNT.as(count_distinct(PERSON.col())));
    List<String> sums =
        IntStream.range(0, standing.claim().figures().size())
            .filter(i -> standing.claim().figures().get(i).source().isPresent())
            .mapToObj(standing::figure)
            .toList();
    return sets.filter(FIGURE.col().isInCollection(sums).and(COUNT.col().geq(standing.claim().k())))
        .join(persons(sets), Standing.names(SEGMENT, CELL), "left_anti")
        .select(SEGMENT.col(), CELL.col(), FIGURE.col());
  }

  private static Dataset<Row> persons(Dataset<Row> rows) {
    return rows.filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS));
  }
}
