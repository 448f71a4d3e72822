package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingDecisions.REASON;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.Reason;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Decisions on sums that go with those on the number of persons of their row: where nobody stands
 * behind that any more, nobody stands behind its sums either, as no row shows them; and a new set
 * of a sum is not remembered as published where no row is.
 */
record SumsOfRows(CellSettings settings) {
  private static final Field SHOWN = Field.optional("row shown", DataTypes.BooleanType);
  private static final Field KEPT = Field.optional("row kept", DataTypes.BooleanType);

  /**
   * The decisions, with sums as their row allows.
   *
   * @param decisions of {@link StandingDecisions}, on persons and sums each by itself
   * @param settled where a sum is to be as it was decided
   */
  Dataset<Row> of(Dataset<Row> decisions, Column settled) {
    if (settings.sums().findAny().isEmpty()) {
      return decisions;
    }
    Column persons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    Column stood = StandingDecisions.elements(StandingDecisions.BEFORE).col().gt(0);
    Column shown = CHOICE.col().between(StandingDecisions.NOW, StandingDecisions.BEFORE);
    Column kept = shown.or(CHOICE.col().equalTo(0).and(stood));
    WindowSpec row = Window.partitionBy(SEGMENT.col(), CELL.col());
    Column ends = not(KEPT.col()).and(stood);
    Column free = persons.or(SHOWN.col()).or(settled);
    return decisions
        .withColumn(SHOWN.name(), coalesce(max(when(persons, shown)).over(row), lit(false)))
        .withColumn(KEPT.name(), coalesce(max(when(persons, kept)).over(row), lit(false)))
        .withColumn(CHANGED.name(), when(free, CHANGED.col()).otherwise(ends))
        .withColumn(
            CHOICE.name(),
            when(free, CHOICE.col()).when(ends, StandingDecisions.CLOSED).otherwise(0))
        .withColumn(
            REASON.name(),
            when(free, REASON.col()).otherwise(coalesce(REASON.col(), lit(Reason.BESIDE.code()))))
        .drop(SHOWN.name(), KEPT.name());
  }
}
