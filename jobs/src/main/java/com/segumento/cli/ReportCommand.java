package com.segumento.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code report}: what a run found. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes what a run found as one self-contained HTML page with charts.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento report --run 2026-03-01-1",
      "  segumento report --run 2026-03-01-1 --run 2026-03-02-1 --output reports",
      "  segumento report --run 2026-03-01-1 --output /var/www/reports/2026-03-01.html"
    })
final class ReportCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "R",
      description = "Id of the run, as status shows it; may be given again.")
  private List<String> runs = List.of();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = {
        "File to write, or the folder for several runs.",
        "Default: segumento-<run>.html in the current directory."
      })
  private Path output;

  ReportCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String run : runs) {
      Path name = Path.of("segumento-" + run + ".html");
      files.put(run, output == null ? name : runs.size() > 1 ? output.resolve(name) : output);
    }
    new History(outside, common, spec.commandLine().getErr()).reports(files);
    files
        .values()
        .forEach(file -> spec.commandLine().getOut().println("Report: " + file.toAbsolutePath()));
    return 0;
  }
}
