package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.Repository;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** The shipped Log4j settings, on what Spark really says. */
class LogLayoutTest {
  private static final String VALUE = "9f86d081884c7d659a2feaa0c55ad015";

  @Test
  void keepsTheClassAndFramesOfAFailedTaskButNotTheValueInItsMessage() throws IOException {
    String said =
        "Lost task 0.0 in stage 3.0 (TID 4) (10.0.0.7 executor 1):"
            + " org.apache.spark.SparkNumberFormatException: [CAST_INVALID_INPUT] The value '"
            + VALUE
            + "' of the type \"STRING\" cannot be cast.\n== SQL (line 1) ==\ncast('"
            + VALUE
            + "')\n"
            + VALUE
            + "\n\tat org.apache.spark.sql.errors.QueryExecutionErrors$.invalid(Errors.scala:147)\n"
            + "Caused by: scala.MatchError: "
            + VALUE
            + "\n\t... 12 more";
    assertThat(logged(said, null))
        .doesNotContain(VALUE)
        .contains(
            "Lost task 0.0 in stage 3.0 (TID 4) (10.0.0.7 executor 1):"
                + " org.apache.spark.SparkNumberFormatException\n"
                + "\tat org.apache.spark.sql.errors.QueryExecutionErrors$.invalid"
                + "(Errors.scala:147)\n"
                + "Caused by: scala.MatchError\n"
                + "\t... 12 more\n");
  }

  @Test
  void keepsTheClassAndFramesOfAThrowableButNoMessage() throws IOException {
    Throwable thrown =
        new IllegalStateException(
            "aborted: " + VALUE + "\n" + VALUE, new NumberFormatException("For " + VALUE));
    assertThat(logged("Exception in task 0.0", thrown))
        .doesNotContain(VALUE)
        .contains("Exception in task 0.0\njava.lang.IllegalStateException\n\tat com.segumento.cli")
        .contains("Caused by: java.lang.NumberFormatException\n");
  }

  @Test
  void cutsAnErrorConditionAfterItsName() throws IOException {
    assertThat(logged("Task failed: [CAST_INVALID_INPUT] The value '" + VALUE + "' is bad", null))
        .endsWith("Task failed: [CAST_INVALID_INPUT]\n");
  }

  @Test
  void leavesPlainLinesAsTheyAre() throws IOException {
    assertThat(logged("Ends: run=2026-03-01-1 client=acme failure=none", null))
        .endsWith("Ends: run=2026-03-01-1 client=acme failure=none\n");
  }

  private static String logged(String message, Throwable thrown) throws IOException {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(Repository.path("conf/log4j2.properties"))) {
      settings.load(file);
    }
    assertThat(settings).containsEntry("appender.file.layout.alwaysWriteExceptions", "false");
    String pattern =
        settings
            .getProperty("appender.file.layout.pattern")
            .replace("${line}", settings.getProperty("property.line"));
    PatternLayout layout =
        PatternLayout.newBuilder().withPattern(pattern).withAlwaysWriteExceptions(false).build();
    return layout.toSerializable(
        Log4jLogEvent.newBuilder()
            .setLevel(Level.ERROR)
            .setLoggerName("org.apache.spark.executor.Executor")
            .setMessage(new SimpleMessage(message))
            .setThrown(thrown)
            .build());
  }
}
