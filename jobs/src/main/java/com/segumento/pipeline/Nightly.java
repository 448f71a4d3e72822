package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.lake.Stage;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import com.segumento.ops.SafeTrace;
import com.segumento.ops.StageReport;
import com.segumento.ops.Ticker;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run of the stages over clients, some of them at the same time. One client's failure stops no
 * other. Started again it goes on where it stopped; with nothing to do it writes nothing down.
 */
public final class Nightly {
  private static final Logger LOG = LoggerFactory.getLogger(Nightly.class);

  private final Engine engine;
  private final int parallel;

  /** One client after the other. */
  public Nightly(Engine engine) {
    this(engine, 1);
  }

  /**
   * @param parallel so many clients are worked on at the same time: while one waits for the store,
   *     or has a single task to do, another uses the cores
   */
  public Nightly(Engine engine, int parallel) {
    this.engine = engine;
    this.parallel = parallel;
  }

  /**
   * The clients a run is for.
   *
   * @param named ids; none of them means every client whose agreement covers {@code date}
   * @throws ConfigException where a named client is unknown or its agreement does not cover the
   *     date
   */
  public List<Client> clients(LocalDate date, Collection<String> named) {
    if (named.isEmpty()) {
      return engine.configuration().clients().values().stream()
          .filter(client -> client.agreement().covers(date))
          .toList();
    }
    return named.stream().distinct().map(id -> active(new ClientId(id), date)).toList();
  }

  /** Runs the stages for these clients. */
  public Summary run(LocalDate date, List<Client> clients) {
    RunIds runs = new RunIds(date, engine.journal().records(date));
    List<ClientOutcome> outcomes = outcomes(date, clients, runs);
    for (ClientOutcome outcome : outcomes) {
      boolean recorded =
          runs.begun(outcome.run())
              || outcomes.stream()
                  .anyMatch(other -> !other.idle() && other.run().equals(outcome.run()));
      if (outcome.idle() && recorded) {
        close(outcome, date);
      }
    }
    return new Summary(date, outcomes);
  }

  /** The same for stages that follow those of a run: of nothing to do, nothing is written down. */
  Summary follow(LocalDate date, List<Client> clients) {
    return new Summary(
        date, outcomes(date, clients, new RunIds(date, engine.journal().records(date))));
  }

  private List<ClientOutcome> outcomes(LocalDate date, List<Client> clients, RunIds runs) {
    return new Side(parallel)
        .each(clients, client -> run(client, date, runs.of(client.client(), engine.stageNames())));
  }

  private Client active(ClientId id, LocalDate date) {
    Client client = engine.configuration().client(id);
    requireAgreement(client, date);
    return client;
  }

  /**
   * Makes sure that we may work for a client.
   *
   * @throws ConfigException where its agreement does not cover {@code date}
   */
  static void requireAgreement(Client client, LocalDate date) {
    if (!client.agreement().covers(date)) {
      throw new ConfigException(
          String.format(
              "The agreement %s of client %s does not cover %s: it runs from %s to %s. Choose a"
                  + " date within, or correct agreement in the client's file.",
              client.agreement().id(),
              client.client(),
              date,
              client.agreement().start(),
              client.agreement().end()));
    }
  }

  private ClientOutcome run(Client client, LocalDate date, String run) {
    String id = client.client();
    LOG.info("Begins: run={} client={} stages={}", run, id, engine.stageNames());
    ClientOutcome outcome;
    try (Leasing.Held lease = engine.leases().take(new ClientId(id), date, run)) {
      outcome = new ClientRun(engine, client, date, run, lease).run();
    } catch (Exception e) { // the journal or the lease failed, not a stage
      LOG.error("Ended early: run={} client={}\n{}", run, id, SafeTrace.of(e));
      outcome = new ClientOutcome(id, run, List.of(), Optional.of(Failure.of(e)));
    }
    LOG.info(
        "Ends: run={} client={} failure={}",
        run,
        id,
        outcome.failure().map(Failure::message).orElse("none"));
    return outcome;
  }

  // A run that others worked in says of a client with nothing to do that there was nothing to do:
  // else the client's next work would join a run that is over.
  private void close(ClientOutcome outcome, LocalDate date) {
    List<RunRecord> own =
        engine.journal().records(date).stream()
            .filter(record -> record.run().equals(outcome.run()))
            .filter(record -> record.client().equals(outcome.client()))
            .toList();
    for (Stage stage : engine.stages()) {
      if (own.stream().noneMatch(record -> record.stage().equals(stage.name()))) {
        engine
            .journal()
            .append(
                new RunRecord(
                    outcome.run(),
                    date,
                    outcome.client(),
                    stage.name(),
                    Status.SKIPPED,
                    "",
                    Ticker.now(),
                    0,
                    null,
                    engine.codeVersion(),
                    StageReport.of(stage.name()).build()));
      }
    }
  }
}
