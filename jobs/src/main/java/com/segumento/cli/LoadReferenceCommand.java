package com.segumento.cli;

import java.time.LocalDate;
import java.util.List;
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
      "  segumento reference load --name places --name demographics --path conf/reference"
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
      description = "places, demographics, countries, or a client's own; may be given again.")
  private List<String> names = List.of();

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
            .references(names, path, validFrom, json);
    spec.commandLine().getOut().println(loaded);
    return 0;
  }
}
