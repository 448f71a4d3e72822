package com.segumento.bench;

import com.segumento.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Programs of this package as Spark jobs, each a process of its own.
 *
 * @param folder takes what they say
 * @param jar has them
 */
record SubmittedJob(Path folder, Path jar) {

  static SubmittedJob in(Path folder) throws IOException, InterruptedException {
    Path jar = folder.resolve("bench.jar");
    Measured.run(
        folder.resolve("jar.log"),
        Map.of(),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "jar").toString(),
            "--create",
            "--file",
            jar.toString(),
            "-C",
            "jobs/target/test-classes",
            "com/segumento"));
    return new SubmittedJob(folder, jar);
  }

  /** What a program said, once it has ended. */
  String run(String log, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getenv("SPARK_HOME")).resolve("bin/spark-submit").toString());
    command.addAll(
        List.of(
            "--master",
            "local[2]",
            "--driver-memory",
            "6g",
            "--jars",
            "jobs/target/segumento.jar",
            "--class",
            main.getName(),
            jar.toString()));
    command.addAll(List.of(arguments));
    Path said = folder.resolve(log + ".log");
    Measured.run(said, Map.of("SPARK_CONF_DIR", Repository.path("conf").toString()), command);
    return Files.readString(said);
  }
}
