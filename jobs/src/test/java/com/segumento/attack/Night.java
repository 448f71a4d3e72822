package com.segumento.attack;

import com.segumento.config.Export;
import com.segumento.export.ExportStage;
import com.segumento.model.SourceVersions;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.engine.CellEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One night of a {@link Population}, from its tables to the files a client may pull. */
final class Night {
  static final String CELLS = "insight";
  static final String RECORDS = "panel";

  /** Records of the same persons without diversity. */
  static final String LOOSE = "loose";

  private static final String INSIGHT =
      "{name: insight, kind: cells, segments: [a], dimensions: [age, gender, place], levels: {age:"
          + " 1, gender: 0, place: 1}, measures: [{name: customers}, {name: spend, sum: spend_90d,"
          + " clamp: [0, 100000]}], privacy: {k: 10, dominance: {p: 20}}, format: parquet}";
  private static final String PANEL =
      "{name: panel, kind: records, attributes: {age: quasi, gender: quasi, income_band: sensitive,"
          + " spend_90d: insensitive}, privacy: {k: 10, suppression_limit: 0.25, l: {attribute:"
          + " income_band, distinct: 2}}, format: csv}";
  private static final String DIVERSE = ", l: {attribute: income_band, distinct: 2}";
  private static final Map<String, String> EXPORTS =
      Map.of(
          CELLS,
          INSIGHT,
          RECORDS,
          PANEL,
          LOOSE,
          PANEL.replace(RECORDS, LOOSE).replace(DIVERSE, ""));

  private final Population population;
  private final Path directory;
  private final CellFixture fixture;
  private StageReport report;

  Night(SparkSession spark, Path directory, Population population) {
    this.population = population;
    this.directory = directory;
    this.fixture = population.write(new CellFixture(spark, directory));
  }

  Population population() {
    return population;
  }

  CellFixture fixture() {
    return fixture;
  }

  /** Makes and publishes some of the exports. */
  void publish(String... names) {
    String[] exports = Stream.of(names).map(EXPORTS::get).toArray(String[]::new);
    report = new ExportStage().run(fixture.workspace(1, exports));
  }

  /** What engineers, and no client, are told of it. */
  StageReport report() {
    return report;
  }

  /** The rows of cells as the engine makes them under the lowest k there is, and no dominance. */
  List<Row> lax() {
    Export lax =
        CellFixture.export(INSIGHT.replace("k: 10", "k: 3").replace(", dominance: {p: 20}", ""));
    return new CellEngine()
        .plan(fixture.workspace(1), lax, new SourceVersions(1, 1, OptionalLong.of(1)))
        .collectAsList();
  }

  /** The folder of a release. */
  Path release(String export) {
    return Path.of(URI.create(report.outputs().get(export)));
  }

  /** The only data file of a release. */
  Path file(String export) throws IOException {
    return files(release(export)).keySet().stream()
        .filter(name -> name.startsWith("part-"))
        .map(release(export)::resolve)
        .findFirst()
        .orElseThrow();
  }

  /** The lake, as a folder. */
  Path lake() {
    return directory.resolve("lake");
  }

  /** Names below a folder and what is in them, but for checksums a local file system adds. */
  static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".crc")) {
          files.put(
              folder.relativize(file).toString(),
              new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return files;
  }
}
