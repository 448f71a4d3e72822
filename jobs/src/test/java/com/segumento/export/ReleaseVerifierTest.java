package com.segumento.export;

import static com.segumento.privacy.CellFixture.INSIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.Workspace;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class ReleaseVerifierTest {
  @TempDir Path directory;

  @Test
  void findsWhatWasTamperedWith(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory).insight().write();
    Workspace workspace =
        fixture.workspace(109, INSIGHT.replace("parquet", "csv").replace("insight", "tampered"));
    String release = new ExportStage().run(workspace).outputs().get("tampered");
    String key = new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS)).publicKey();
    ReleaseVerifier verifier = new ReleaseVerifier(workspace.spark(), workspace.lake());
    assertThat(verifier.problems(release, key)).isEmpty();

    var objects = workspace.lake().objects();
    String data = objects.text(release + "/part-00000.csv").orElseThrow();
    objects.write(release + "/part-00000.csv", data.replace(",4,", ",5,"));
    assertThat(verifier.problems(release, key))
        .containsExactly("The file part-00000.csv has another checksum.");
    objects.write(release + "/z/part-00000.csv", data);
    assertThat(verifier.problems(release, key))
        .as("the true file below another folder")
        .containsExactly(
            "The file part-00000.csv has another checksum.",
            "1 file(s) lie in the release that its manifest does not list.");
    objects.write(release + "/part-00000.csv", data);
    objects.delete(release + "/z");
    objects.write(release + "/z/manifest.json", "{}");
    assertThat(verifier.problems(release, key))
        .containsExactly("1 file(s) lie in the release that its manifest does not list.");
    objects.delete(release + "/z");
    assertThat(verifier.problems(release.replace("/exports/", "//exports/./"), key)).isEmpty();
    objects.write(release + "/part-00000.csv", data + "\n");
    objects.write(release + "/more.csv", "");
    assertThat(verifier.problems(release, key))
        .containsExactly(
            "The file part-00000.csv has another length.",
            "The file part-00000.csv has another checksum.",
            "1 file(s) lie in the release that its manifest does not list.");
    String manifest = objects.text(release + "/manifest.json").orElseThrow();
    objects.write(release + "/manifest.json", manifest.replace("\"k\" : 3", "\"k\" : 2"));
    assertThat(verifier.problems(release, key))
        .containsExactly(
            "manifest.json was changed after it was signed, or not signed with the given key.");
    objects.write(release + "/manifest.json", manifest.substring(0, 200));
    assertThat(verifier.problems(release, key)).containsExactly("manifest.json is no JSON object.");
  }

  @ParameterizedTest(name = "{0} of {1} cells withheld: {2}")
  @CsvSource({
    "0, 4, few or none",
    "10, 11, few or none",
    "11, 12, most",
    "11, 22, some",
    "11, 21, most",
    "100, 1000, few or none",
    "101, 1000, some",
    "500, 1000, some",
    "501, 1000, most"
  })
  void tellsWhatWasWithheldInBands(long withheld, long cells, String band) {
    assertThat(ReleaseManifest.band(cells - withheld, withheld, 10)).isEqualTo(band);
  }

  @Test
  void theReadmeExplainsTheManifest() throws IOException {
    assertThat(Files.readString(Repository.path("README.md")))
        .contains("| `privacy.withheld` | how much was withheld, in a band: `few or none` up to")
        .contains("`some` up to half; `most` above.")
        .contains("| `" + PinnedLevels.LEVELS_FOR + "` | a hash of what")
        .contains("`jq -r ." + Manifest.SIGNATURE + ".public_key " + Manifest.NAME + "`");
  }
}
