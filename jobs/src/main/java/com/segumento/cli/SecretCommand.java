package com.segumento.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code secret}: see {@link CreateSecretCommand}. */
@Command(
    name = "secret",
    mixinStandardHelpOptions = true,
    description = "Works on the credential provider.",
    footerHeading = "%nExamples:%n",
    footer = "  segumento secret create --random acme.person.key")
final class SecretCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: create.");
  }
}
