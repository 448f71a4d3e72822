package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.lake.AlertSink;
import com.segumento.lake.StorageGuard;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.LakeLayout;
import com.segumento.model.Requests;
import com.segumento.ops.RequestRecord;
import com.segumento.ops.SafeTrace;
import com.segumento.request.RequestRun;
import com.segumento.request.Submission;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in and carries out requests of persons, outside of a night. One client's failure stops no
 * other; an agreement that has ended stops none.
 */
public final class Requesting {
  private static final Logger LOG = LoggerFactory.getLogger(Requesting.class);
  private static final String RUN = "-requests";

  private final Parts parts;
  private final Engine engine;
  private final Predicate<Workspace> hold;

  /**
   * @param engine whose workspaces and leases are used
   * @param hold whether a client's data are under legal hold, beside its configuration
   */
  public Requesting(Parts parts, Engine engine, Predicate<Workspace> hold) {
    this.parts = parts;
    this.engine = engine;
    this.hold = hold;
  }

  /** What came of a client's requests: the steps taken, up to where it failed. */
  public record Carried(String client, List<RequestRecord> steps, Optional<Failure> failure) {
    public Carried {
      steps = List.copyOf(steps);
    }
  }

  /** For whom requests failed, as a night tells it. */
  public static Summary failures(LocalDate date, List<Carried> carried) {
    return new Summary(
        date,
        carried.stream()
            .filter(client -> client.failure().isPresent())
            .map(client -> new ClientOutcome(client.client(), "", List.of(), client.failure()))
            .toList());
  }

  /** Carries out what is in the queues of clients. */
  public List<Carried> run(LocalDate date, List<Client> clients) {
    List<Carried> all = new ArrayList<>();
    for (Client client : clients) {
      if (isIdle(client)) {
        continue;
      }
      engine.progress().begin(client.client() + ": requests");
      Carried carried = run(date, client);
      engine
          .progress()
          .end(carried.failure().isPresent() ? "failed" : carried.steps().size() + " steps");
      all.add(carried);
    }
    return all;
  }

  /** Tells the operator of requests of clients that nothing is run for. */
  public void tellOf(LocalDate date, List<Client> leftOut) {
    for (Client client : leftOut) {
      requests().tellOf(engine.workspace(client, date, date + RUN));
    }
  }

  private RequestRun requests() {
    return new RequestRun(
        AlertSink.open(parts.lake(), parts.configuration().platform(), parts.secrets()), hold);
  }

  private Carried run(LocalDate date, Client client) {
    ClientId id = new ClientId(client.client());
    String run = date + RUN;
    try (Leasing.Held lease = engine.leases().take(id, date, run)) {
      guard(client);
      lease.check();
      Workspace workspace = engine.workspace(client, date, run);
      SparkSession.setActiveSession(workspace.spark());
      return new Carried(client.client(), requests().run(workspace), Optional.empty());
    } catch (Exception e) { // Spark throws checked exceptions undeclared
      LOG.error("Requests fail: client={} date={}\n{}", client.client(), date, SafeTrace.of(e));
      return new Carried(client.client(), List.of(), Optional.of(Failure.of(e)));
    } finally {
      SparkSession.setActiveSession(engine.spark());
    }
  }

  // Nobody has ever asked anything of it: not even the ledger is looked at.
  private boolean isIdle(Client client) {
    LakeLayout layout = parts.lake().layout();
    return !parts.lake().tables().exists(layout.ops(Requests.NAME))
        && parts
            .lake()
            .objects()
            .list(layout.requestQueue(new ClientId(client.client())))
            .isEmpty();
  }

  /** Puts a request into a client's queue; gives its id. */
  public String submit(Client client, LocalDate today, Submission request, InputStream tokens) {
    guard(client);
    return request.to(engine.workspace(client, today, "submit"), tokens);
  }

  private void guard(Client client) {
    StorageGuard.check(
        parts.spark(), parts.configuration().platform(), client, parts.lake().layout().root());
  }
}
