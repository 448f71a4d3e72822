package com.segumento.benchmark;

import com.segumento.benchmark.Contribution.Subject;
import com.segumento.benchmark.MakeFigures.Figure;
import com.segumento.config.Platform;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.model.Benchmarks;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Publishes the benchmarks of a month, once: the first night of it in which some may be. Nothing of
 * an earlier month is changed, whatever became of the clients behind it.
 */
public final class PublishBenchmarks {
  /** Shares in whole percent. */
  static final int DECIMALS = 2;

  private final SparkSession spark;
  private final Lake lake;
  private final ChooseClients choice;
  private final MakeFigures figures;
  private final PublishedSets sets;

  public PublishBenchmarks(SparkSession spark, Lake lake, Platform platform) {
    Platform.Benchmarks settings = platform.benchmarks();
    this.spark = spark;
    this.lake = lake;
    this.choice = new ChooseClients(settings.minClients());
    this.figures =
        new MakeFigures(
            new ReleaseRule(
                settings.minClients(), platform.privacy().defaultK(), settings.maxShare()),
            DECIMALS);
    this.sets = new PublishedSets(lake);
  }

  /** Whether a month is still to be published, and so many clients could be enough. */
  public boolean isDue(YearMonth month, int clients) {
    return clients >= choice.least() && !lake.tables().committed(table(), mark(month));
  }

  /**
   * Publishes a month's figures, and says how many; 0 where none may be, or were before.
   *
   * @param profiles of all clients that agreed to it, one row a person; by client
   */
  public int publish(YearMonth month, Map<String, Supplier<Dataset<Row>>> profiles) {
    if (!isDue(month, profiles.size())) {
      return 0;
    }
    Map<String, Contribution> contributions = new TreeMap<>();
    profiles.forEach(
        (client, rows) -> contributions.put(client, ReadContribution.of(client, rows.get())));
    List<Figure> published = new ArrayList<>();
    for (Subject subject : ReadContribution.subjects()) {
      published.addAll(figures(subject, month, contributions));
    }
    if (!published.isEmpty()) {
      append(month, published);
    }
    return published.size();
  }

  private List<Figure> figures(
      Subject subject, YearMonth month, Map<String, Contribution> contributions) {
    Set<String> able =
        contributions.values().stream()
            .filter(one -> one.persons(subject) >= figures.rule().k())
            .map(Contribution::client)
            .collect(Collectors.toSet());
    List<Set<String>> before = sets.of(subject);
    Optional<Set<String>> chosen = choice.of(able, before, month.toString());
    if (chosen.isEmpty()) {
      return List.of();
    }
    List<Figure> made =
        figures.of(subject, chosen.get().stream().map(contributions::get).toList(), before);
    if (!made.isEmpty()) {
      sets.add(subject, month.toString(), chosen.get());
    }
    return made;
  }

  private void append(YearMonth month, List<Figure> published) {
    lake.tables().declare(table(), Benchmarks.SCHEMA, List.of());
    List<Row> rows =
        published.stream()
            .map(
                figure ->
                    RowFactory.create(
                        month.toString(),
                        figure.subject().name(),
                        figure.subject().figure(),
                        figure.label(),
                        figure.value()))
            .toList();
    lake.tables()
        .append(
            table(),
            spark.createDataFrame(rows, Benchmarks.SCHEMA).coalesce(1),
            Commit.once(mark(month), Map.of("period", month.toString())));
  }

  private String table() {
    return lake.layout().benchmarks();
  }

  private static String mark(YearMonth month) {
    return "benchmarks of " + month;
  }
}
