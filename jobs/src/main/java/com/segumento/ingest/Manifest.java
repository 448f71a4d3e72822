package com.segumento.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.segumento.contract.ListedFile;
import com.segumento.contract.ManifestText;
import com.segumento.model.DataContractException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a client says of a drop, in {@code _MANIFEST.json}.
 *
 * @param date the drop's day, ISO
 * @param replaces the drop of events this one corrects; null where it corrects none
 */
record Manifest(
    @JsonProperty(required = true) String dropId,
    @JsonProperty(required = true) String client,
    @JsonProperty(required = true) String dataset,
    @JsonProperty(required = true) String date,
    @JsonProperty(required = true) List<ListedFile> files,
    String replaces) {

  /** What a drop id looks like: safe in a path, a log and a condition. */
  static final Pattern DROP_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  /** Longest manifest, in bytes; ten thousand files take about two million. */
  static final long LONGEST = 16L << 20;

  // Readers skip names that begin with a dot or an underscore, and take [ ] { } * ? as patterns.
  private static final Pattern PATH =
      Pattern.compile(
          "(?:[A-Za-z0-9][A-Za-z0-9._=+-]{0,254}/){0,8}[A-Za-z0-9][A-Za-z0-9._=+-]{0,254}");

  Manifest {
    files = files == null ? List.of() : List.copyOf(files);
  }

  /**
   * Reads a manifest.
   *
   * @throws DataContractException with the reason only, where the text is no manifest
   */
  static Manifest parse(String text) {
    Manifest manifest =
        ManifestText.parse(
            text, Manifest.class, "{dropId, client, dataset, date, files: [{path, sha256, rows}]}");
    manifest.check();
    return manifest;
  }

  private void check() {
    require(matches(DROP_ID, dropId), "the manifest's dropId is not of the form " + DROP_ID);
    require(
        replaces == null || matches(DROP_ID, replaces), "the manifest's replaces is not a dropId");
    require(!dropId.equals(replaces), "the drop replaces itself");
    require(client != null && dataset != null, "the manifest names no client or no dataset");
    require(isDate(date), "the manifest's date is not of the form YYYY-MM-DD");
    ListedFile.check(
        files,
        path -> matches(PATH, path) && !path.contains(".."),
        "the manifest lists a path that is not a plain one below the drop's folder");
  }

  private static void require(boolean kept, String otherwise) {
    if (!kept) {
      throw new DataContractException(otherwise);
    }
  }

  private static boolean matches(Pattern form, String value) {
    return value != null && form.matcher(value).matches();
  }

  private static boolean isDate(String text) {
    try {
      return text != null && LocalDate.parse(text).toString().equals(text);
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
