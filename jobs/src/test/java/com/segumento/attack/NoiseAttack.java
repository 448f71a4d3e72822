package com.segumento.attack;

import com.segumento.export.ExportStage;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.SecretsFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The mean of what releases with noise say of one set of persons, read from their files: of two
 * nights, on the second of which a person of every cell is away; made again; and of an export of
 * the same cells that has another name, another order of dimensions, and one more that joins all.
 *
 * <p>Noise of scale 1/0.7 is 1.3 persons off on average, with a variance of 3.9. So the mean of six
 * draws has a standard deviation of 0.8: it is within one person in three of four cells, and 0.65
 * off on average, which is less than 1 over 18 cells but by a chance of one in a thousand.
 *
 * <p>Without the defence each release has a secret of its own, so that its noise is new. As its
 * sets are not, that costs nothing; the budget allows one draw.
 */
record NoiseAttack(SparkSession spark, Path directory) {
  private static final int NIGHTS = 2;
  private static final int AGES = 9;
  private static final int PERSONS = 12;

  private static final String NOISY =
      "{name: noisy, kind: cells, segments: [a], dimensions: [age, gender], levels: {age: 0,"
          + " gender: 0}, measures: [{name: customers}], privacy: {k: 10, dp: {mechanism: laplace,"
          + " epsilon: 0.7}}, format: csv}";
  private static final List<String> EXPORTS =
      List.of(
          NOISY,
          NOISY, // made again
          NOISY
              .replace("noisy", "turned")
              .replace("[age, gender]", "[place, gender, age]")
              .replace("{age: 0", "{place: 5, age: 0"));

  Attack attack() throws IOException {
    return new Attack(
        "Averaged noise",
        "takes the mean of all noisy figures of a cell whose set does not change, from the files"
            + " of two nights, of runs made again, and of an export of another name and order of"
            + " dimensions",
        learned(true),
        learned(false),
        "noise is a function of the set of persons: the same for the same set");
  }

  private Learned learned(boolean fresh) throws IOException {
    Map<String, List<Integer>> published = published(fresh);
    int pinned = 0;
    double one = 0;
    double all = 0;
    for (List<Integer> figures : published.values()) {
      double mean = figures.stream().mapToInt(Integer::intValue).average().orElseThrow();
      one += Math.abs(figures.get(0) - PERSONS);
      all += Math.abs(mean - PERSONS);
      boolean several = figures.stream().distinct().count() > 1;
      // With the defence there is no second figure, wherever the mean of two would be.
      pinned += several && (!fresh || Math.abs(mean - PERSONS) < 1) ? 1 : 0;
    }
    String note =
        String.format(
            Locale.ROOT,
            "mean error of %d cells: %.1f after %d releases, %.1f after one",
            published.size(),
            all / published.size(),
            NIGHTS * EXPORTS.size(),
            one / published.size());
    return new Learned(pinned, pinned == 1 ? "cell to a person" : "cells to a person", note);
  }

  /** What all releases say, by cell. */
  private Map<String, List<Integer>> published(boolean fresh) throws IOException {
    Path folder = directory.resolve(fresh ? "fresh-noise" : "noise");
    CellFixture fixture = new CellFixture(spark, folder).budget("{epsilon: 1, per: year}");
    Map<String, List<Integer>> published = new TreeMap<>();
    int run = 0;
    for (int night = 0; night < NIGHTS; night++) {
      LocalDate date = CellFixture.DATE.plusDays(night);
      persons(fixture, night);
      if (night == 0) {
        fixture.write();
      } else {
        fixture.night(date);
      }
      for (String export : EXPORTS) {
        Workspace workspace = fixture.workspace(date, ++run, export);
        read(fresh ? secret(workspace, folder, run) : workspace)
            .forEach(
                (cell, figure) ->
                    published.computeIfAbsent(cell, none -> new ArrayList<>()).add(figure));
      }
    }
    return published;
  }

  /** Everybody on the first night; on the second all but one of each cell. */
  private static void persons(CellFixture fixture, int night) {
    fixture.everybodyLeaves();
    for (int cell = 0; cell < 2 * AGES; cell++) {
      for (int i = 0; i < PERSONS; i++) {
        if (i != night - 1) {
          fixture.nextIs(cell * PERSONS + i);
          fixture.person(20 + cell / 2, cell % 2 == 0 ? "f" : "m", "low", "Pune", 10, "a");
        }
      }
    }
  }

  /** A workspace whose client has another secret than in any other run. */
  private static Workspace secret(Workspace workspace, Path folder, int run) throws IOException {
    Map<String, String> secrets =
        Map.of(
            workspace.client().keys().person(),
            "what persons are keyed by in run " + run,
            "ops.manifest.key",
            "a secret of at least thirty-two bytes");
    Configuration hadoop = new Configuration(false);
    hadoop.set(
        CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH,
        SecretsFile.write(folder.resolve("secrets" + run), secrets));
    return new Workspace(
        workspace.spark(),
        workspace.lake(),
        new Secrets(hadoop),
        workspace.platform(),
        workspace.client(),
        workspace.segments(),
        workspace.date(),
        workspace.run(),
        workspace.configDirectory(),
        workspace.progress());
  }

  /** Releases, and reads the file: figures by age and gender. */
  private static Map<String, Integer> read(Workspace workspace) throws IOException {
    StageReport report = new ExportStage().run(workspace);
    Path release = Path.of(URI.create(report.outputs().values().iterator().next()));
    List<List<String>> lines = CsvRows.read(release.resolve("part-00000.csv"));
    List<String> header =
        List.of(Files.readAllLines(release.resolve("part-00000.csv")).get(0).split(","));
    Map<String, Integer> figures = new TreeMap<>();
    for (List<String> line : lines) {
      figures.put(
          line.get(header.indexOf("age")) + line.get(header.indexOf("gender")),
          Integer.valueOf(line.get(header.indexOf("customers"))));
    }
    return figures;
  }
}
