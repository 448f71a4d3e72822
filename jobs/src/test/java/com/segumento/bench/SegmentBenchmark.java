package com.segumento.bench;

import java.io.IOException;

/**
 * The segment stage by the number of segments and traits, over the same persons. Prints Markdown.
 * Argument: the number of persons.
 */
public final class SegmentBenchmark {
  private static final String PERSONS = "200000";

  private SegmentBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchLake lake = BenchLake.create("segments", "");
    SubmittedJob.in(lake.directory())
        .run(
            "scale",
            SegmentScale.class,
            lake.root(),
            arguments.length == 0 ? PERSONS : arguments[0])
        .lines()
        .filter(line -> line.startsWith("|"))
        .forEach(System.out::println);
  }
}
