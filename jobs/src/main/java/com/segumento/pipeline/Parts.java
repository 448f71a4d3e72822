package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.enrich.EnrichStage;
import com.segumento.export.ExportStage;
import com.segumento.ingest.IngestStage;
import com.segumento.lake.AlertSink;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.ClientLedger;
import com.segumento.lake.Lake;
import com.segumento.lake.Lease;
import com.segumento.lake.Leases;
import com.segumento.lake.RunLedger;
import com.segumento.lake.RunMetrics;
import com.segumento.lake.Secrets;
import com.segumento.lake.Stage;
import com.segumento.lake.StorageGuard;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.ops.AlertRules;
import com.segumento.ops.Alerts;
import com.segumento.ops.Progress;
import com.segumento.ops.RunRecord;
import com.segumento.segment.SegmentDefinitions;
import com.segumento.segment.SegmentStage;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * The real parts of a run: the only place that names the stages.
 *
 * @param lake where data and ledgers are
 */
public record Parts(SparkSession spark, Lake lake, Secrets secrets, Configuration configuration) {

  /** The stages, in their order. */
  public static List<Stage> stages() {
    return List.of(new IngestStage(), new EnrichStage(), new SegmentStage(), new ExportStage());
  }

  /** What a run over {@code stages} works with. */
  public Engine engine(List<Stage> stages, Progress progress, String codeVersion) {
    Leases leases = new Leases(lake);
    return new Engine(
        spark,
        lake,
        secrets,
        configuration,
        stages,
        client -> {
          check(client);
          new NeededSecrets(secrets).require(client, stages);
        },
        new LedgerJournal(
            RunLedger.open(spark, lake), AuditLedger.open(spark, lake), RunMetrics.register(spark)),
        (client, date, run) -> held(leases.take(client, date, run)),
        progress,
        codeVersion);
  }

  /** What is done for a client outside of a run works with. */
  Workspace workspace(Client client, LocalDate date, String run, Progress progress) {
    return new Workspace(
        spark,
        lake,
        secrets,
        configuration.platform(),
        client,
        configuration.segments(new ClientId(client.client())),
        date,
        run,
        configuration.directory(),
        progress);
  }

  /** Refuses a client whose segments don't resolve, or whose lake is not what it must be. */
  public void check(Client client) {
    definitions(spark, configuration, client);
    StorageGuard.check(spark, configuration.platform(), client, lake.layout().root());
  }

  /**
   * Resolves the expressions of a client's traits and segments; touches no data.
   *
   * @throws com.segumento.model.ConfigException that lists what does not resolve
   */
  public static void definitions(SparkSession spark, Configuration configuration, Client client) {
    SegmentDefinitions.resolve(
        spark, client, configuration.segments(new ClientId(client.client())));
  }

  /**
   * The newest business date there are profiles of a client of.
   *
   * @throws com.segumento.model.ConfigException where there is none
   */
  public LocalDate newestDate(ClientId client) {
    return ClientTables.newestDate(lake, client);
  }

  /** Tells the operator what of this night, or of the night before, needs looking at. */
  public void tell(Summary summary) {
    RunLedger ledger = RunLedger.open(spark, lake);
    Alerts alerts = AlertSink.open(lake, configuration.platform(), secrets);
    List<String> runs = summary.clients().stream().map(ClientOutcome::run).distinct().toList();
    Map<Boolean, List<RunRecord>> byNight =
        ledger.records(summary.date().minusDays(AlertRules.HISTORY_RUNS), summary.date()).stream()
            .collect(Collectors.partitioningBy(r -> r.date().equals(summary.date())));
    List<RunRecord> tonight =
        byNight.get(true).stream().filter(r -> runs.contains(r.run())).toList();
    List<RunRecord> earlier = byNight.get(false);
    AlertRules.evaluate(tonight, earlier).forEach(alerts::raise);
    AlertRules.missed(earlier, active(summary.date().minusDays(1)), summary.date())
        .forEach(alerts::raise);
  }

  /** Why nothing is run for a client, as it was archived or offboarded; nothing where it may be. */
  public Optional<String> leftOut(String client) {
    return ClientLedger.of(lake).refusal(new ClientId(client));
  }

  private List<String> active(LocalDate date) {
    return configuration.clients().values().stream()
        .filter(client -> client.agreement().covers(date))
        .map(Client::client)
        .filter(client -> leftOut(client).isEmpty())
        .toList();
  }

  private static Leasing.Held held(Lease lease) {
    return new Leasing.Held() {
      @Override
      public void check() {
        lease.check();
      }

      @Override
      public void close() {
        lease.close();
      }
    };
  }
}
