package com.segumento.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.client.Issue;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.CertificateLedger;
import com.segumento.model.ClientId;
import com.segumento.retention.Certificate;
import com.segumento.retention.Certificate.Checked;
import java.util.Optional;

/** Certificates of deletion that were issued. */
public final class Certificates {
  private final CertificateLedger ledger;
  private final Certificate certificate;

  public Certificates(Parts parts) {
    this.ledger = CertificateLedger.open(parts.spark(), parts.lake());
    this.certificate =
        new Certificate(
            ledger,
            AuditLedger.open(parts.spark(), parts.lake()),
            new ManifestSigner(parts.secrets().secret(ManifestSigner.ALIAS)));
  }

  /** The text of a certificate. */
  public Optional<String> document(String id) {
    return ledger.document(id);
  }

  /** Issues those of clients that leave. */
  public Issue offboarding() {
    return (request, client, details) -> {
      String id = "offboarding-" + request;
      ObjectNode says = JsonNodeFactory.instance.objectNode();
      details.forEach(says::put);
      certificate.issue(id, new ClientId(client), "offboarding", says);
      return id;
    };
  }

  /** Checks the text of one. */
  public Checked check(String text) {
    return certificate.check(text);
  }
}
