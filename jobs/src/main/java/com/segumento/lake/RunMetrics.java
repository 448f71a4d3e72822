package com.segumento.lake;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.sql.SparkSession;

/**
 * The figures of the last run in Spark's own metrics system, for whatever sink the installation
 * has: {@code segumento.<client>.<stage>.<figure>}, with {@code seconds} and {@code done} (1 or 0)
 * beside the stage's counts. Breakdowns stay out: their labels come from data; and so does how much
 * of a release was left out, which says more than the release.
 */
public final class RunMetrics implements Source {
  private static final String NAME = "segumento";
  private static final Set<String> LEFT_OUT = Set.of("cells_withheld", "cells_rolled_up");

  private final MetricRegistry registry = new MetricRegistry();
  private final Map<String, Double> figures = new ConcurrentHashMap<>();

  RunMetrics() {}

  /** The metrics of this session's context, registered once. */
  public static RunMetrics register(SparkSession spark) {
    synchronized (RunMetrics.class) {
      var system = SparkEnv.get().metricsSystem();
      var known = system.getSourcesByName(NAME).iterator();
      while (known.hasNext()) {
        if (known.next() instanceof RunMetrics metrics) {
          return metrics;
        }
      }
      RunMetrics metrics = new RunMetrics();
      system.registerSource(metrics);
      return metrics;
    }
  }

  /** Shows what is known of a stage now. */
  public void update(RunRecord record) {
    String prefix = MetricRegistry.name(record.client(), record.stage());
    show(prefix, "seconds", record.seconds());
    show(
        prefix,
        "done",
        record.status() == Status.DONE || record.status() == Status.SKIPPED ? 1 : 0);
    record
        .report()
        .counts()
        .forEach(
            (name, value) -> {
              if (!LEFT_OUT.contains(name)) {
                show(prefix, name, value);
              }
            });
  }

  @Override
  public String sourceName() {
    return NAME;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  private void show(String prefix, String figure, double value) {
    String name = MetricRegistry.name(prefix, figure);
    if (figures.put(name, value) == null) {
      registry.register(name, (Gauge<Double>) () -> figures.get(name));
    }
  }
}
