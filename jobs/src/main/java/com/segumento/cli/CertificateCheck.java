package com.segumento.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.segumento.model.ConfigException;
import com.segumento.pipeline.Certificates;
import com.segumento.pipeline.Failure;
import com.segumento.retention.Certificate.Checked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;

/** Checks a certificate of deletion, and says what it certifies. */
final class CertificateCheck {
  private final Surroundings outside;
  private final Common common;
  private final CommandLine command;

  CertificateCheck(Surroundings outside, Common common, CommandLine command) {
    this.outside = outside;
    this.common = common;
    this.command = command;
  }

  /**
   * 0 where it is ours and unchanged.
   *
   * @param given a file, or the id of a certificate in the ledger
   */
  int run(String given, boolean json) {
    Optional<String> file = file(given);
    Checked checked;
    try (ConsoleProgress progress = ConsoleProgress.of(outside, command.getErr())) {
      Workbench bench = Workbench.open(outside, common, progress, "verify");
      Certificates certificates = new Certificates(bench.parts());
      checked =
          certificates.check(
              file.or(() -> certificates.document(given))
                  .orElseThrow(
                      () ->
                          new ConfigException(
                              "There is no certificate "
                                  + given
                                  + ": neither a file of that name nor one in ops/certificates.")));
    }
    print(checked, json);
    if (!checked.signed() || !checked.inLedger()) {
      Failures.print(
          command.getErr(),
          checked.signed()
              ? "The certificate is signed by us, but is not in the ledger as it is. Call the"
                  + " privacy officer."
              : "The certificate is not as we signed it, or is not ours. It certifies nothing.");
      return Failure.UNEXPECTED;
    }
    return 0;
  }

  private void print(Checked checked, boolean json) {
    if (json) {
      command
          .getOut()
          .println(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("signed", checked.signed())
                  .put("in_ledger", checked.inLedger())
                  .set("certificate", checked.document()));
      return;
    }
    command.getOut().println((checked.signed() ? "✓" : "✗") + " signature");
    command.getOut().println((checked.inLedger() ? "✓" : "✗") + " in ops/certificates");
    command.getOut().println(checked.document().toPrettyString());
  }

  private static Optional<String> file(String given) {
    Path path = Path.of(given);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
