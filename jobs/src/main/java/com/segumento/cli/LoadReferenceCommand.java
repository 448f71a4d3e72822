package com.segumento.cli;

import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reference load}: loads or replaces a version of a reference table. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = "Loads or replaces a version of a reference table.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento reference load --name places --path conf/reference --valid-from 2011-01-01",
      "  segumento reference load --name demographics --path conf/reference"
          + " --valid-from 2011-01-01 --json"
    })
final class LoadReferenceCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "N",
      description = "places, demographics or countries.")
  private String name;

  @Option(
      names = "--path",
      required = true,
      paramLabel = "P",
      description = "File or folder with the data.")
  private String path;

  @Option(
      names = "--valid-from",
      required = true,
      paramLabel = "D",
      description = "First business date the version is for.")
  private LocalDate validFrom;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  LoadReferenceCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    String loaded =
        new Loading(outside, common, spec.commandLine().getErr())
            .reference(name, path, validFrom, json);
    spec.commandLine().getOut().println(loaded);
    return 0;
  }
}
