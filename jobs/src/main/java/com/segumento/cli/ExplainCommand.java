package com.segumento.cli;

import com.segumento.config.Segments;
import com.segumento.model.ClientId;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code explain}: what a segment is made of, and how many persons each condition keeps. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a segment's definition, the tables and traits it reads, the plan, and how many persons"
          + " each of its conditions keeps.",
      "Figures are multiples of privacy.default_k; nothing about fewer persons is told, nor by"
          + " subtraction."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento explain --client acme --segment high_value",
      "  segumento explain --client acme --segment high_value --date 2026-03-01 --json"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(names = "--client", required = true, paramLabel = "C", description = "Id of the client.")
  private String client;

  @Option(
      names = "--segment",
      required = true,
      paramLabel = "S",
      description = "Id of the segment.")
  private String segment;

  @Option(
      names = "--date",
      paramLabel = "D",
      description = "Business date, as in 2026-03-01. Default: the newest with profiles.")
  private LocalDate date;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ExplainCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    Asking asking = new Asking(outside, common, spec.commandLine(), new ClientId(client), date);
    AnswerView view;
    try (asking) {
      asking.open();
      Segments definitions = asking.definitions();
      definitions.require(segment);
      view = asking.answer(asking.question(definitions, List.of(segment), false, true));
    }
    spec.commandLine().getOut().println(json ? view.json() : view.text());
    return 0;
  }
}
