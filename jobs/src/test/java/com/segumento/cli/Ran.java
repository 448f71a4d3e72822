package com.segumento.cli;

import com.segumento.lake.Stage;
import com.segumento.privacy.questions.Margins;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * One command run in this JVM.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
record Ran(int status, String out, String err) {

  /** Without Spark: a command that starts it fails the test. */
  static Ran of(String... arguments) {
    return run(null, List.of(), "", arguments);
  }

  static Ran with(SparkSession spark, List<Stage> stages, String... arguments) {
    return run(spark, stages, "", arguments);
  }

  static Ran typing(String in, String... arguments) {
    return run(null, List.of(), in, arguments);
  }

  private static Ran run(SparkSession spark, List<Stage> stages, String in, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings outside =
        new Surroundings(
            (name, lake) -> {
              if (spark == null) {
                throw new AssertionError("Spark is started for: " + name);
              }
              return spark;
            },
            () -> stages,
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            Optional.empty(),
            Margins.NONE);
    int status =
        Segumento.commandLine(outside)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }
}
