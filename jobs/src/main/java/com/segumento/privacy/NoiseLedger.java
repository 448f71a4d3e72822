package com.segumento.privacy;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import com.segumento.config.Export;
import com.segumento.config.PrivacyBudget;
import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.NoiseDraws;
import com.segumento.model.PrivacyRefused;
import com.segumento.privacy.gate.KeptTable;
import com.segumento.udf.Calibration.Mechanism;
import com.segumento.udf.PrivacyLoss;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * A client's table of {@link NoiseDraws}. What is about to be published is accounted for before it
 * is; a release that is refused then, and made again, draws the same noise and pays no second time.
 */
public final class NoiseLedger {
  private static final Map<String, String> APPEND_ONLY = Map.of("delta.appendOnly", "true");
  private static final Field LOSS = Field.required("loss", DataTypes.createDecimalType(38, 18));

  private final Workspace workspace;
  private final String path;
  private final long version;

  private NoiseLedger(Workspace workspace, String path, long version) {
    this.workspace = workspace;
    this.path = path;
    this.version = version;
  }

  /** The table of the workspace's client, declared where it is not there yet. */
  public static NoiseLedger open(Workspace workspace) {
    DeltaTables tables = workspace.lake().tables();
    String path = workspace.lake().layout().privacyBudget(workspace.clientId());
    tables.declare(path, NoiseDraws.SCHEMA, List.of(), APPEND_ONLY);
    return new NoiseLedger(workspace, path, tables.version(path));
  }

  /**
   * Makes sure that the table is the one that what was spent is in.
   *
   * @param what is refused where it is not
   * @throws PrivacyRefused where it was lost, so that it would be spent once more
   */
  static void requireKept(Workspace workspace, String what) {
    LostTable.refuse(KeptTable.privacyBudget(workspace), what);
  }

  /** Delta's own name of the table. */
  public String id() {
    return tables().id(path);
  }

  /** The version when it was opened. */
  public long version() {
    return version;
  }

  /** All rows there were when it was opened. */
  public Dataset<Row> read() {
    return tables().read(path, version);
  }

  /** The number of the release that is accounted for next. */
  public long next() {
    return version + 1;
  }

  /**
   * Lets {@code export} spend {@code loss} besides what is spent.
   *
   * @throws PrivacyRefused where that is more than the budget of the period
   * @throws ConfigException where Gaussian noise was drawn and the budget has no delta
   */
  public void requireLeft(PrivacyLoss loss, Export export) {
    BigDecimal most = BigDecimal.valueOf(budget().epsilon());
    PrivacyLoss spent = spent();
    requireDelta(spent.plus(loss));
    Optional<BigDecimal> delta = delta();
    if (spent.plus(loss).epsilonAt(delta).compareTo(most) > 0) {
      PrivacyBudget.Period period = period();
      throw new PrivacyRefused(
          "The privacy budget of client "
              + workspace.client().client()
              + " does not allow export "
              + export.name()
              + " on "
              + workspace.date()
              + ": with it, epsilon from "
              + period.first()
              + " to "
              + period.last()
              + " would be "
              + text(spent.plus(loss).epsilonAt(delta))
              + " and not "
              + text(spent.epsilonAt(delta))
              + ", and privacy_budget.epsilon is "
              + text(most)
              + ". Nothing of it was published. Wait for the next period, or agree on another"
              + " budget.");
    }
  }

  private void requireDelta(PrivacyLoss spent) {
    PrivacyBudget.Period period = period();
    if (spent.needsDelta() && delta().isEmpty()) {
      throw new ConfigException(
          "Client "
              + workspace.client().client()
              + " has no privacy_budget.delta, and Gaussian noise was drawn of its figures between "
              + period.first()
              + " and "
              + period.last()
              + ": what that has cost cannot be said without. Set it to what it was, which"
              + " manifests of then say, and leave it until "
              + period.last()
              + ", also where all exports have Laplace noise now.");
    }
  }

  private static String text(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private PrivacyBudget budget() {
    PrivacyBudget budget = workspace.client().privacyBudget();
    if (budget == null) {
      throw new ConfigException(
          "Client "
              + workspace.client().client()
              + " has no privacy_budget, and an export with privacy.dp. Set one; nothing may be"
              + " told of its persons without.");
    }
    return budget;
  }

  private PrivacyBudget.Period period() {
    return budget().period(workspace.date(), workspace.client().agreement());
  }

  /** Accounts for {@code draws} of a release of {@code export}. */
  public void add(Dataset<Row> draws, String export) {
    tables()
        .append(
            path,
            draws,
            Commit.of(
                Map.of(
                    "stage",
                    "export",
                    "export",
                    export,
                    "date",
                    workspace.date().toString(),
                    "run",
                    workspace.run())));
  }

  /** The epsilon of what was spent in the period, at the delta of the budget. */
  public BigDecimal epsilon() {
    return spent().epsilonAt(delta());
  }

  private Optional<BigDecimal> delta() {
    return Optional.ofNullable(budget().delta()).map(BigDecimal::valueOf);
  }

  /** What was spent in the period of the workspace's date, of one person at most. */
  public PrivacyLoss spent() {
    PrivacyBudget.Period period = period();
    return losses(
        read()
            .filter(NoiseDraws.BUSINESS_DATE.col().geq(lit(period.first())))
            .filter(NoiseDraws.BUSINESS_DATE.col().leq(lit(period.last()))));
  }

  /** What {@code draws} cost one person at most. */
  public static PrivacyLoss losses(Dataset<Row> draws) {
    List<Row> losses =
        draws
            .groupBy(
                NoiseDraws.RELEASE.col(),
                NoiseDraws.SEGMENT_ID.col(),
                NoiseDraws.FIGURE.col(),
                NoiseDraws.MECHANISM.col())
            .agg(LOSS.as(NoiseDraws.loss(max(NoiseDraws.COST.col()), max(NoiseDraws.CELLS.col()))))
            .groupBy(NoiseDraws.MECHANISM.col())
            .agg(LOSS.as(sum(LOSS.col()).cast(LOSS.type())))
            .collectAsList();
    PrivacyLoss all = PrivacyLoss.NONE;
    for (Row loss : losses) {
      Mechanism mechanism = Mechanism.valueOf(loss.getAs(NoiseDraws.MECHANISM.name()));
      all = all.plus(PrivacyLoss.of(mechanism, loss.getAs(LOSS.name())));
    }
    return all;
  }

  private DeltaTables tables() {
    return workspace.lake().tables();
  }
}
