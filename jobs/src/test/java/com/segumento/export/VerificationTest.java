package com.segumento.export;

import static com.segumento.privacy.CellFixture.DATE;
import static com.segumento.privacy.CellFixture.INSIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.export.Guarantee.Outcome;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.ops.Progress;
import com.segumento.pipeline.Verification;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.RecordFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code verify --path}: intact releases, and releases that were tampered with. */
@ExtendWith(SparkExtension.class)
class VerificationTest {
  private static final String DATA = "/" + ReleaseCopy.DATA;

  @TempDir static Path directory;
  private static Workspace workspace;
  private static ObjectStore objects;
  private static String insight;
  private static String panel;
  private static String census;

  @BeforeAll
  static void publish(SparkSession spark) {
    CellFixture fixture = RecordFixture.panel(new CellFixture(spark, directory.resolve("tables")));
    CellBreach.persons(fixture);
    workspace =
        fixture.write().workspace(1, CellBreach.EXPORT, RecordBreach.PANEL, RecordBreach.CENSUS);
    objects = workspace.lake().objects();
    Map<String, String> releases = RecordedRuns.publish(workspace).outputs();
    insight = releases.get("insight");
    panel = releases.get("panel");
    census = releases.get("census");
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
            "suppression",
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
        .containsExactly(
            "parameters",
            "format",
            "levels",
            "rows",
            "k",
            "t-closeness",
            "suppression",
            "withheld");
    assertThat(verify(census).guarantees())
        .allMatch(each -> each.outcome() == Outcome.HOLDS)
        .extracting(Guarantee::name)
        .contains("l-diversity", "t-closeness")
        .as("nothing is said of a limit, so there is one that leaves nobody out")
        .contains("suppression");
  }

  @ParameterizedTest
  @EnumSource
  void findsCellsThatSomebodyWithOurKeyTamperedWith(CellBreach breach) {
    ReleaseCopy copy = ReleaseCopy.of(workspace, insight, directory);
    breach.tamper(copy);
    assertThat(copy.broken()).isEqualTo(breach.broken());
  }

  @ParameterizedTest
  @EnumSource
  void findsRecordsThatSomebodyWithOurKeyTamperedWith(RecordBreach breach) {
    String release = breach.export().equals("census") ? census : panel;
    ReleaseCopy copy = ReleaseCopy.of(workspace, release, directory);
    breach.tamper(copy);
    assertThat(copy.broken()).isEqualTo(breach.broken());
  }

  @Test
  void aChangedByteIsFound() {
    String copy = ReleaseCopy.of(workspace, insight, directory).folder();
    String data = objects.text(copy + DATA).orElseThrow();
    objects.write(copy + DATA, data.replaceFirst(",4,", ",6,"));
    assertViolated(copy, "checksums", "The file part-00000.csv has another checksum.");
  }

  @Test
  void aChangedManifestIsFoundBeforeAnythingElse() {
    String copy = ReleaseCopy.of(workspace, insight, directory).folder();
    String manifest = objects.text(copy + "/manifest.json").orElseThrow();
    objects.write(copy + "/manifest.json", manifest.replace("\"k\" : 3", "\"k\" : 4"));
    Verification.Found found = verify(copy);
    assertThat(found.guarantees().stream().map(Guarantee::name))
        .containsExactly("signature", "guarantees");
    assertThat(found.outcome()).isEqualTo(Outcome.VIOLATED);
  }

  @Test
  void anExtraFileAndOneOfAnotherReleaseAreFound() {
    String copy = ReleaseCopy.of(workspace, insight, directory).folder();
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
    String copy = ReleaseCopy.of(workspace, insight, directory).folder();
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
  void weakerParametersThatWereSignedAreFound() {
    ReleaseCopy copy = ReleaseCopy.of(workspace, panel, directory);
    copy.sign(manifest -> ((ObjectNode) manifest.path("privacy")).put("k", 2));
    assertViolated(
        copy.folder(),
        "parameters",
        "k is 2, below the platform's floor of 3. The manifest says something else than is"
            + " configured, now as then.");
    copy.sign(manifest -> ((ObjectNode) manifest.path("privacy")).put("k", 3).remove("t"));
    assertViolated(
        copy.folder(),
        "parameters",
        "The manifest says something else than is configured, now as then.");
  }

  @Test
  void definitionsAndBandsThatWereChangedAndSignedAreFound() {
    ReleaseCopy copy = ReleaseCopy.of(workspace, insight, directory);
    copy.sign(
        manifest -> {
          ((ObjectNode) manifest.at("/segments/0")).put("definition_hash", "another");
          ((ObjectNode) manifest.path("privacy")).put("withheld", "most");
          ((ObjectNode) manifest.at("/columns/4")).put("type", "int");
        });
    Verification.Found found = verify(copy.folder());
    assertThat(says(found, "definitions")).isEqualTo("The manifest says other definitions.");
    assertThat(says(found, "withheld"))
        .isEqualTo("The manifest says another band of what was withheld.");
    assertThat(says(found, "format"))
        .isEqualTo("The manifest describes other columns, or another number of rows.");
  }

  @Test
  void whatCannotBeDerivedAgainIsSaidSo() {
    ReleaseCopy copy = ReleaseCopy.of(workspace, insight, directory);
    copy.sign(manifest -> manifest.put("run", "2026-03-01-77"));
    Verification.Found found = verify(copy.folder());
    assertThat(found.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(says(found, "k"))
        .isEqualTo("The ledger of runs does not say which tables run 2026-03-01-77 read.");

    copy.sign(manifest -> manifest.put("run", "2026-03-01-1"));
    copy.sign(manifest -> ((ObjectNode) manifest.at("/columns/1")).put("hierarchy_hash", "x"));
    assertThat(says(verify(copy.folder()), "counts"))
        .isEqualTo("The hierarchy of age is another one now.");
  }

  @Test
  void aChangedConfigurationDoesNotCondemnAReleaseOfBefore() {
    Workspace now = changed();
    Verification.Found found = RecordedRuns.verification(now).verify(insight);
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
    return RecordedRuns.verification(workspace).verify(path);
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
}
