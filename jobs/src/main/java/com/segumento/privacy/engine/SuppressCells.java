package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Transformation;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Counted cells to published ones, in this order: cells of fewer than k persons, or of too few
 * distinct sensitive values, are dropped; of the others, sums of fewer than k contributors, or that
 * the p% rule calls dominated, become null; then counts are rounded, half up. So no rounding makes
 * a cell pass, and a null sum says no more than that one of the two rules held it back.
 *
 * <p>Two releases of overlapping cells can still be subtracted from each other, and a cell from a
 * total: that is outside this step.
 */
record SuppressCells(CellSettings settings) implements Transformation {
  @Override
  public Dataset<Row> apply(Dataset<Row> counted) {
    Column kept = CountCells.PERSONS.col().geq(settings.k());
    if (settings.diversity().isPresent()) {
      kept =
          kept.and(
              CountCells.DISTINCT_VALUES.col().geq(settings.diversity().orElseThrow().distinct()));
    }
    List<Column> published = new ArrayList<>();
    published.add(Cells.SEGMENT_ID.col());
    for (int i = 0; i < settings.dimensions().size(); i++) {
      published.add(settings.dimensions().get(i).field().as(LabelPersons.label(i).col()));
    }
    int sum = 0;
    for (CellSettings.Measure measure : settings.measures()) {
      published.add(
          measure.field().as(measure.sum().isPresent() ? sum(measure, sum++) : persons()));
    }
    return counted.filter(kept).select(published.toArray(Column[]::new));
  }

  private Column persons() {
    Column exact = CountCells.PERSONS.col();
    if (settings.roundTo() == 1) {
      return exact;
    }
    Column step = lit((long) settings.roundTo());
    return floor(exact.multiply(2).plus(step).divide(step.multiply(2)))
        .multiply(step)
        .cast(DataTypes.LongType);
  }

  private Column sum(CellSettings.Measure measure, int i) {
    Column safe = CountCells.contributors(i).col().geq(settings.k());
    if (settings.dominance().isPresent()) {
      safe =
          safe.and(
              CountCells.rest(i)
                  .col()
                  .multiply(100.0)
                  .geq(CountCells.largest(i).col().multiply(settings.dominance().getAsDouble())));
    }
    return when(safe, CountCells.total(i).col().cast(measure.field().type()));
  }
}
