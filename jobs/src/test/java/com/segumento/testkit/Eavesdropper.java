package com.segumento.testkit;

import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.spark.SparkFirehoseListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.JsonProtocol;

/** Hears all that Spark would write to its event log, plans among it, and all that is logged. */
public final class Eavesdropper implements AutoCloseable {
  private final SparkSession spark;
  private final StringWriter log = new StringWriter();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();
  private final WriterAppender appender;
  private final Level level;
  private final SparkFirehoseListener listener =
      new SparkFirehoseListener() {
        @Override
        public void onEvent(SparkListenerEvent event) {
          events.add(JsonProtocol.sparkEventToJsonString(event));
        }
      };

  public Eavesdropper(SparkSession spark) {
    this.spark = spark;
    this.appender =
        WriterAppender.newBuilder()
            .setName("eavesdropper")
            .setTarget(log)
            .setLayout(PatternLayout.createDefaultLayout())
            .build();
    appender.start();
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    LoggerConfig root = context.getConfiguration().getRootLogger();
    level = root.getLevel();
    root.setLevel(Level.INFO);
    root.addAppender(appender, Level.INFO, null);
    context.updateLoggers();
    spark.sparkContext().addSparkListener(listener);
  }

  /** All that was heard so far. */
  public String heard() throws TimeoutException {
    spark.sparkContext().listenerBus().waitUntilEmpty();
    return String.join("\n", events) + "\n" + log;
  }

  /** The physical plans that were begun or changed and have {@code node} in them. */
  public List<String> plans(String node) throws TimeoutException {
    spark.sparkContext().listenerBus().waitUntilEmpty();
    return events.stream()
        .filter(event -> event.contains("\"physicalPlanDescription\"") && event.contains(node))
        .toList();
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(listener);
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    LoggerConfig root = context.getConfiguration().getRootLogger();
    root.removeAppender(appender.getName());
    root.setLevel(level);
    context.updateLoggers();
    appender.stop();
  }
}
