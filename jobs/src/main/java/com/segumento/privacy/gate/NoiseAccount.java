package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import com.segumento.model.Field;
import com.segumento.model.NoiseDraws;
import com.segumento.udf.Calibration;
import com.segumento.udf.PrivacyLoss;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Whether the noise of a release is accounted for, and what that comes to is within the budget.
 *
 * @param calibration what the noise of a figure costs
 * @param ledger all that is accounted for, segments by the names the release has for them
 */
record NoiseAccount(Standing standing, Calibration calibration, Dataset<Row> ledger) {
  private static final Field CELLS = Field.required("cells of a person", DataTypes.LongType);
  private static final Field PAID = Field.optional("paid", NoiseDraws.COST.type());
  private static final Field ASTRAY = Field.required("astray", DataTypes.BooleanType);
  private static final Field LOSS = Field.required("loss", DataTypes.createDecimalType(38, 18));

  /**
   * Figures that are not accounted for, or not as they are.
   *
   * @param published the figures in the file, as {@link NoiseSets} gives them
   */
  Dataset<Row> missing(Dataset<Row> published) {
    return unpaid(published)
        .select(FIGURE.col())
        .union(undercounted(published).select(FIGURE.col()));
  }

  /** Figures whose noise is not accounted for since their set came, or was never paid in full. */
  private Dataset<Row> unpaid(Dataset<Row> published) {
    Dataset<Row> paid =
        ledger
            .filter(NoiseDraws.MECHANISM.col().equalTo(calibration.mechanism().name()))
            .filter(NoiseDraws.CELLS.col().gt(0))
            .groupBy(
                SEGMENT.col(),
                CELL.col(),
                FIGURE.col(),
                NoiseDraws.NOISE.col(),
                NoiseDraws.DIGEST.col())
            .agg(PAID.as(max(NoiseDraws.COST.col())));
    Column cost = lit(calibration.cost()).cast(PAID.type());
    return published
        .join(
            paid,
            Standing.names(SEGMENT, CELL, FIGURE, NoiseDraws.NOISE, NoiseDraws.DIGEST),
            "left")
        .filter(not(NoiseSets.RECORDED.col()).or(coalesce(PAID.col().lt(cost), lit(true))));
  }

  /**
   * Figures somebody is in more cells of, drawn with one release, than was paid for; whichever
   * release it was, as one that was refused is in the ledger, too. Those also whose release is not
   * of one run and export, as it would have paid for all of them once, or of another date than its
   * run, as that may be in another period.
   */
  private Dataset<Row> undercounted(Dataset<Row> published) {
    Dataset<Row> paid = ledger.filter(NoiseDraws.COST.col().gt(0));
    Column release = struct(NoiseDraws.RUN.col(), NoiseDraws.EXPORT.col());
    Column date = NoiseDraws.BUSINESS_DATE.col().cast(DataTypes.StringType);
    Column dated = NoiseDraws.RUN.col().startsWith(date);
    Dataset<Row> said =
        paid.groupBy(SEGMENT.col(), FIGURE.col(), NoiseDraws.RELEASE.col())
            .agg(
                NoiseDraws.CELLS.as(max(NoiseDraws.CELLS.col())),
                ASTRAY.as(min(release).notEqual(max(release)).or(max(not(dated)))));
    Dataset<Row> drawn =
        published
            .join(
                paid.select(
                    SEGMENT.col(),
                    CELL.col(),
                    FIGURE.col(),
                    NoiseDraws.NOISE.col(),
                    NoiseDraws.DIGEST.col(),
                    NoiseDraws.RELEASE.col()),
                Standing.names(SEGMENT, CELL, FIGURE, NoiseDraws.NOISE, NoiseDraws.DIGEST))
            .select(SEGMENT.col(), CELL.col(), FIGURE.col(), NoiseDraws.RELEASE.col())
            .distinct();
    return Standing.now(standing.alike())
        .join(drawn, Standing.names(SEGMENT, CELL, FIGURE)) // what was paid twice counts twice
        .groupBy(SEGMENT.col(), FIGURE.col(), NoiseDraws.RELEASE.col(), PERSON.col())
        .agg(CELLS.as(count(lit(1))))
        .join(said, Standing.names(SEGMENT, FIGURE, NoiseDraws.RELEASE))
        .filter(CELLS.col().gt(NoiseDraws.CELLS.col()).or(ASTRAY.col()));
  }

  /** Whether all that was spent in the period of the release, on whatever day, may be. */
  boolean within(BudgetInForce budget) {
    Column mechanism = NoiseDraws.MECHANISM.col();
    Column date = NoiseDraws.BUSINESS_DATE.col();
    PrivacyLoss spent = PrivacyLoss.NONE;
    for (Row row :
        ledger
            .filter(date.between(lit(budget.period().first()), lit(budget.period().last())))
            .groupBy(NoiseDraws.RELEASE.col(), SEGMENT.col(), FIGURE.col(), mechanism)
            .agg(LOSS.as(max(NoiseDraws.loss(NoiseDraws.COST.col(), NoiseDraws.CELLS.col()))))
            .groupBy(mechanism)
            .agg(LOSS.as(sum(LOSS.col()).cast(LOSS.type())))
            .collectAsList()) {
      spent =
          spent.plus(
              PrivacyLoss.of(
                  Calibration.Mechanism.valueOf(row.getAs(NoiseDraws.MECHANISM.name())),
                  row.getAs(LOSS.name())));
    }
    // Without a delta there is no epsilon of Gaussian noise.
    return !(spent.needsDelta() && budget.delta().isEmpty())
        && spent.epsilonAt(budget.delta()).compareTo(budget.epsilon()) <= 0;
  }
}
