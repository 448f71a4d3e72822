package com.segumento.export;

import static com.segumento.privacy.CellFixture.CLIENT;
import static com.segumento.privacy.CellFixture.DATE;
import static com.segumento.privacy.CellFixture.INSIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Configuration;
import com.segumento.export.Guarantee.Outcome;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.RunLedger;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Sha256;
import com.segumento.ops.Progress;
import com.segumento.ops.RunRecord;
import com.segumento.ops.StageReport;
import com.segumento.pipeline.Parts;
import com.segumento.pipeline.Verification;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.RecordFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify --path}: intact releases, and releases that were tampered with. */
@ExtendWith(SparkExtension.class)
class VerificationTest {
  private static final String DATA = "/part-00000.csv";
  private static final String CELLS =
      INSIGHT
          .replace("parquet", "csv")
          .replace(
              "k: 3",
              "k: 3, round_to: 2, dominance: {p: 1}, l: {attribute: income_band, distinct: 2}");

  @TempDir static Path directory;
  private static Workspace workspace;
  private static ObjectStore objects;
  private static String insight;
  private static String panel;
  private static int copies;

  @BeforeAll
  static void publish(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory.resolve("tables")).insight();
    RecordFixture.panel(fixture).write();
    workspace = fixture.workspace(1, CELLS, RecordFixture.PANEL.replace("0.25", "0.5"));
    objects = workspace.lake().objects();
    StageReport report = record(workspace);
    insight = report.outputs().get("insight");
    panel = report.outputs().get("panel");
  }

  private static StageReport record(Workspace of) {
    ExportStage stage = new ExportStage();
    StageReport report = stage.run(of);
    RunLedger.open(of.spark(), of.lake())
        .append(
            new RunRecord(
                of.run(),
                of.date(),
                CLIENT.value(),
                stage.name(),
                RunRecord.Status.DONE,
                stage.inputs(of).orElseThrow(),
                Instant.EPOCH,
                1,
                null,
                "test",
                report));
    return report;
  }

  @Test
  void everyGuaranteeOfAnIntactReleaseIsDerivedAgain() {
    Verification.Found cells = verify(insight);
    assertThat(cells.guarantees()).allMatch(each -> each.outcome() == Outcome.HOLDS);
    assertThat(cells.guarantees().stream().map(Guarantee::name))
        .containsExactly(
            "signature",
            "place",
            "names",
            "lengths",
            "checksums",
            "parameters",
            "format",
            "levels",
            "rows",
            "k",
            "l-diversity",
            "counts",
            "sums",
            "dominance",
            "definitions",
            "memory",
            "totals",
            "withheld");
    assertThat(says(cells, "parameters"))
        .isEqualTo("k is 3; all is as it is configured, now as then.");

    Verification.Found records =
        verify(panel.substring(panel.indexOf("exports/")) + "/manifest.json");
    assertThat(records.outcome()).as(records.toString()).isEqualTo(Outcome.HOLDS);
    assertThat(records.guarantees().stream().map(Guarantee::name).skip(5))
        .containsExactly("parameters", "format", "levels", "rows", "k", "suppression", "withheld");
  }

  @Test
  void aChangedByteIsFound() {
    String copy = copy(insight);
    String data = objects.text(copy + DATA).orElseThrow();
    objects.write(copy + DATA, data.replaceFirst(",4,", ",6,"));
    assertViolated(copy, "checksums", "The file part-00000.csv has another checksum.");
  }

  @Test
  void aChangedManifestIsFoundBeforeAnythingElse() {
    String copy = copy(insight);
    String manifest = objects.text(copy + "/manifest.json").orElseThrow();
    objects.write(copy + "/manifest.json", manifest.replace("\"k\" : 3", "\"k\" : 4"));
    Verification.Found found = verify(copy);
    assertThat(found.guarantees().stream().map(Guarantee::name))
        .containsExactly("signature", "guarantees");
    assertThat(found.outcome()).isEqualTo(Outcome.VIOLATED);
  }

  @Test
  void anExtraFileAndOneOfAnotherReleaseAreFound() {
    String copy = copy(insight);
    objects.write(copy + "/more.csv", "");
    assertViolated(copy, "names", "1 file(s) lie in the release that its manifest does not list.");
    objects.delete(copy + "/more.csv");
    objects.copy(panel + DATA, copy + DATA);
    assertThat(verify(copy).guarantees())
        .containsExactly(
            Guarantee.holds(
                "signature", "manifest.json is as it was signed with the platform's key."),
            Guarantee.holds("names", "The 1 listed file(s) are all there is."),
            Guarantee.violated("lengths", "The file part-00000.csv has another length."),
            Guarantee.violated("checksums", "The file part-00000.csv has another checksum."),
            Guarantee.unknown(
                "guarantees", "The rest means nothing of what is not as it was signed."));
  }

  @Test
  void nothingIsSaidToHoldOfAMissingFile() {
    String copy = copy(insight);
    objects.delete(copy + DATA);
    Verification.Found found = verify(copy);
    assertThat(found.outcome()).isEqualTo(Outcome.VIOLATED);
    assertThat(found.guarantees())
        .contains(
            Guarantee.violated("names", "The file part-00000.csv is missing."),
            Guarantee.unknown("lengths", "Not looked at for 1 file(s), because missing."),
            Guarantee.unknown("checksums", "Not looked at for 1 file(s), because missing."));
  }

  @Test
  void aReleaseInThePlaceOfAnotherIsFound() {
    String elsewhere = insight.replace("run=2026-03-01-1", "run=2026-03-01-9");
    for (String file : List.of(DATA, "/manifest.json")) {
      objects.copy(insight + file, elsewhere + file);
    }
    assertViolated(elsewhere, "place", "The manifest is that of a release of another place.");
  }

  @Test
  void theGateCatchesACountThatWasTamperedWithAndSigned() {
    String copy = copy(insight);
    String data = objects.text(copy + DATA).orElseThrow();
    objects.write(copy + DATA, data.replaceFirst(",4,", ",6,"));
    sign(copy, manifest -> {});
    assertViolated(copy, "counts", "The gate finds: count.");
  }

  @Test
  void theGateCatchesARecordThatWasAddedAndSigned() {
    String copy = copy(panel);
    String data = objects.text(copy + DATA).orElseThrow();
    String last = data.lines().reduce((one, other) -> other).orElseThrow();
    objects.write(copy + DATA, data + last + "\n");
    sign(copy, manifest -> {});
    assertViolated(copy, "rows", "The gate finds: duplicate_row.");
  }

  @Test
  void weakerParametersThatWereSignedAreFound() {
    String copy = copy(insight);
    sign(copy, manifest -> ((ObjectNode) manifest.path("privacy")).put("k", 2));
    assertViolated(
        copy,
        "parameters",
        "k is 2, below the platform's floor of 3. The manifest says something else than is"
            + " configured, now as then.");
    sign(copy, manifest -> ((ObjectNode) manifest.path("privacy")).put("k", 3).remove("l"));
    assertViolated(
        copy, "parameters", "The manifest says something else than is configured, now as then.");
  }

  @Test
  void definitionsAndBandsThatWereChangedAndSignedAreFound() {
    String copy = copy(insight);
    sign(
        copy,
        manifest -> {
          ((ObjectNode) manifest.at("/segments/0")).put("definition_hash", "another");
          ((ObjectNode) manifest.path("privacy")).put("withheld", "most");
          ((ObjectNode) manifest.at("/columns/4")).put("type", "int");
        });
    Verification.Found found = verify(copy);
    assertThat(says(found, "definitions")).isEqualTo("The manifest says other definitions.");
    assertThat(says(found, "withheld"))
        .isEqualTo("The manifest says another band of what was withheld.");
    assertThat(says(found, "format"))
        .isEqualTo("The manifest describes other columns, or another number of rows.");
  }

  @Test
  void whatCannotBeDerivedAgainIsSaidSo() {
    String copy = copy(insight);
    sign(copy, manifest -> manifest.put("run", "2026-03-01-77"));
    Verification.Found found = verify(copy);
    assertThat(found.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(says(found, "k"))
        .isEqualTo("The ledger of runs does not say which tables run 2026-03-01-77 read.");

    sign(copy, manifest -> manifest.put("run", "2026-03-01-1"));
    sign(copy, manifest -> ((ObjectNode) manifest.at("/columns/1")).put("hierarchy_hash", "x"));
    assertThat(says(verify(copy), "counts")).isEqualTo("The hierarchy of age is another one now.");
  }

  @Test
  void aChangedConfigurationDoesNotCondemnAReleaseOfBefore() {
    Workspace now = changed();
    Verification.Found found = verification(now).verify(insight);
    assertThat(found.outcome()).as(found.toString()).isEqualTo(Outcome.HOLDS);
    assertThat(says(found, "parameters")).startsWith("k is 3, as the manifest says;");
  }

  @Test
  void whereThereIsNoReleaseThatIsSaid() {
    assertThatThrownBy(() -> verify("exports/acme/insight"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("There is no release at " + workspace.lake().layout().root())
        .hasMessageContaining("exports/acme/insight: it has no manifest.json.");
  }

  private static Workspace changed() {
    return new Workspace(
        workspace.spark(),
        workspace.lake(),
        workspace.secrets(),
        workspace.platform(),
        workspace.client().exporting(CellFixture.export(INSIGHT.replace("k: 3", "k: 5"))),
        workspace.segments(),
        DATE,
        workspace.run(),
        workspace.configDirectory(),
        Progress.SILENT);
  }

  private static Verification.Found verify(String path) {
    return verification(workspace).verify(path);
  }

  private static Verification verification(Workspace of) {
    return new Verification(
        new Parts(
            of.spark(),
            of.lake(),
            of.secrets(),
            new Configuration(
                of.configDirectory(),
                of.platform(),
                new TreeMap<>(Map.of(CLIENT.value(), of.client())),
                Map.of(CLIENT.value(), of.segments()))),
        Progress.SILENT);
  }

  private static void assertViolated(String release, String guarantee, String says) {
    Verification.Found found = verify(release);
    assertThat(found.outcome()).as(found.toString()).isEqualTo(Outcome.VIOLATED);
    assertThat(
            found.guarantees().stream().filter(each -> each.outcome() == Outcome.VIOLATED).toList())
        .containsExactly(new Guarantee(guarantee, Outcome.VIOLATED, says));
  }

  private static String says(Verification.Found found, String guarantee) {
    return found.guarantees().stream()
        .filter(each -> each.name().equals(guarantee))
        .findFirst()
        .orElseThrow()
        .says();
  }

  /** Outside of the lake, as a client would keep it. */
  private static String copy(String release) {
    String copy = directory.resolve("copy" + copies++).toUri().toString().replaceFirst("/$", "");
    for (String file : List.of(DATA, "/manifest.json")) {
      objects.copy(release + file, copy + file);
    }
    return copy;
  }

  /** Signs what lies in a folder as it lies there. */
  private static void sign(String release, Consumer<ObjectNode> change) {
    ObjectNode manifest =
        (ObjectNode) Manifest.parse(objects.text(release + "/manifest.json").orElseThrow());
    manifest.remove(Manifest.SIGNATURE);
    String data = objects.text(release + DATA).orElseThrow();
    ((ObjectNode) ((ArrayNode) manifest.path("files")).get(0))
        .put("bytes", data.length())
        .put("rows", data.lines().count() - 1)
        .put("sha256", Sha256.hex(data));
    change.accept(manifest);
    objects.write(
        release + "/manifest.json",
        Manifest.signed(
            manifest, new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS))));
  }
}
