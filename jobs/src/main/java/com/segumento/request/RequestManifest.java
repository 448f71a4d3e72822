package com.segumento.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.contract.ListedFile;
import com.segumento.contract.ManifestText;
import com.segumento.model.DataContractException;
import com.segumento.model.Law;
import com.segumento.model.RequestKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client says of a request, in {@code _MANIFEST.json}. What is signed is the manifest
 * without its signature, as JSON without white space, keys in order, in UTF-8.
 *
 * @param kind a {@link RequestKind} in lower case
 * @param law a {@link Law} in lower case
 * @param received date or instant, ISO 8601
 * @param dataset the one that is corrected, or whose tokens these are; null where there is no
 *     choice
 * @param lifts the kind of request that is taken back; null but for {@code lift}
 */
record RequestManifest(
    @JsonProperty(required = true) String requestId,
    @JsonProperty(required = true) String client,
    @JsonProperty(required = true) String kind,
    @JsonProperty(required = true) String law,
    @JsonProperty(required = true) String received,
    @JsonProperty(required = true) List<ListedFile> files,
    String dataset,
    String lifts,
    Signature signature) {
  /** What a request id looks like: safe in a path and a log, and too short for a hash. */
  static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

  /** Longest manifest, in bytes. */
  static final long LONGEST = 1L << 20;

  static final String SIGNATURE = "signature";

  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._=+-]{0,200}\\.(csv|json)(\\.(gz|zst))?");
  private static final Set<RequestKind> LIFTED =
      EnumSet.of(RequestKind.RESTRICT, RequestKind.OBJECT, RequestKind.WITHDRAW);

  RequestManifest {
    files = files == null ? List.of() : List.copyOf(files);
  }

  /** Whether a token file is csv; else it is JSON lines. */
  static boolean isCsv(ListedFile file) {
    return file.path().contains(".csv");
  }

  /**
   * Who vouches for it.
   *
   * @param value lower-case hexadecimal
   */
  record Signature(
      @JsonProperty(required = true) String algorithm,
      @JsonProperty(required = true) String value) {}

  RequestKind kindOf() {
    return RequestKind.valueOf(kind.toUpperCase(Locale.ROOT));
  }

  Law lawOf() {
    return Law.valueOf(law.toUpperCase(Locale.ROOT));
  }

  Optional<RequestKind> liftsOf() {
    return Optional.ofNullable(lifts).map(of -> RequestKind.valueOf(of.toUpperCase(Locale.ROOT)));
  }

  Instant receivedAt() {
    return instant(received).orElseThrow();
  }

  /**
   * Reads a manifest, whoever wrote it.
   *
   * @throws DataContractException with the reason only, where the text is no manifest
   */
  static RequestManifest parse(String text) {
    RequestManifest manifest =
        ManifestText.parse(
            text,
            RequestManifest.class,
            "{requestId, client, kind, law, received, files: [{path, sha256, rows}], signature:"
                + " {algorithm, value}}");
    manifest.check();
    return manifest;
  }

  /** The bytes that are signed, of the text of a manifest. */
  static byte[] signed(String text) {
    try {
      JsonNode tree = ManifestText.JSON.readTree(text);
      ((ObjectNode) tree).remove(SIGNATURE);
      // A tree keeps the order of its text; maps are written in order of their keys.
      return ManifestText.JSON.writeValueAsBytes(ManifestText.JSON.treeToValue(tree, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code unsigned} with its signature. */
  static String sign(ObjectNode unsigned, RequestSigner signer) {
    String value = signer.sign(signed(unsigned.toString()));
    ObjectNode manifest = unsigned.deepCopy();
    manifest.putObject(SIGNATURE).put("algorithm", RequestSigner.ALGORITHM).put("value", value);
    return manifest.toPrettyString() + "\n";
  }

  private void check() {
    require(
        requestId != null && REQUEST_ID.matcher(requestId).matches(),
        "the manifest's requestId is not of the form " + REQUEST_ID);
    require(client != null, "the manifest names no client");
    require(isOne(RequestKind.class, kind), "the manifest's kind is none of " + kinds());
    require(isOne(Law.class, law), "the manifest's law is neither gdpr nor dpdp");
    require(
        received != null && instant(received).isPresent(),
        "the manifest's received is neither a date nor an instant, as in 2026-03-01 or"
            + " 2026-03-01T09:30:00Z");
    boolean lift = kindOf() == RequestKind.LIFT;
    require(
        lift
            ? isOne(RequestKind.class, lifts) && LIFTED.contains(liftsOf().orElseThrow())
            : lifts == null,
        "the manifest says wrongly what it lifts: a lift names restrict, object or withdraw, and"
            + " nothing else does");
    checkFiles();
  }

  private void checkFiles() {
    require(!files.isEmpty(), "the manifest lists no file");
    ListedFile.check(
        files,
        path -> PATH.matcher(path).matches(),
        "the manifest lists a path that is no plain name ending in .csv or .json, and .gz or .zst"
            + " where it is compressed");
  }

  private static String kinds() {
    return Stream.of(RequestKind.values())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static <E extends Enum<E>> boolean isOne(Class<E> type, String word) {
    return Stream.of(type.getEnumConstants())
        .anyMatch(one -> one.name().toLowerCase(Locale.ROOT).equals(word));
  }

  private static void require(boolean kept, String otherwise) {
    if (!kept) {
      throw new DataContractException(otherwise);
    }
  }

  /** A date stands for its first instant, UTC. */
  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(
          text.length() == "2026-03-01".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
