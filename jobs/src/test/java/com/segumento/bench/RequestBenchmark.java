package com.segumento.bench;

import java.io.IOException;
import java.util.stream.Stream;

/**
 * Batches of requests of persons. Prints Markdown. Arguments: the number of persons, and of tokens
 * in a batch.
 */
public final class RequestBenchmark {
  private static final String PERSONS = "10000000";
  private static final String TOKENS = "1000000";

  private RequestBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchLake lake = BenchLake.create("requests", "");
    SubmittedJob.in(lake.directory())
        .run(
            "scale",
            RequestScale.class,
            Stream.concat(
                    Stream.of(lake.directory().toAbsolutePath().toString()),
                    arguments.length == 0 ? Stream.of(PERSONS, TOKENS) : Stream.of(arguments))
                .toArray(String[]::new))
        .lines()
        .filter(line -> line.startsWith("|"))
        .forEach(System.out::println);
  }
}
