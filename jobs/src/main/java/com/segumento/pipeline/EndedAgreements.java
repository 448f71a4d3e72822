package com.segumento.pipeline;

import com.segumento.client.Desk;
import com.segumento.client.Offboarding;
import com.segumento.config.Client;
import com.segumento.lake.Holds;
import com.segumento.lake.RetentionLedger;
import com.segumento.lake.RetentionLedger.Event;
import com.segumento.lake.RetentionLedger.Line;
import com.segumento.ops.Progress;
import com.segumento.ops.RunRecord.Status;
import com.segumento.ops.SafeTrace;
import com.segumento.ops.StageReport;
import com.segumento.ops.Stopwatch;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients whose agreement is over, and the days of grace after it: nothing of theirs may stay. They
 * are offboarded, with notice where they are to have it, and never under a legal hold.
 */
final class EndedAgreements {
  static final String RULE = "agreement.end";

  private static final Logger LOG = LoggerFactory.getLogger(EndedAgreements.class);

  private final Parts parts;
  private final Progress progress;
  private final RetentionLedger ledger;
  private final Instant now;

  EndedAgreements(Parts parts, Progress progress, Instant now) {
    this.parts = parts;
    this.progress = progress;
    this.ledger = RetentionLedger.open(parts.spark(), parts.lake());
    this.now = now;
  }

  /** Whether nothing of a client may be here any more on {@code date}. */
  static boolean isOver(Client client, LocalDate date) {
    return date.isAfter(lastDay(client));
  }

  private static LocalDate lastDay(Client client) {
    return client.agreement().end().plusDays(client.retention().graceDays());
  }

  private enum Due {
    HELD,
    ANNOUNCE,
    WAIT,
    OFFBOARD
  }

  /** What would be done, a line. */
  List<String> lines(Client client) {
    String what = "everything of the client, as its agreement ended [" + RULE + "]";
    return switch (due(client)) {
      case HELD -> List.of("keep " + what + " [legal hold]");
      case ANNOUNCE -> List.of("announce that " + what.replace("[", "is deleted ["));
      case WAIT -> List.of();
      case OFFBOARD -> List.of("delete " + what);
    };
  }

  /** Does it; gives how it went, and nothing where nothing was to be done. */
  Optional<ClientOutcome> carryOut(Client client, String run) {
    Stopwatch watch = Stopwatch.start();
    StageReport.Builder report = StageReport.of(RetentionStage.NAME);
    try {
      switch (due(client)) {
        case HELD -> ledger.append(List.of(line(client, run, Event.HELD, Map.of())));
        case ANNOUNCE ->
            ledger.append(
                List.of(
                    line(
                        client,
                        run,
                        Event.ANNOUNCED,
                        Map.of("not_before", now.plus(notice(client)).toString()))));
        case WAIT -> {
          return Optional.empty();
        }
        case OFFBOARD -> {
          LOG.info("The agreement is over: client={} run={}", client.client(), run);
          String certificate =
              new Offboarding(
                      new Desk(
                          parts.spark(),
                          parts.lake(),
                          parts.secrets(),
                          parts.configuration(),
                          progress),
                      new Certificates(parts).offboarding())
                  .offboard(client);
          ledger.append(List.of(line(client, run, Event.DONE, Map.of("certificate", certificate))));
          report.count("offboarded", 1);
        }
      }
      return Optional.of(outcome(client, run, Status.DONE, watch, report, Optional.empty()));
    } catch (Exception e) { // Spark throws checked exceptions undeclared
      LOG.error("Offboarding fails: client={} run={}\n{}", client.client(), run, SafeTrace.of(e));
      Failure failure = Failure.of(e);
      return Optional.of(
          outcome(client, run, failure.status(), watch, report, Optional.of(failure)));
    }
  }

  private Due due(Client client) {
    if (Holds.of(parts.lake()).active(client)) {
      return Due.HELD;
    }
    if (notice(client).isZero() || announced(client, now.minus(notice(client)))) {
      return Due.OFFBOARD;
    }
    return announced(client, now) ? Due.WAIT : Due.ANNOUNCE;
  }

  private boolean announced(Client client, Instant upTo) {
    return ledger
        .announced(client.client(), RULE, subject(client), upTo)
        .filter(cutoff -> !cutoff.isBefore(lastDay(client)))
        .isPresent();
  }

  private static Duration notice(Client client) {
    Integer hours = client.retention().noticeHours();
    return Duration.ofHours(hours == null ? 0 : hours);
  }

  private static ClientOutcome outcome(
      Client client,
      String run,
      Status status,
      Stopwatch watch,
      StageReport.Builder report,
      Optional<Failure> failure) {
    StageOutcome stage =
        new StageOutcome(RetentionStage.NAME, status, watch.seconds(), report.build());
    return new ClientOutcome(client.client(), run, List.of(stage), failure);
  }

  private static Line line(Client client, String run, Event event, Map<String, String> details) {
    return new Line(run, client.client(), RULE, subject(client), lastDay(client), event, details);
  }

  private static String subject(Client client) {
    return "clients/" + client.client();
  }
}
