package com.segumento.privacy;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.Export;
import com.segumento.config.Platform;
import com.segumento.lake.Workspace;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.engine.CellFiles;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MetadataBuilder;

/** An engine broken in one way, and the reason code the gate must give for it. */
public enum Mutant {
  SMUGGLES_A_SMALL_CELL("below_k", "k: 3", "k: 2"),
  LEAVES_SUMS_UNCLAMPED("sum", "clamp: [0, 1000]", "clamp: [0, 100000]"),
  PUBLISHES_A_FINER_LEVEL("unexpected_cell", "age: 1", "age: 0"),
  PUBLISHES_ANOTHER_SEGMENT("unexpected_cell", "segments: [a, b]", "segments: [a, b, c]"),
  FORGETS_DIVERSITY("diversity", ", l: {attribute: income_band, distinct: 2}", ""),
  FORGETS_DOMINANCE("dominance", ", dominance: {p: 50}", ""),
  FORGETS_ROUNDING("count", ", round_to: 3", ""),
  INFLATES_A_COUNT("count"),
  REPEATS_ROWS("duplicate_cell"),
  ADDS_A_COLUMN("columns"),
  RETYPES_A_COLUMN("columns"),
  NOTES_IN_THE_FOOTER("columns"),
  LEAVES_A_LABEL_OUT("null_label"),
  SUMS_A_FEW("sum"),
  ADDS_A_FILE("files"),
  TEARS_A_FILE("unreadable"),
  KEEPS_ANOTHER_ORDER("row_order");

  private final String code;
  private final String promised;
  private final String kept;

  Mutant(String code) {
    this(code, "", "");
  }

  Mutant(String code, String promised, String kept) {
    this.code = code;
    this.promised = promised;
    this.kept = kept;
  }

  private Dataset<Row> change(Dataset<Row> rows) {
    return switch (this) {
      case INFLATES_A_COUNT -> rows.withColumn("customers", col("customers").plus(1));
      case REPEATS_ROWS -> rows.union(rows);
      case ADDS_A_COLUMN -> rows.withColumn("note", lit("x"));
      case NOTES_IN_THE_FOOTER ->
          rows.withColumn(
              "gender",
              col("gender").as("gender", new MetadataBuilder().putString("of", "17").build()));
      case RETYPES_A_COLUMN -> rows.withColumn("customers", col("customers").cast("int"));
      case LEAVES_A_LABEL_OUT ->
          rows.withColumn(
              "gender", when(col("gender").equalTo("m"), lit(null)).otherwise(col("gender")));
      case SUMS_A_FEW ->
          rows.withColumn("spend", coalesce(col("spend"), lit(120).cast("decimal(38,2)")));
      default -> rows;
    };
  }

  public String code() {
    return code;
  }

  /** The export as it is configured. */
  public String definition() {
    return promised.startsWith(",")
        ? CellFixture.INSIGHT.replace("k: 3", "k: 3" + promised)
        : CellFixture.INSIGHT;
  }

  /** Releases made by this engine and judged by the gate. */
  public Anonymizer anonymizer() {
    CellEngine engine = new CellEngine();
    return new Anonymizer(
        request -> {
          Workspace workspace = request.workspace();
          Export export = request.export();
          if (this == FORGETS_DIVERSITY && export.privacy().l() == null) {
            return engine.stage(request); // nothing to forget
          }
          Export broken = CellFixture.export(definition().replace(promised, kept));
          Dataset<Row> rows =
              change(
                  engine.plan(
                      lax(workspace), promised.isEmpty() ? export : broken, request.sources()));
          if (this == KEEPS_ANOTHER_ORDER) {
            rows.repartition(1)
                .sortWithinPartitions(col("customers"), col("gender").desc())
                .write()
                .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
                .parquet(request.folder());
          } else {
            CellFiles.write(rows, request.folder(), export.format());
          }
          if (this == ADDS_A_FILE) {
            workspace.lake().objects().write(request.folder() + "/_extra.csv", "a,b\n");
          }
          if (this == TEARS_A_FILE) {
            workspace
                .lake()
                .objects()
                .list(request.folder())
                .forEach(file -> workspace.lake().objects().write(file.uri(), "PAR1 and no more"));
          }
          return LevelChoice.fixed(export.levels());
        });
  }

  static Workspace lax(Workspace strict) {
    Platform platform = strict.platform();
    return new Workspace(
        strict.spark(),
        strict.lake(),
        strict.secrets(),
        new Platform(
            platform.lake(),
            platform.regions(),
            new Platform.PrivacyFloor(1, 1, 1, 1),
            platform.usageLogDays(),
            platform.alerts()),
        strict.client(),
        strict.segments(),
        strict.date(),
        strict.run(),
        strict.configDirectory(),
        strict.progress());
  }
}
