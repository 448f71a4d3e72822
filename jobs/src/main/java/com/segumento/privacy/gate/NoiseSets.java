package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static com.segumento.privacy.gate.Standing.SHARE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.NoiseDraws;
import com.segumento.model.ReleaseMemory;
import com.segumento.udf.NoisyFigure;
import com.segumento.udf.SetDigest;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the figures of an export's shape are by the release memory, without and with the noise that
 * the secret gives their sets: one row per segment, cell and figure that anybody stands behind.
 */
record NoiseSets(Standing standing, Map<String, NoiseClaim.OfFigure> claimed) {
  private static final DataType WIDE = DataTypes.createDecimalType(38, 6);

  /** The figure of the set. */
  static final Field EXACT = Field.optional("exact", WIDE);

  /** The same with noise. */
  static final Field NOISY = Field.optional("noisy", WIDE);

  /** What the noise is drawn by: the digest that is accounted for, else the set's. */
  static final Field DIGEST = NoiseDraws.DIGEST;

  /** Whether it is accounted for since the set came. */
  static final Field RECORDED = Field.required("recorded", DataTypes.BooleanType);

  /**
   * Whether another digest is accounted for than that of the set, of which nobody was erased; more
   * than one; or one that was another set's.
   */
  static final Field FORGED = Field.required("forged", DataTypes.BooleanType);

  private static final Field THERE = Field.required("there", DataTypes.LongType);
  private static final Field SAID = Field.optional("said digest", DataTypes.StringType);
  private static final Field SEVERAL = Field.optional("several", DataTypes.BooleanType);
  private static final Field ANOTHER = Field.optional("another set's", DataTypes.BooleanType);
  private static final Field ERASED = Field.required("erased", DataTypes.BooleanType);

  Dataset<Row> of(Broadcast<byte[]> secret) {
    Dataset<Row> sets = accounted();
    Dataset<Row> twice =
        new RecurringDigests(standing, ledger())
            .ofOtherSets(sets)
            .withColumn(ANOTHER.name(), lit(true));
    return sets.join(twice, Standing.names(SEGMENT, CELL, FIGURE), "left")
        .withColumn(FORGED.name(), FORGED.col().or(ANOTHER.col().isNotNull()))
        .withColumn(NOISY.name(), noisy(secret))
        .drop(ANOTHER.name());
  }

  /** With the digest that noise is drawn by. */
  private Dataset<Row> accounted() {
    Column another = SAID.col().isNotNull().and(not(SAID.col().equalTo(DIGEST.col())));
    return sets()
        .withColumn(NoiseDraws.NOISE.name(), noise())
        .join(
            said(),
            Standing.names(SEGMENT, CELL, FIGURE, NoiseDraws.NOISE, NoiseDraws.SINCE),
            "left")
        .withColumn(RECORDED.name(), SAID.col().isNotNull())
        // Erasure takes a key out of the memory and leaves the noise.
        .withColumn(
            FORGED.name(), another.and(not(ERASED.col())).or(coalesce(SEVERAL.col(), lit(false))))
        .withColumn(DIGEST.name(), coalesce(SAID.col(), DIGEST.col()))
        .drop(SAID.name(), ERASED.name(), SEVERAL.name());
  }

  private Dataset<Row> sets() {
    Column in = THERE.col().notEqual(0);
    Column counts = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    Column part = when(counts, lit(1).cast(WIDE)).otherwise(SHARE.col().cast(WIDE));
    Column erased = octet_length(PERSON.col()).notEqual(Cells.KEY_BYTES);
    return standing
        .alike()
        .filter(SEGMENT.col().isInCollection(standing.claim().segments()))
        .filter(FIGURE.col().isInCollection(claimed.keySet()))
        .groupBy(SEGMENT.col(), CELL.col(), FIGURE.col(), PERSON.col(), SHARE.col())
        .agg(
            THERE.as(sum(ReleaseMemory.CHANGE.col())),
            NoiseDraws.SINCE.as(max(ReleaseMemory.RELEASE.col())))
        .groupBy(SEGMENT.col(), CELL.col(), FIGURE.col())
        .agg(
            EXACT.as(sum(when(in, part)).cast(WIDE)),
            DIGEST.as(SetDigest.of(in, SetDigest.element(PERSON.col(), SHARE.col()))),
            NoiseDraws.SINCE.as(max(NoiseDraws.SINCE.col())),
            ERASED.as(coalesce(max(in.and(erased)), lit(false))));
  }

  private Dataset<Row> said() {
    return ledger()
        .groupBy(
            SEGMENT.col(), CELL.col(), FIGURE.col(), NoiseDraws.NOISE.col(), NoiseDraws.SINCE.col())
        .agg(
            SAID.as(min(NoiseDraws.DIGEST.col())),
            SEVERAL.as(min(NoiseDraws.DIGEST.col()).notEqual(max(NoiseDraws.DIGEST.col()))));
  }

  /** What is accounted for of the client, segments by the names the release has for them. */
  Dataset<Row> ledger() {
    Workspace workspace = standing.workspace();
    String path = workspace.lake().layout().privacyBudget(workspace.clientId());
    return workspace.lake().tables().exists(path)
        ? StandingMemory.named(standing.shape(), workspace.lake().tables().read(path))
        : workspace.spark().createDataFrame(List.of(), NoiseDraws.SCHEMA);
  }

  private Column noise() {
    Column noise = lit("");
    for (var figure : claimed.entrySet()) {
      noise =
          when(FIGURE.col().equalTo(figure.getKey()), figure.getValue().noise().describe())
              .otherwise(noise);
    }
    return noise;
  }

  private Column noisy(Broadcast<byte[]> secret) {
    Workspace workspace = standing.workspace();
    Column segment =
        workspace.lake().layout().isAside()
            ? concat(SEGMENT.col(), lit(ReleaseMemory.only(workspace.run())))
            : SEGMENT.col();
    Column identity = NoiseDraws.identity(segment, CELL.col(), FIGURE.col());
    Column noisy = lit(null).cast(WIDE);
    for (var figure : claimed.entrySet()) {
      NoiseClaim.OfFigure of = figure.getValue();
      Column drawn =
          udf(new NoisyFigure(secret, of.noise(), of.unit()), WIDE)
              .withName("noisy_figure")
              .apply(identity, DIGEST.col(), EXACT.col());
      noisy = when(FIGURE.col().equalTo(figure.getKey()), drawn).otherwise(noisy);
    }
    return noisy;
  }
}
