package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingDecisions.SINCE;
import static com.segumento.privacy.engine.StandingDecisions.elements;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.Staleness;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What there is to know of the decisions on a release as a whole, by one look at them.
 *
 * @param changesAny whether any set is another one than the one that stood there
 */
record Waiting(boolean changesAny, Staleness staleness) {
  private static final Field CELLS = Field.required("cells", DataTypes.LongType);
  private static final Field SUMS = Field.required("sums", DataTypes.LongType);
  private static final Field DAYS = Field.required("days", DataTypes.IntegerType);

  /**
   * Of what {@link StandingDecisions} gave.
   *
   * @param date of the release
   */
  static Waiting of(Dataset<Row> decisions, LocalDate date) {
    Column persons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    // What changes tonight has not waited yet.
    Column days = when(CHANGED.col(), 0).otherwise(date_diff(lit(date), SINCE.col()));
    Row found =
        decisions
            .agg(
                CHANGED.as(coalesce(max(CHANGED.col()), lit(false))),
                CELLS.as(coalesce(sum(when(waits().and(persons), 1L)), lit(0L))),
                SUMS.as(coalesce(sum(when(waits().and(persons.equalTo(false)), 1L)), lit(0L))),
                DAYS.as(greatest(coalesce(max(when(waits(), days)), lit(0)), lit(0))))
            .first();
    return new Waiting(
        found.<Boolean>getAs(CHANGED.name()),
        new Staleness(
            found.<Long>getAs(CELLS.name()),
            found.<Long>getAs(SUMS.name()),
            found.<Integer>getAs(DAYS.name())));
  }

  /** Whether a figure is published of another set than tonight's. */
  private static Column waits() {
    Column now = elements(StandingDecisions.NOW).col();
    Column both = elements(StandingDecisions.LEFT).col();
    Column before = elements(StandingDecisions.BEFORE).col();
    return coalesce(
        when(
                CHOICE.col().equalTo(StandingDecisions.JOINED),
                elements(StandingDecisions.JOINED).col().gt(now))
            .when(CHOICE.col().equalTo(StandingDecisions.LEFT), both.lt(now))
            .when(CHOICE.col().equalTo(StandingDecisions.BEFORE), both.lt(now).or(both.lt(before))),
        lit(false));
  }
}
