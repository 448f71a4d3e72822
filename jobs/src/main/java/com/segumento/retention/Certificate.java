package com.segumento.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.export.Manifest;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.CertificateLedger;
import com.segumento.model.ClientId;
import com.segumento.model.Sha256;
import com.segumento.ops.Ticker;
import java.util.Map;
import java.util.Optional;

/**
 * Says under our signature what was deleted, for whom, and what proves it. A certificate is in its
 * ledger once, and its checksum is in the audit, whose chain it can't leave.
 */
public final class Certificate {
  /** What the audit calls the issue of one. */
  public static final String ACTION = "certificate.issued";

  private static final String ID = "certificate";

  private final CertificateLedger ledger;
  private final AuditLedger audit;
  private final ManifestSigner signer;

  public Certificate(CertificateLedger ledger, AuditLedger audit, ManifestSigner signer) {
    this.ledger = ledger;
    this.audit = audit;
    this.signer = signer;
  }

  /**
   * Issues a certificate; one with this id that was issued before stays.
   *
   * @param id says what it is about, so that the same deletion has one only
   * @param kind such as {@code erasure}
   * @param says names and figures; never a token or a key
   * @return the document
   */
  public String issue(String id, ClientId client, String kind, ObjectNode says) {
    Optional<String> before = ledger.document(id);
    if (before.isPresent()) {
      return before.get();
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put(ID, id).put("client", client.value()).put("kind", kind);
    body.put("issued_at", Ticker.now().toString());
    body.setAll(says);
    String document = Manifest.signed(body, signer);
    // The audit first: killed in between, a certificate is announced twice rather than never.
    audit.append(
        "retention", ACTION, client.value(), Map.of(ID, id, "kind", kind, "sha256", sha(document)));
    ledger.append(id, client.value(), kind, Ticker.now(), document);
    return ledger.document(id).orElseThrow();
  }

  /** Whether there is one of this id. */
  public boolean isIssued(String id) {
    return ledger.document(id).isPresent();
  }

  /** What was found of a certificate. */
  public record Checked(JsonNode document, boolean signed, boolean inLedger) {}

  /** Checks the text of a certificate against our signature and our ledger. */
  public Checked check(String text) {
    JsonNode document = Manifest.parse(text);
    boolean signed = !document.isMissingNode() && Manifest.verifies(document, signer.publicKey());
    boolean known =
        ledger
            .document(document.path(ID).asText())
            .map(Manifest::parse)
            .filter(document::equals)
            .isPresent();
    return new Checked(document, signed, known);
  }

  private static String sha(String document) {
    return Sha256.hex(document);
  }
}
