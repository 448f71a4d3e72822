package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.KeptRows;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.NoiseDraws;
import com.segumento.udf.NoisyFigure;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Staged rows of an export with noise. The noise of each figure is drawn again, for the set the
 * release memory has behind it; where the staged figure is the set's with that noise, the set's own
 * takes its place, so that the rest of the gate judges what is true. The secret is with the
 * executors until this is closed.
 */
final class NoisyRows implements AutoCloseable {
  private static final Field WRONG = Field.required("wrong noise", DataTypes.BooleanType);
  private static final Field OF_SEGMENT = Field.required("of segment", DataTypes.StringType);
  private static final Field OF_CELL = Field.required("of cell", DataTypes.StringType);

  private final Standing standing;
  private final NoiseClaim claim;
  private final NoiseSets sets;
  private final Broadcast<byte[]> secret;
  private final KeptRows drawn;
  private final KeptRows rows;

  /** Of the rows of a staged file. */
  NoisyRows(Standing standing, Dataset<Row> staged) {
    Workspace workspace = standing.workspace();
    this.standing = standing;
    this.claim = NoiseClaim.of(standing);
    this.sets = new NoiseSets(standing, claim.figures());
    byte[] keying = workspace.secrets().secret(workspace.client().keys().person());
    this.secret =
        JavaSparkContext.fromSparkContext(workspace.spark().sparkContext())
            .broadcast(NoisyFigure.secret(keying));
    this.drawn = KeptRows.of(sets.of(secret));
    Dataset<Row> compared =
        staged
            .withColumn(CELL.name(), standing.shape().stagedCell())
            .withColumn(WRONG.name(), lit(false));
    for (int i = 0; i < standing.claim().figures().size(); i++) {
      compared = compared(compared, i);
    }
    this.rows = KeptRows.of(compared);
  }

  /** The rows as {@link StagedRows} gives them, true figures in place of those with noise. */
  Dataset<Row> truth() {
    return rows.rows().drop(CELL.name(), WRONG.name());
  }

  /**
   * What is wrong with the noise, and with the account of it.
   *
   * @param budget none where nothing may be spent
   */
  Set<Violation> violations(Optional<BudgetInForce> budget) {
    long until = budget.map(BudgetInForce::until).orElse(Long.MAX_VALUE);
    Dataset<Row> ledger = sets.ledger().filter(NoiseDraws.RELEASE.col().leq(until));
    NoiseAccount account = new NoiseAccount(standing, claim.calibration(), ledger);
    Dataset<Row> noise = found(rows.rows().filter(WRONG.col()), Violation.NOISE);
    Dataset<Row> unaccounted = found(account.missing(published()), Violation.UNACCOUNTED);
    Set<Violation> violations = EnumSet.noneOf(Violation.class);
    for (Row violation : noise.union(unaccounted).collectAsList()) {
      violations.add(Violation.valueOf(violation.getString(0)));
    }
    if (!budget.map(account::within).orElse(false)) {
      violations.add(Violation.OVERSPENT);
    }
    return violations;
  }

  private static Dataset<Row> found(Dataset<Row> wrong, Violation violation) {
    return wrong.limit(1).select(FIGURE.as(lit(violation.name())));
  }

  /** The sets behind the figures that are in the file. */
  private Dataset<Row> published() {
    Dataset<Row> published = null;
    for (int i = 0; i < standing.claim().figures().size(); i++) {
      Dataset<Row> figure =
          rows.rows()
              .filter(StagedRows.claimed(i).col().isNotNull())
              .select(
                  SEGMENT.as(StagedRows.key(0).col()),
                  CELL.col(),
                  FIGURE.as(lit(standing.figure(i))));
      published = published == null ? figure : published.union(figure);
    }
    return drawn
        .rows()
        .join(published.distinct(), Standing.names(SEGMENT, CELL, FIGURE), "left_semi");
  }

  private Dataset<Row> compared(Dataset<Row> staged, int i) {
    Dataset<Row> figures =
        drawn
            .rows()
            .filter(FIGURE.col().equalTo(standing.figure(i)))
            .select(
                OF_SEGMENT.as(SEGMENT.col()),
                OF_CELL.as(CELL.col()),
                NoiseSets.EXACT.col(),
                NoiseSets.NOISY.col(),
                NoiseSets.FORGED.col());
    Column claimed = StagedRows.claimed(i).col();
    Column right = claimed.isNotNull().and(claimed.eqNullSafe(text(NoiseSets.NOISY.col(), i)));
    Column wrong =
        claimed.isNotNull().and(not(right).or(coalesce(NoiseSets.FORGED.col(), lit(false))));
    // n:1, a figure of a cell is remembered once
    return staged
        .join(
            figures,
            StagedRows.key(0)
                .col()
                .equalTo(OF_SEGMENT.col())
                .and(CELL.col().equalTo(OF_CELL.col())),
            "left")
        .withColumn(WRONG.name(), WRONG.col().or(wrong))
        .withColumn(
            StagedRows.claimed(i).name(),
            when(right, text(NoiseSets.EXACT.col(), i)).otherwise(claimed))
        .drop(
            OF_SEGMENT.name(),
            OF_CELL.name(),
            NoiseSets.EXACT.name(),
            NoiseSets.NOISY.name(),
            NoiseSets.FORGED.name());
  }

  /** A figure as it is published: counts rounded, sums with the digits of their column. */
  private Column text(Column figure, int i) {
    Claim.Figure of = standing.claim().figures().get(i);
    if (of.source().isPresent()) {
      return figure.cast(of.field().type()).cast(DataTypes.StringType);
    }
    Column whole = figure.cast(DataTypes.LongType);
    long step = standing.claim().roundTo();
    Column over = pmod(whole, lit(step));
    return whole
        .minus(over)
        .plus(when(over.multiply(2).geq(step), step).otherwise(0L))
        .cast(DataTypes.StringType);
  }

  @Override
  public void close() {
    rows.close();
    drawn.close();
    secret.destroy();
  }
}
