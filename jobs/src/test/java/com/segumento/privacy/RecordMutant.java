package com.segumento.privacy;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.Workspace;
import com.segumento.privacy.engine.RecordEngine;
import com.segumento.privacy.engine.RecordFiles;
import com.segumento.privacy.gate.RecordGate;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** An engine of records broken in one way, and the reason code the gate must give for it. */
public enum RecordMutant {
  SMUGGLES_A_SMALL_CLASS("below_k", "k: 3", "k: 2"),
  PUBLISHES_A_FINER_LEVEL("unexpected_row", "format", "levels: {age: 0}, format"),
  TAKES_ANOTHER_LEVEL("levels", "levels: {age: 2}, ", ""),
  DROPS_A_GENERALIZATION("unexpected_row", "format", "levels: {gender: 0}, format"),
  RELEASES_OUTSIDERS("outsider", "segments: [b], ", ""),
  FORGETS_DIVERSITY("diversity", "l: {attribute: income_band, distinct: 3}, ", ""),
  FORGETS_ENTROPY("diversity", "l: {attribute: income_band, entropy: 2.5}, ", ""),
  FORGETS_RECURSION("diversity", "l: {attribute: income_band, recursive: {c: 1, l: 2}}, ", ""),
  FORGETS_CLOSENESS("closeness", "t: {attribute: income_band, max: 0.1}, ", ""),
  FORGETS_ORDERED_CLOSENESS(
      "closeness", "t: {attribute: income_band, max: 0.1, distance: ordered}, ", ""),
  SUPPRESSES_TOO_MANY("suppression"),
  REPEATS_ROWS("duplicate_row"),
  INVENTS_A_VALUE("unexpected_row"),
  LEAVES_A_LABEL_OUT("null_label"),
  ADDS_A_KEY("columns"),
  RETYPES_A_COLUMN("columns"),
  SORTS_BY_SOMETHING_ELSE("row_order"),
  CUTS_FILES_BY_SOMETHING_ELSE("file_membership"),
  ADDS_A_FILE("files");

  private final String code;
  private final String promised;
  private final String kept;

  RecordMutant(String code) {
    this(code, "", "");
  }

  RecordMutant(String code, String promised, String kept) {
    this.code = code;
    this.promised = promised;
    this.kept = kept;
  }

  public String code() {
    return code;
  }

  /** The export as it is configured. */
  public String definition() {
    String panel = RecordFixture.PANEL;
    if (promised.startsWith("segments")) {
      return panel.replace("attributes", promised + "attributes");
    }
    if (this == TAKES_ANOTHER_LEVEL) {
      return panel.replace("format", promised + "format");
    }
    if (this == DROPS_A_GENERALIZATION) {
      return panel.replace("format", "levels: {gender: 2}, format");
    }
    return promised.endsWith(", ") ? panel.replace("k: 3", promised + "k: 3") : panel;
  }

  /** Releases made by this engine and judged by the gate. */
  public Anonymizer anonymizer() {
    return new Anonymizer(this::stage, new RecordGate(4));
  }

  private LevelChoice stage(ReleaseRequest request) {
    Workspace workspace = Mutant.lax(request.workspace());
    String broken =
        this == DROPS_A_GENERALIZATION
            ? RecordFixture.PANEL.replace(promised, kept)
            : definition().replace(promised, kept);
    ReleaseRequest careless =
        new ReleaseRequest(
            workspace,
            CellFixture.export(broken.replace("0.25", "0.9")),
            request.sources(),
            request.folder(),
            Map.of());
    boolean limited = this == PUBLISHES_A_FINER_LEVEL || this == DROPS_A_GENERALIZATION;
    LevelChoice choice =
        new RecordEngine(4)
            .stage(
                limited ? careless : careless.with(CellFixture.export(broken)),
                (records, files) -> write(change(records), files, request));
    Map<String, Integer> claimed =
        switch (this) {
          case PUBLISHES_A_FINER_LEVEL -> Map.of("age", 1, "gender", 0);
          case DROPS_A_GENERALIZATION -> Map.of("age", choice.levels().get("age"), "gender", 2);
          default -> choice.levels();
        };
    return new LevelChoice(
        claimed, choice.how(), choice.informationLoss(), choice.leastPossibleLoss());
  }

  private Dataset<Row> change(Dataset<Row> records) {
    return switch (this) {
      case SUPPRESSES_TOO_MANY -> records.filter(col("gender").equalTo("f"));
      case REPEATS_ROWS -> records.union(records.filter(col("gender").equalTo("m")));
      case INVENTS_A_VALUE ->
          records.withColumn(
              "income_band",
              when(col("gender").equalTo("m"), "rich").otherwise(col("income_band")));
      case LEAVES_A_LABEL_OUT ->
          records.withColumn(
              "gender", when(col("gender").equalTo("m"), lit(null)).otherwise(col("gender")));
      case ADDS_A_KEY -> records.withColumn("person_key", lit("a key"));
      default -> records;
    };
  }

  private void write(Dataset<Row> records, int files, ReleaseRequest request) {
    switch (this) {
      case SORTS_BY_SOMETHING_ELSE -> {
        Dataset<Row> cut = cut(records, files);
        csv(cut.sortWithinPartitions(col("spend_90d").desc(), col("age").desc()), request);
      }
      case CUTS_FILES_BY_SOMETHING_ELSE ->
          csv(
              records
                  .repartition(files, col("income_band"))
                  .sortWithinPartitions("age", "gender", "income_band", "spend_90d"),
              request);
      case RETYPES_A_COLUMN ->
          RecordFiles.write(
              records.withColumnRenamed("spend_90d", "spend"),
              files,
              request.folder(),
              request.export().format());
      default -> {
        RecordFiles.write(records, files, request.folder(), request.export().format());
        if (this == ADDS_A_FILE) {
          request.workspace().lake().objects().write(request.folder() + "/_extra.csv", "a,b\n");
        }
      }
    }
  }

  private static Dataset<Row> cut(Dataset<Row> records, int files) {
    return records.repartition(
        files, col("age"), col("gender"), col("income_band"), col("spend_90d").cast("string"));
  }

  private static void csv(Dataset<Row> records, ReleaseRequest request) {
    records
        .write()
        .option("header", "true")
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        .csv(request.folder());
  }
}
