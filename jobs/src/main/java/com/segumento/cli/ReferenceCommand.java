package com.segumento.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reference}: see {@link LoadReferenceCommand}. */
@Command(
    name = "reference",
    mixinStandardHelpOptions = true,
    description = "Works on the reference tables.",
    footerHeading = "%nExamples:%n",
    footer =
        "  segumento reference load --name places --path conf/reference --valid-from 2011-01-01")
final class ReferenceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: load.");
  }
}
