package com.segumento.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Spark cluster on loopback: a master and two workers of one core, each its own process. */
public final class StandaloneCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WORKERS = 2;

  private final Path directory;
  private final Path sparkHome;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path directory, Path sparkHome, int port) {
    this.directory = directory;
    this.sparkHome = sparkHome;
    this.port = port;
  }

  /**
   * Starts the cluster and waits until both workers are registered.
   *
   * @param directory where logs and the workers' own folders go
   * @param workerMemory memory of each worker, as Spark writes it ({@code 1g})
   */
  public static StandaloneCluster start(Path directory, String workerMemory)
      throws IOException, InterruptedException {
    StandaloneCluster cluster =
        new StandaloneCluster(directory, sparkHome(directory), S3Server.freePort());
    try {
      cluster.launch("master", masterArguments(cluster.port));
      cluster.await("master", "Started daemon|I have been elected leader", 1);
      for (int worker = 0; worker < WORKERS; worker++) {
        cluster.launch("worker-" + worker, cluster.workerArguments(worker, workerMemory));
      }
      cluster.await("master", "Registering worker", WORKERS);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** The master's URL. */
  public String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** The Spark installation the cluster runs. */
  public Path sparkHome() {
    return sparkHome;
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static List<String> masterArguments(int port) {
    return List.of(
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--webui-port",
        "0");
  }

  private List<String> workerArguments(int worker, String memory) {
    return List.of(
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        "127.0.0.1",
        "--cores",
        "1",
        "--memory",
        memory,
        "--webui-port",
        "0",
        "--work-dir",
        directory.resolve("worker-" + worker).toString(),
        master());
  }

  private void launch(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(sparkHome.resolve("bin/spark-class").toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_HOME", sparkHome.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_DAEMON_MEMORY", "512m");
    builder.environment().put("SPARK_CONF_DIR", directory.toString());
    Files.writeString(directory.resolve("log4j2.properties"), LOGGING);
    processes.add(builder.start());
  }

  private void await(String name, String line, int times) throws IOException, InterruptedException {
    Path log = directory.resolve(name + ".log");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (Files.exists(log)
          && Files.readAllLines(log).stream()
                  .filter(text -> text.matches(".*(" + line + ").*"))
                  .count()
              >= times
          && answers()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("The " + name + " did not start: " + Files.readString(log));
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static Path sparkHome(Path directory) throws IOException, InterruptedException {
    Path out = directory.resolve("spark-home");
    Process assembly =
        new ProcessBuilder(Repository.path("scripts/spark-home/assemble").toString())
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("spark-home.log").toFile())
            .start();
    if (assembly.waitFor() != 0) {
      throw new IOException(
          "No Spark could be assembled: " + Files.readString(directory.resolve("spark-home.log")));
    }
    return Path.of(Files.readString(out).strip());
  }

  private static final String LOGGING =
      """
      rootLogger.level = info
      rootLogger.appenderRef.stderr.ref = console
      appender.console.type = Console
      appender.console.name = console
      appender.console.target = SYSTEM_ERR
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n
      """;
}
