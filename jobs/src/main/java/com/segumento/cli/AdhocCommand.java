package com.segumento.cli;

import com.segumento.config.ConfigurationLoader;
import com.segumento.config.Segments;
import com.segumento.config.Segments.Segment;
import com.segumento.model.ClientId;
import com.segumento.pipeline.Question;
import com.segumento.privacy.engine.DimensionLabels;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code adhoc}: a segment that stands in no file of the client's, for once. */
@Command(
    name = "adhoc",
    mixinStandardHelpOptions = true,
    description = {
      "Says how many persons of a client meet a condition, or publishes an export of them.",
      "Conditions are those of segments: the client's columns, traits and segments may be named."
          + " Figures are multiples of privacy.default_k; nothing about fewer persons is told, nor"
          + " by subtraction."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento adhoc --client acme --where \"spend_90d >= 5000 and age < 30\"",
      "  segumento adhoc --client acme --where \"spend_90d >= 5000\" --preview --json",
      "  segumento adhoc --client acme --where \"spend_90d >= 5000\" --by place --overlap",
      "  segumento adhoc --client acme --file spring.yaml --date 2026-03-01",
      "  segumento adhoc --client acme --file spring.yaml --export monthly_insight"
    })
final class AdhocCommand implements Callable<Integer> {
  /** Id of the segment that {@code --where} makes. */
  static final String ID = "adhoc";

  private static final Pattern DIMENSION =
      Pattern.compile("([A-Za-z][A-Za-z0-9_]*)(?:=([0-9]{1,3}))?");

  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(names = "--client", required = true, paramLabel = "C", description = "Id of the client.")
  private String client;

  @ArgGroup(multiplicity = "1")
  private Asked asked;

  @Option(
      names = "--preview",
      description =
          "Look at a sample of 50,000 to 100,000 persons where there are more; says how far off it"
              + " may be.")
  private boolean preview;

  @Option(
      names = "--by",
      paramLabel = "D[=L]",
      description =
          "Break the segments down by a profile column or place, at level L of its"
              + " generalizations. Default: the state of places, and of others the coarsest.")
  private String by;

  @Option(
      names = "--overlap",
      description = "Say what they have in common with each of the client's own segments.")
  private boolean overlap;

  @Option(
      names = "--export",
      paramLabel = "E",
      description =
          "Publish this export of the client, of these segments in place of its own; not an"
              + " audience. The privacy gate judges it as every other.")
  private String export;

  @Option(
      names = "--date",
      paramLabel = "D",
      description = "Business date, as in 2026-03-01. Default: the newest with profiles.")
  private LocalDate date;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** Either of them. */
  static final class Asked {
    @Option(
        names = "--where",
        required = true,
        paramLabel = "SQL",
        description = "A condition; its segment is called adhoc.")
    String where;

    @Option(
        names = "--file",
        required = true,
        paramLabel = "F",
        description = "Traits and segments besides the client's own, as in conf/segments.")
    Path file;
  }

  AdhocCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    if (preview && export != null) {
      throw new ParameterException(
          spec.commandLine(), "--preview publishes nothing. Leave out --preview or --export.");
    }
    if ((by != null || overlap) && export != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--by and --overlap ask, and --export publishes. Leave out either of them.");
    }
    Optional<DimensionLabels> dimension = Optional.ofNullable(by).map(this::dimension);
    ClientId id = new ClientId(client);
    Segments added = added(id);
    List<String> ids = added.segments().stream().map(Segment::id).toList();
    Asking asking = new Asking(outside, common, spec.commandLine(), id, date);
    try (asking) {
      asking.open();
      Segments all = asking.definitions().with(added);
      spec.commandLine()
          .getOut()
          .println(
              export == null
                  ? answered(
                      asking, asking.question(all, ids, preview, false).parted(dimension, overlap))
                  : asking.publish(all, ids, export, json));
    }
    return 0;
  }

  private String answered(Asking asking, Question question) {
    AnswerView view = asking.answer(question);
    return json ? view.json() : view.text();
  }

  private DimensionLabels dimension(String text) {
    Matcher parts = DIMENSION.matcher(text);
    if (!parts.matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for --by: " + text + ". Expected a column, or one with a level: age=2.");
    }
    return new DimensionLabels(
        parts.group(1),
        parts.group(2) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(parts.group(2))));
  }

  private Segments added(ClientId id) {
    return asked.file == null
        ? ConfigurationLoader.beside(common.conf, id, Segment.where(ID, asked.where))
        : ConfigurationLoader.beside(common.conf, id, asked.file);
  }
}
