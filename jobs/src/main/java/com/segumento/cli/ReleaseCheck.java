package com.segumento.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.export.Guarantee;
import com.segumento.export.Guarantee.Outcome;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.SafeTrace;
import com.segumento.pipeline.Failure;
import com.segumento.pipeline.Verification;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Checks a published release again, and says what holds. */
final class ReleaseCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseCheck.class);

  private final Surroundings outside;
  private final Common common;
  private final CommandLine command;

  ReleaseCheck(Surroundings outside, Common common, CommandLine command) {
    this.outside = outside;
    this.common = common;
    this.command = command;
  }

  /** 0 where all holds, 3 where something is violated, 1 where something could not be derived. */
  int run(String path, boolean json) {
    Verification verification;
    Verification.Found found;
    try (ConsoleProgress progress = ConsoleProgress.of(outside, command.getErr())) {
      Workbench bench = Workbench.open(outside, common, progress, "verify");
      verification = new Verification(bench.parts(), progress);
      found = verification.verify(path);
    }
    command.getOut().println(json ? json(found) : text(found));
    return switch (found.outcome()) {
      case HOLDS -> {
        audit(verification, found);
        yield 0;
      }
      case VIOLATED -> {
        Failures.print(
            command.getErr(),
            "The release does not keep what it promises: "
                + named(found, Outcome.VIOLATED)
                + ". Keep it as it is, let nobody pull it, and call the privacy officer.");
        audit(verification, found);
        yield PrivacyRefused.EXIT_STATUS;
      }
      case UNKNOWN -> {
        Failures.print(
            command.getErr(),
            "Nothing was found wrong, but not all could be derived again: "
                + named(found, Outcome.UNKNOWN)
                + ".");
        yield Failure.UNEXPECTED;
      }
    };
  }

  /** What was found counts more than that it can't be written down. */
  private void audit(Verification verification, Verification.Found found) {
    boolean violated = found.outcome() == Outcome.VIOLATED;
    try {
      verification.audit(found);
    } catch (Exception e) { // Spark throws checked ones too, undeclared
      LOG.error("Release is not audited:\n{}", SafeTrace.of(e));
      Failures.print(
          command.getErr(),
          (violated
                  ? "This could not be written into the audit; write it down yourself. Until it is"
                      + " there, share hands the release out."
                  : "Whether it was found violated before could not be looked up in the audit.")
              + " Log: "
              + Log.place());
    }
  }

  private static String named(Verification.Found found, Outcome outcome) {
    return found.guarantees().stream()
        .filter(each -> each.outcome() == outcome)
        .map(Guarantee::name)
        .collect(Collectors.joining(", "));
  }

  private static String text(Verification.Found found) {
    Table table = new Table("", "guarantee", "");
    for (Guarantee each : found.guarantees()) {
      table.row(mark(each.outcome()), each.name(), each.says());
    }
    return found.release().folder() + System.lineSeparator() + table;
  }

  private static String mark(Outcome outcome) {
    return switch (outcome) {
      case HOLDS -> "✓";
      case VIOLATED -> "✗";
      case UNKNOWN -> "–";
    };
  }

  private static String json(Verification.Found found) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("release", found.release().folder())
            .put("client", found.release().client().map(Object::toString).orElse(null))
            .put("export", found.release().export())
            .put("business_date", found.release().date().map(LocalDate::toString).orElse(null))
            .put("run", found.release().run())
            .put("result", lower(found.outcome()));
    node.putArray("guarantees");
    for (Guarantee each : found.guarantees()) {
      node.withArray("guarantees")
          .addObject()
          .put("name", each.name())
          .put("result", lower(each.outcome()))
          .put("says", each.says());
    }
    return node.toString();
  }

  private static String lower(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
