package com.segumento.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.contract.ListedFile;
import com.segumento.model.DataContractException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
  private static final String SHA = "0123456789abcdef".repeat(4);

  @Test
  void readsTenThousandFiles() {
    String files =
        IntStream.range(0, 10_000)
            .mapToObj(i -> entry("part-" + i + ".csv", SHA, "7"))
            .collect(Collectors.joining(","));
    Manifest manifest = Manifest.parse(manifest("d-1", files, ""));
    assertThat(manifest.files()).hasSize(10_000);
    assertThat(manifest.files().get(9_999)).isEqualTo(new ListedFile("part-9999.csv", SHA, 7));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "../up.csv",
    "a/../../up.csv",
    "/etc/passwd",
    "s3a://b/k",
    "file:x",
    "a//b",
    "_hidden.csv",
    "a/.b.csv",
    "a b.csv",
    "a*.csv",
    "{a}.csv",
    "..",
    "a..b.csv"
  })
  void refusesAPathThatCouldLeaveTheFolder(String path) {
    assertRefused(
        manifest("d", entry(path, SHA, "1"), ""),
        "the manifest lists a path that is not a plain one below the drop's folder");
  }

  @Test
  void refusesWhatIsNoManifest() {
    String form =
        "the manifest is not JSON of the form {dropId, client, dataset, date, files: [{path,"
            + " sha256, rows}]}";
    String file = entry("a.csv", SHA, "1");
    assertRefused("{", form);
    assertRefused("null", "the manifest is empty");
    assertRefused("[]", form);
    assertRefused(manifest("d", file, "") + "x", form);
    assertRefused("{\"dropId\": \"d\"}", form);
    assertRefused(manifest("d", file, ", \"dropId\": \"e\""), form);
    assertRefused(manifest("d", entry("a.csv", SHA, "1.5"), ""), form);
    assertRefused(manifest("d", file, ", \"colour\": 1"), "the manifest has an unknown key colour");
    assertRefused(manifest("d", file, ", \"a@example.com\": 1"), "the manifest has an unknown key");
    assertRefused(
        manifest("../d", file, ""),
        "the manifest's dropId is not of the form [A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    assertRefused(
        manifest("d", file, ", \"replaces\": \"'\""), "the manifest's replaces is not a dropId");
    assertRefused(manifest("d", file, ", \"replaces\": \"d\""), "the drop replaces itself");
    assertRefused(
        manifest("d", entry("a.csv", SHA.toUpperCase(java.util.Locale.ROOT), "1"), ""),
        "the manifest lists a sha256 that is not 64 lower-case hexadecimal digits");
    assertRefused(
        manifest("d", entry("a.csv", SHA, "-1"), ""),
        "the manifest lists a negative number of rows");
    assertRefused(manifest("d", file + "," + file, ""), "the manifest lists a file twice");
    assertRefused(
        manifest("d", file, "").replace("2026-03-01", "2026-3-1"),
        "the manifest's date is not of the form YYYY-MM-DD");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> Manifest.parse(text))
        .isExactlyInstanceOf(DataContractException.class)
        .hasMessage(message);
  }

  private static String manifest(String id, String files, String more) {
    return "{\"dropId\": \""
        + id
        + "\", \"client\": \"acme\", \"dataset\": \"orders\", \"date\": \"2026-03-01\", \"files\":"
        + " ["
        + files
        + "]"
        + more
        + "}";
  }

  private static String entry(String path, String sha256, String rows) {
    return "{\"path\": \"" + path + "\", \"sha256\": \"" + sha256 + "\", \"rows\": " + rows + "}";
  }
}
