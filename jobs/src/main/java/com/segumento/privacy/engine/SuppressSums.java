package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.get;
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
 * Rows that may be published to the columns of a release: sums of fewer than k contributors, or
 * that the p% rule calls dominated, become null; then counts are rounded, half up. So no rounding
 * makes a row pass, and a null sum says no more than that one of the two rules held it back.
 *
 * <p>Two releases of overlapping cells can still be subtracted from each other, and a cell from a
 * total: that is outside this step.
 */
record SuppressSums(CellSettings settings) implements Transformation {
  @Override
  public Dataset<Row> apply(Dataset<Row> rows) {
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
    return rows.select(published.toArray(Column[]::new));
  }

  private Column persons() {
    Column exact = CountParts.PERSONS.col();
    if (settings.roundTo() == 1) {
      return exact;
    }
    Column step = lit((long) settings.roundTo());
    return floor(exact.multiply(2).plus(step).divide(step.multiply(2)))
        .multiply(step)
        .cast(DataTypes.LongType);
  }

  private Column sum(CellSettings.Measure measure, int i) {
    Column safe = CountParts.contributors(i).col().geq(settings.k());
    if (settings.dominance().isPresent()) {
      Column first = coalesce(get(CountParts.largest(i).col(), lit(0)), lit(0));
      Column second = coalesce(get(CountParts.largest(i).col(), lit(1)), lit(0));
      Column rest = CountParts.sizes(i).col().minus(first).minus(second);
      safe =
          safe.and(
              rest.cast(DataTypes.DoubleType)
                  .multiply(100.0)
                  .geq(
                      first
                          .cast(DataTypes.DoubleType)
                          .multiply(settings.dominance().getAsDouble())));
    }
    return when(safe, CountParts.total(i).col().cast(measure.field().type()));
  }
}
