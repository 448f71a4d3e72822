package com.segumento.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.PlainRule;
import com.segumento.config.Segments.Segment;
import com.segumento.lake.Sample;
import com.segumento.pipeline.Answer;
import com.segumento.pipeline.Answer.Part;
import com.segumento.pipeline.Answer.Step;
import com.segumento.pipeline.Question;
import com.segumento.privacy.questions.AnswerBudget;
import com.segumento.privacy.questions.Told;
import com.segumento.segment.ReadDefinitions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An answer as text and as JSON. */
record AnswerView(Question question, Answer answer) {
  String text() {
    StringBuilder text = new StringBuilder();
    for (Part part : answer.parts()) {
      segment(text, part);
      if (question.explained()) {
        definition(text, part);
      }
      funnel(text, "condition", part.steps());
      question.by().ifPresent(by -> funnel(text, by.dimension(), part.byLabel()));
      if (question.overlap()) {
        funnel(text, "also in", part.shared());
      }
    }
    if (question.explained()) {
      tables(text);
      text.append("\n\nplan\n").append(String.join("\n", answer.explanation().plan()));
    }
    return text.append('\n').append(footnote()).toString().strip();
  }

  private void segment(StringBuilder text, Part part) {
    Table table = new Table("segment", part.segment());
    table.row("client", question.client().client());
    table.row("business date", question.date().toString());
    version(part).ifPresent(version -> table.row("version", version.toString()));
    table.row("definition hash", part.hash());
    text.append(text.isEmpty() ? "" : "\n\n").append(table);
  }

  private void definition(StringBuilder text, Part part) {
    text.append("\n\ndefinition");
    asked(part)
        .ifPresent(
            segment ->
                text.append("\n  ")
                    .append(ReadDefinitions.written(segment))
                    .append("\n  ")
                    .append(new PlainRule(answer.read()).of(segment)));
    text.append("\n\nreads");
    answer
        .read()
        .traits()
        .forEach(
            (name, trait) ->
                text.append("\n  trait ")
                    .append(name)
                    .append(": ")
                    .append(ReadDefinitions.written(trait)));
    answer.read().segments().stream()
        .filter(segment -> !segment.id().equals(part.segment()))
        .forEach(segment -> text.append("\n  segment ").append(ReadDefinitions.written(segment)));
  }

  private void tables(StringBuilder text) {
    Table table = new Table("input", "version");
    answer.explanation().inputs().forEach((name, version) -> table.row(name, version.toString()));
    text.append("\n\n").append(table);
  }

  private void funnel(StringBuilder text, String says, List<Step> steps) {
    Table table = new Table(says, "persons");
    for (Step step : steps) {
      table.row(
          step.condition().strip().replaceAll("\\s+", " "),
          step.told().text(answer.k(), answer.oneIn())
              + error(step).map(error -> String.format(Locale.ROOT, " ± %,d", error)).orElse(""));
    }
    text.append("\n\n").append(table);
  }

  private String footnote() {
    long figure = (long) answer.k() * answer.oneIn();
    String rounded =
        "\nFigures are distinct persons in multiples of %,d, and by chance up to %,d too low; of a set"
                .formatted(figure, 3 * figure - 1)
            + " near one that was told of or published they are that one's, and may be too high. Sets"
            + " that differ by fewer than %,d persons are told of alike.".formatted(figure)
            + question.by().map(by -> leftOut(by.dimension(), 3 * figure)).orElse("")
            + reasons();
    String sampled =
        answer.oneIn() == 1
            ? ""
            : "\nA sample: one person in "
                + answer.oneIn()
                + ", by a hash of the key (theta sketches of theta 1/"
                + answer.oneIn()
                + "); 95 of 100 figures are within what stands after ±, besides the rounding.";
    return rounded + sampled + "\n" + cost();
  }

  // One reason for all of them: which of the two it is would tell of persons.
  private static String leftOut(String dimension, long few) {
    return String.format(
        Locale.ROOT,
        " Values of %s that cannot be told of are left out: they are of fewer than %,d persons, or"
            + " too near sets that were told of or published.",
        dimension,
        few);
  }

  private String reasons() {
    return answer.parts().stream()
        .flatMap(part -> Stream.concat(part.steps().stream(), part.shared().stream()))
        .flatMap(step -> step.told().why().stream())
        .distinct()
        .map(why -> "\nNot told: " + why + ".")
        .collect(Collectors.joining());
  }

  private String cost() {
    AnswerBudget.Cost cost = answer.cost();
    return String.format(
        Locale.ROOT,
        "This question cost %,d of the %,d figures that may be told of %s in %d days; %,d are left"
            + " (privacy.answers). Of what was asked before nothing is counted again.",
        cost.figures(),
        cost.budget().figures(),
        question.client().client(),
        cost.budget().span().toDays(),
        cost.left());
  }

  String json() {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("client", question.client().client())
            .put("business_date", question.date().toString())
            .put("multiples_of", (long) answer.k() * answer.oneIn())
            .put("one_in", answer.oneIn());
    node.putObject("answers")
        .put("cost", answer.cost().figures())
        .put("left", answer.cost().left())
        .put("figures", answer.cost().budget().figures())
        .put("days", answer.cost().budget().span().toDays());
    ArrayNode segments = node.putArray("segments");
    answer.parts().forEach(part -> describe(part, segments.addObject()));
    if (question.explained()) {
      ObjectNode reads = node.putObject("reads");
      reads.set("traits", ReadDefinitions.written(answer.read().traits()));
      reads.set("segments", ReadDefinitions.written(others()));
      ObjectNode inputs = node.putObject("inputs");
      answer.explanation().inputs().forEach(inputs::put);
      ArrayNode plan = node.putArray("plan");
      answer.explanation().plan().forEach(plan::add);
    }
    return node.toString();
  }

  private void describe(Part part, ObjectNode node) {
    node.put("segment", part.segment()).put("definition_hash", part.hash());
    version(part).ifPresent(version -> node.put("version", version));
    asked(part)
        .ifPresent(
            segment -> {
              node.set("definition", ReadDefinitions.written(segment));
              node.put("rule", new PlainRule(answer.read()).of(segment));
            });
    figures(node.putArray("funnel"), "condition", part.steps());
    question.by().ifPresent(by -> figures(node.putArray("by"), by.dimension(), part.byLabel()));
    if (question.overlap()) {
      figures(node.putArray("overlap"), "segment", part.shared());
    }
  }

  private void figures(ArrayNode figures, String says, List<Step> steps) {
    for (Step step : steps) {
      ObjectNode entry =
          figures
              .addObject()
              .put(says, step.condition())
              .put("told", step.told().kind().name().toLowerCase(Locale.ROOT));
      if (step.told().kind() == Told.Kind.ABOUT) {
        entry.put("persons", step.told().persons() * answer.oneIn());
        error(step).ifPresent(error -> entry.put("error_95", error));
      }
      step.told().why().ifPresent(why -> entry.put("reason", why));
    }
  }

  private List<Segment> others() {
    List<String> asked = answer.parts().stream().map(Part::segment).toList();
    return answer.read().segments().stream()
        .filter(segment -> !asked.contains(segment.id()))
        .toList();
  }

  private Optional<Integer> version(Part part) {
    return asked(part).map(Segment::version);
  }

  private Optional<Segment> asked(Part part) {
    return answer.read().segments().stream()
        .filter(segment -> segment.id().equals(part.segment()))
        .findFirst();
  }

  // The error is that of the figure that is told, lest it tell more.
  private Optional<Long> error(Step step) {
    if (answer.oneIn() == 1 || step.told().kind() != Told.Kind.ABOUT) {
      return Optional.empty();
    }
    return Optional.of(new Sample(answer.oneIn()).error(step.told().persons()));
  }
}
