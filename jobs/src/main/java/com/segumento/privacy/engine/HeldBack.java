package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingDecisions.MAY_STAY;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;

/** Decisions in which some new sets are held back: what stood there stays, or nothing is there. */
record HeldBack(CellSettings settings) {
  private static final Field HELD = Field.optional("held back", DataTypes.BooleanType);

  /**
   * Holds sets back.
   *
   * @param sets segment, cell and figure; of a cell whose persons are held back all sums are, too
   */
  Dataset<Row> of(Dataset<Row> decisions, List<Row> sets) {
    Dataset<Row> gone =
        decisions
            .sparkSession()
            .createDataFrame(
                sets.stream().flatMap(this::figures).distinct().toList(),
                Field.schema(SEGMENT, CELL, FIGURE))
            .withColumn(HELD.name(), lit(true));
    Column back = when(MAY_STAY.col(), StandingDecisions.BEFORE).otherwise(0);
    Column is = HELD.col().isNotNull();
    return decisions
        .join(broadcast(gone), new String[] {SEGMENT.name(), CELL.name(), FIGURE.name()}, "left")
        .withColumn(CHANGED.name(), CHANGED.col().and(HELD.col().isNull()))
        .withColumn(CHOICE.name(), when(is, back).otherwise(CHOICE.col()))
        .drop(HELD.name());
  }

  private Stream<Row> figures(Row set) {
    return set.getString(2).equals(ReleaseMemory.PERSONS)
        ? Stream.concat(
                Stream.of(ReleaseMemory.PERSONS), settings.sums().map(StandingElements::figure))
            .map(figure -> RowFactory.create(set.getString(0), set.getString(1), figure))
        : Stream.of(set);
  }
}
