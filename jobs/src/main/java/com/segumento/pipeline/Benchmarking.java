package com.segumento.pipeline;

import com.segumento.benchmark.PublishBenchmarks;
import com.segumento.config.Client;
import com.segumento.lake.AuditLedger;
import com.segumento.model.ClientId;
import com.segumento.ops.Progress;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The benchmarks at the end of a night of all clients. Only clients whose agreement says {@code
 * benchmarks: true} are looked at, and nothing of them but figures leaves their prefix.
 */
public final class Benchmarking {
  private static final Logger LOG = LoggerFactory.getLogger(Benchmarking.class);

  private final Parts parts;
  private final Progress progress;

  public Benchmarking(Parts parts, Progress progress) {
    this.parts = parts;
    this.progress = progress;
  }

  /**
   * Publishes the figures of the night's month where they are due, and says how many. Where one of
   * the clients failed, the next night is waited for: a set of clients is never changed by a
   * failure.
   */
  public int publish(Summary night) {
    YearMonth month = YearMonth.from(night.date());
    List<Client> agreed =
        parts.configuration().clients().values().stream()
            .filter(client -> client.agreement().benchmarks())
            .filter(client -> client.agreement().covers(night.date()))
            .toList();
    PublishBenchmarks benchmarks =
        new PublishBenchmarks(parts.spark(), parts.lake(), parts.configuration().platform());
    if (!benchmarks.isDue(month, agreed.size())) {
      return 0;
    }
    List<String> failed = night.failed().stream().map(ClientOutcome::client).toList();
    if (agreed.stream().map(Client::client).anyMatch(failed::contains)) {
      LOG.info("Benchmarks wait: month={} as a client failed", month);
      return 0;
    }
    progress.begin("benchmarks of " + month);
    int figures = benchmarks.publish(month, profiles(agreed, night));
    if (figures > 0) {
      audit(month, figures);
    }
    progress.end(figures == 0 ? "none may be published" : figures + " figures");
    LOG.info("Benchmarks: month={} figures={}", month, figures);
    return figures;
  }

  private Map<String, Supplier<Dataset<Row>>> profiles(List<Client> clients, Summary night) {
    Map<String, Supplier<Dataset<Row>>> profiles = new TreeMap<>();
    for (Client client : clients) {
      ClientTables tables =
          new ClientTables(parts.workspace(client, night.date(), "benchmarks", progress));
      if (tables.hasProfiles()) {
        profiles.put(new ClientId(client.client()).value(), tables::profiles);
      }
    }
    return profiles;
  }

  private void audit(YearMonth month, int figures) {
    AuditLedger.open(parts.spark(), parts.lake())
        .append(
            parts.spark().sparkContext().sparkUser(),
            "benchmarks.published",
            "benchmarks",
            Map.of("period", month.toString(), "figures", Integer.toString(figures)));
  }
}
