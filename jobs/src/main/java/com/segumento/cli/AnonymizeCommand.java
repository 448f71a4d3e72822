package com.segumento.cli;

import com.segumento.config.AnonymizeSpec;
import com.segumento.config.AnonymizeSpecLoader;
import com.segumento.privacy.anonymize.AnonymizeJob;
import com.segumento.privacy.anonymize.AnonymizeReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anonymize}: the anonymization engine on any table, without the platform around it. */
@Command(
    name = "anonymize",
    mixinStandardHelpOptions = true,
    description = {
      "Generalizes and suppresses a table so that it keeps its privacy models with the least loss"
          + " of information.",
      "Needs no platform configuration and no lake."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento anonymize --spec adult.yaml",
      "  segumento anonymize --spec adult.yaml --json"
    })
final class AnonymizeCommand implements Callable<Integer> {
  /** The table is wherever its specification says; no lake is touched. */
  private static final String NO_LAKE = "file:/";

  private static final List<String> SHOWN =
      List.of(
          "rows",
          "persons",
          "k",
          "levels",
          "optimal",
          "least_possible_loss",
          "metric",
          "information_loss",
          "suppressed",
          "classes",
          "min_class",
          "max_class",
          "nodes_checked",
          "lattice_size",
          "total_ms");

  private final Surroundings outside;

  @Spec private CommandSpec spec;

  @Option(
      names = "--spec",
      required = true,
      paramLabel = "F",
      description = "YAML file that names the table, its attributes and the models.")
  private Path file;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  AnonymizeCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    AnonymizeSpec asked =
        AnonymizeSpecLoader.load(file); // what is wrong is said before Spark starts
    AnonymizeReport report;
    try (ConsoleProgress progress = ConsoleProgress.of(outside, spec.commandLine().getErr())) {
      SparkSession spark = Workbench.spark(outside, progress, "anonymize", NO_LAKE);
      progress.begin("anonymize");
      report = AnonymizeJob.run(spark, asked, file);
      progress.end("done");
    }
    spec.commandLine().getOut().println(json ? report.json() : text(report));
    return 0;
  }

  private static String text(AnonymizeReport report) {
    Table table = new Table("anonymized", "");
    for (String figure : SHOWN) {
      Object value = report.figures().get(figure);
      if (value != null) {
        table.row(figure.replace('_', ' '), value.toString());
      }
    }
    return table.toString();
  }
}
