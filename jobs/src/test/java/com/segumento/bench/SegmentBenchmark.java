package com.segumento.bench;

import java.io.IOException;
import java.util.stream.Stream;

/**
 * The segment stage by the number of segments and traits, over the same persons. Prints Markdown.
 * Arguments: the number of persons, and sizes like {@code 1000x10} where others are wanted.
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
            Stream.concat(
                    Stream.of(lake.root()),
                    arguments.length == 0 ? Stream.of(PERSONS) : Stream.of(arguments))
                .toArray(String[]::new))
        .lines()
        .filter(line -> line.startsWith("|"))
        .forEach(System.out::println);
  }
}
