package com.segumento.request;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.DataContractException;
import com.segumento.model.LakeLayout;
import com.segumento.model.Law;
import com.segumento.model.RequestKind;
import com.segumento.ops.Ticker;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A request that an operator puts into a client's queue, as the client itself would.
 *
 * @param received date or instant, ISO 8601; none for now
 * @param dataset see {@link RequestManifest}
 * @param lifts see {@link RequestManifest}
 * @param csv whether tokens come as csv; else as JSON lines
 */
public record Submission(
    RequestKind kind,
    Law law,
    Optional<String> received,
    Optional<String> dataset,
    Optional<RequestKind> lifts,
    boolean csv) {
  private static final int LONGEST_HEADER = 1 << 14;
  private static final int ID_CHARACTERS = 8;

  public Submission {
    received
        .filter(text -> RequestManifest.instant(text).isEmpty())
        .ifPresent(
            text -> {
              throw ConfigException.invalid(
                  "--received", text, "a date or an instant, as in 2026-03-01T09:30:00Z");
            });
  }

  /**
   * Puts the request into the queue; gives its id. The tokens are written as they come.
   *
   * @throws ConfigException where the request could not be carried out as it is
   */
  public String to(Workspace workspace, InputStream tokens) {
    RequestSigner signer = RequestSigner.of(workspace);
    Instant now = Ticker.now();
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    String id = "op-" + today + "-" + UUID.randomUUID().toString().substring(0, ID_CHARACTERS);
    String folder = workspace.lake().layout().requestQueue(workspace.clientId()) + "/" + id;
    String path = csv ? "tokens.csv" : "tokens.json";
    try {
      BufferedInputStream in = new BufferedInputStream(tokens, LONGEST_HEADER);
      String header = csv ? header(in) : "";
      CountedLines counted = new CountedLines(in);
      ObjectNode manifest =
          JsonNodeFactory.instance
              .objectNode()
              .put("requestId", id)
              .put("client", workspace.client().client())
              .put("kind", word(kind))
              .put("law", word(law))
              .put("received", received.orElse(now.toString()));
      dataset.ifPresent(name -> manifest.put("dataset", name));
      lifts.ifPresent(of -> manifest.put("lifts", word(of)));
      check(workspace, manifest, path, header);
      workspace.lake().objects().write(folder + "/" + path, counted);
      manifest
          .putArray("files")
          .addObject()
          .put("path", path)
          .put("sha256", counted.sha256())
          .put("rows", csv ? Math.max(0, counted.lines() - 1) : counted.lines());
      workspace
          .lake()
          .objects()
          .write(folder + "/" + LakeLayout.MANIFEST, RequestManifest.sign(manifest, signer));
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses beforehand what would be refused by the next run. */
  private void check(Workspace workspace, ObjectNode manifest, String path, String header) {
    ObjectNode whole = manifest.deepCopy();
    whole
        .putArray("files")
        .addObject()
        .put("path", path)
        .put("sha256", "0".repeat(64))
        .put("rows", 0);
    try {
      TokenShape.of(workspace.client(), RequestManifest.parse(whole.toString()), csv, header);
    } catch (DataContractException e) {
      String what = e.getMessage().startsWith("the ") ? "" : "the tokens' file ";
      throw new ConfigException("The request was not submitted: " + what + e.getMessage() + ".");
    }
  }

  private static String header(BufferedInputStream in) throws IOException {
    in.mark(LONGEST_HEADER);
    byte[] first = in.readNBytes(LONGEST_HEADER - 1);
    in.reset();
    String text = new String(first, StandardCharsets.UTF_8);
    String line = text.substring(0, text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n'));
    return line.replace("\r", "").replace("\uFEFF", "");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
