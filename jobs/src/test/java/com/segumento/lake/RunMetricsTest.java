package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.ops.RunRecord.Status;
import com.segumento.testkit.RunRecords;
import com.segumento.testkit.SparkExtension;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.Set;
import javax.management.ObjectName;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RunMetricsTest {
  private static final LocalDate DATE = LocalDate.of(2026, 5, 2);

  @Test
  void isRegisteredOnceASession(SparkSession spark) {
    RunMetrics metrics = RunMetrics.register(spark);
    assertThat(RunMetrics.register(spark)).isSameAs(metrics);
    assertThat(SparkEnv.get().metricsSystem().getSourcesByName("segumento").size()).isEqualTo(1);
  }

  @Test
  void aSinkOfSparkSeesTheFiguresOfTheLastRun() throws Exception {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.metrics.conf.*.sink.jmx.class", "org.apache.spark.metrics.sink.JmxSink");
    MetricsSystem system = MetricsSystem.createMetricsSystem("segumento-test", conf);
    system.start(false);
    try {
      RunMetrics metrics = new RunMetrics();
      system.registerSource(metrics);
      metrics.update(
          RunRecords.done(
              "acme",
              "ingest",
              DATE,
              report -> report.count("rows_in", 12).breakdown("rows_by_dataset", "orders", 12)));
      metrics.update(RunRecords.ended("acme", "export", DATE, Status.FAILED, "It failed."));
      assertThat(gauge("acme.ingest.rows_in")).isEqualTo(12.0);
      assertThat(gauge("acme.ingest.done")).isEqualTo(1.0);
      assertThat(gauge("acme.export.done")).isEqualTo(0.0);
      metrics.update(
          RunRecords.done(
              "acme",
              "ingest",
              DATE.plusDays(1),
              report -> report.count("rows_in", 7).count("cells_withheld", 3)));
      assertThat(gauge("acme.ingest.rows_in")).isEqualTo(7.0);
      assertThat(metrics.metricRegistry().getNames())
          .containsExactlyInAnyOrder(
              "acme.ingest.rows_in",
              "acme.ingest.seconds",
              "acme.ingest.done",
              "acme.export.seconds",
              "acme.export.done");
    } finally {
      system.stop();
    }
  }

  private static Object gauge(String name) throws Exception {
    var server = ManagementFactory.getPlatformMBeanServer();
    Set<ObjectName> found =
        server.queryNames(new ObjectName("metrics:name=*segumento." + name + ",*"), null);
    assertThat(found).hasSize(1);
    return server.getAttribute(found.iterator().next(), "Value");
  }
}
