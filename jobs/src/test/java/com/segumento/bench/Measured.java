package com.segumento.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole process, timed from outside. */
record Measured(double seconds) {
  private static final Pattern AFTER_COLLECTION =
      Pattern.compile("Pause .*?(\\d+)M->(\\d+)M\\(\\d+M\\)");

  /** Longer than anything that works takes: many nights on a small machine. */
  private static final long MOST_MINUTES = 300;

  /** Runs a command to its end; what it prints goes to {@code log}. */
  static Measured run(Path log, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IllegalStateException(
          "No end within " + MOST_MINUTES + " minutes of " + command.get(0) + ", see " + log);
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "Exit " + process.exitValue() + " of " + command.get(0) + ":\n" + Files.readString(log));
    }
    return new Measured(seconds);
  }

  /** The most megabytes that were left after a collection, as a log of the collector says. */
  static int largestAfterCollection(Path collections) throws IOException {
    int most = 0;
    for (String line : Files.readAllLines(collections)) {
      Matcher pause = AFTER_COLLECTION.matcher(line);
      if (pause.find()) {
        most = Math.max(most, Integer.parseInt(pause.group(2)));
      }
    }
    return most;
  }
}
