package com.segumento.attack;

import com.segumento.config.Export;
import com.segumento.export.ExportStage;
import com.segumento.lake.Workspace;
import com.segumento.model.SourceVersions;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.engine.CellEngine;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The attack on a sum that the p% rule withholds, by the total and the other parts: ten women spend
 * as much each, and of ten men one spends nearly all that they do. The second of them attacks.
 */
record PartAttack(SparkSession spark, Path directory) {
  private static final int P = 20;
  private static final int PERSONS = 10;
  private static final int LARGEST = 900;
  private static final int SECOND = 1;
  private static final String TOTAL =
      "{name: total, kind: cells, segments: [a], dimensions: [], measures: [{name: customers},"
          + " {name: spend, sum: spend_90d, clamp: [0, 1000]}], privacy: {k: 10, dominance: {p:"
          + " 20}}, format: parquet}";
  private static final String PARTS =
      TOTAL.replace("total", "parts").replace("[],", "[gender], levels: {gender: 0},");

  Attack attack() {
    CellFixture fixture = new CellFixture(spark, directory.resolve("parts"));
    IntStream.range(0, PERSONS).forEach(i -> fixture.person(20, "f", "low", "Pune", 100, "a"));
    IntStream.range(0, PERSONS)
        .map(i -> i == 0 ? LARGEST : SECOND)
        .forEach(spend -> fixture.person(20, "m", "low", "Pune", spend, "a"));
    Workspace workspace = fixture.write().workspace(1, TOTAL, PARTS);
    List<Export> exports = workspace.client().exports();
    StageReport report = new ExportStage().run(workspace);
    return new Attack(
        "Total minus parts of a sum",
        "is the second largest spender of a part whose sum is withheld, and takes the other parts,"
            + " and what it spends, from the total",
        learned(made(workspace, exports.get(0)), made(workspace, exports.get(1))),
        learned(read(report, "total"), read(report, "parts")),
        "p% rule, also of what is left of a total beside its parts");
  }

  /** The rows as the engine makes them with no eye on other exports. */
  private static List<Row> made(Workspace workspace, Export export) {
    SourceVersions sources = new SourceVersions(1, 1, OptionalLong.of(1));
    return new CellEngine().plan(workspace, export, sources).collectAsList();
  }

  private List<Row> read(StageReport report, String export) {
    return spark
        .read()
        .option("pathGlobFilter", "*.parquet") // not the manifest
        .parquet(report.outputs().get(export))
        .collectAsList();
  }

  private static Learned learned(List<Row> totals, List<Row> parts) {
    OptionalDouble left = left(totals, parts);
    if (left.isEmpty()) {
      return Learned.of(0, "person's spend", "persons' spend");
    }
    double off = (left.getAsDouble() - SECOND - LARGEST) / LARGEST;
    return new Learned(
        off * 100 < P ? 1 : 0,
        "person's spend",
        String.format(Locale.ROOT, "estimate %.0f %% off", 100 * off));
  }

  /** The total minus what women spend, where both are published. */
  private static OptionalDouble left(List<Row> totals, List<Row> parts) {
    BigDecimal all = totals.get(0).getAs("spend");
    return parts.stream()
        .filter(row -> row.<String>getAs("gender").equals("f") && all != null)
        .filter(row -> row.getAs("spend") != null)
        .mapToDouble(row -> all.subtract(row.getAs("spend")).doubleValue())
        .findFirst();
  }
}
