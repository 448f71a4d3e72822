package com.segumento.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.segumento.model.DataContractException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    @JsonProperty(required = true) List<Entry> files,
    String replaces) {

  /** What a drop id looks like: safe in a path, a log and a condition. */
  static final Pattern DROP_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  /** Longest manifest, in bytes; ten thousand files take about two million. */
  static final long LONGEST = 16L << 20;

  // Readers skip names that begin with a dot or an underscore, and take [ ] { } * ? as patterns.
  private static final Pattern PATH =
      Pattern.compile(
          "(?:[A-Za-z0-9][A-Za-z0-9._=+-]{0,254}/){0,8}[A-Za-z0-9][A-Za-z0-9._=+-]{0,254}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_]{1,40}");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  Manifest {
    files = files == null ? List.of() : List.copyOf(files);
  }

  /**
   * A delivered file.
   *
   * @param path below the drop's folder
   * @param rows records in it, without a header
   */
  record Entry(
      @JsonProperty(required = true) String path,
      @JsonProperty(required = true) String sha256,
      @JsonProperty(required = true) long rows) {}

  /**
   * Reads a manifest.
   *
   * @throws DataContractException with the reason only, where the text is no manifest
   */
  static Manifest parse(String text) {
    Manifest manifest;
    try {
      manifest = JSON.readValue(text, Manifest.class);
    } catch (UnrecognizedPropertyException e) {
      String key = e.getPropertyName();
      throw new DataContractException(
          "the manifest has an unknown key" + (KEY.matcher(key).matches() ? " " + key : ""));
    } catch (JsonProcessingException e) {
      throw new DataContractException( // the parser's own words would quote the text
          "the manifest is not JSON of the form {dropId, client, dataset, date, files: [{path,"
              + " sha256, rows}]}");
    }
    if (manifest == null) {
      throw new DataContractException("the manifest is empty");
    }
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
    Set<String> paths = new HashSet<>();
    for (Entry file : files) {
      require(
          file != null && matches(PATH, file.path()) && !file.path().contains(".."),
          "the manifest lists a path that is not a plain one below the drop's folder");
      require(
          matches(SHA256, file.sha256()),
          "the manifest lists a sha256 that is not 64 lower-case hexadecimal digits");
      require(file.rows() >= 0, "the manifest lists a negative number of rows");
      require(paths.add(file.path()), "the manifest lists a file twice");
    }
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
