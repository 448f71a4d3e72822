package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.testkit.JavaProcess;
import com.segumento.testkit.S3Server;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, one table: no commit of either may be lost. */
class ConcurrentCommitsIT {
  private static final int VERSIONS = 200;
  private static final int APPENDS = 8;
  private static final int DECLARED = 10;
  private static final long STAGGER_MILLIS = 20;
  private static final String READY = "ready to race";
  private static final Field WRITER = Field.required("writer", DataTypes.StringType);
  private static final Field NUMBER = Field.required("number", DataTypes.IntegerType);
  private static final StructType SCHEMA = Field.schema(WRITER, NUMBER);

  @TempDir Path directory;
  private S3Server server;

  @BeforeEach
  void start() throws Exception {
    server = S3Server.start(directory);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void everyVersionOfTheLogHasExactlyOneWinner() throws Exception {
    List<List<String>> printed = bothProcesses(LogRacer.class);
    List<Set<String>> won =
        printed.stream().map(lines -> (Set<String>) new HashSet<>(lines)).toList();
    Set<String> both = new HashSet<>(won.get(0));
    both.retainAll(won.get(1));
    assertThat(both).as("versions both processes believe to have won").isEmpty();
    Set<String> either = new HashSet<>(won.get(0));
    either.addAll(won.get(1));
    assertThat(either)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, VERSIONS).mapToObj(Integer::toString).toList());
  }

  @Test
  void twoProcessesDeclareTheSameTablesAndLoseNoRow() throws Exception {
    bothProcesses(Appender.class);
    SparkSession spark = session(server.sparkSettings());
    try {
      List<String> rows =
          new DeltaTables(spark)
                  .read(server.root() + "/reference/race")
                  .select(WRITER.col(), NUMBER.col())
                  .collectAsList()
                  .stream()
                  .map(row -> row.getString(0) + row.getInt(1))
                  .toList();
      List<String> expected = new ArrayList<>();
      for (int number = 0; number < APPENDS; number++) {
        expected.add("a" + number);
        expected.add("b" + number);
      }
      assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
    } finally {
      spark.stop();
    }
  }

  /** Runs {@code main} twice at once and gives what each printed after its word {@code won}. */
  private List<List<String>> bothProcesses(Class<?> main) throws Exception {
    List<Process> processes = new ArrayList<>();
    List<Path> logs = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      Path log = directory.resolve(name + ".log");
      List<String> arguments = new ArrayList<>(List.of(name, server.root()));
      server.sparkSettings().forEach((key, value) -> arguments.add(key + "=" + value));
      processes.add(JavaProcess.start(main, log, arguments.toArray(String[]::new)));
      logs.add(log);
    }
    for (int i = 0; i < processes.size(); i++) {
      awaitReady(processes.get(i), logs.get(i));
    }
    for (Process process : processes) {
      process.getOutputStream().close();
    }
    List<List<String>> printed = new ArrayList<>();
    for (int i = 0; i < processes.size(); i++) {
      assertThat(processes.get(i).waitFor(150, TimeUnit.SECONDS)).isTrue();
      assertThat(processes.get(i).exitValue()).as(Files.readString(logs.get(i))).isZero();
      printed.add(
          Files.readAllLines(logs.get(i)).stream()
              .filter(line -> line.startsWith("won "))
              .map(line -> line.substring(4))
              .toList());
    }
    return printed;
  }

  private static void awaitReady(Process process, Path log) throws Exception {
    while (process.isAlive() && !Files.readString(log).contains(READY)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Says that the process is there, and waits until the others are: until its input ends. */
  private static void meet() throws IOException {
    System.out.println(READY);
    assertThat(System.in.read()).isEqualTo(-1);
  }

  private static Map<String, String> settings(String[] arguments) {
    Map<String, String> settings = new java.util.LinkedHashMap<>();
    for (int i = 2; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      settings.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    return settings;
  }

  private static SparkSession session(Map<String, String> settings) {
    SparkSession.Builder builder =
        Sessions.configure(SparkSession.builder())
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1");
    SparkExtension.INTERPRETED.forEach(builder::config);
    settings.forEach(builder::config);
    return builder.getOrCreate();
  }

  /** Tries to create every version of one log and prints those it won. */
  static final class LogRacer {
    public static void main(String[] arguments) throws IOException {
      Configuration hadoop = new Configuration();
      settings(arguments)
          .forEach((key, value) -> hadoop.set(key.substring("spark.hadoop.".length()), value));
      ConditionalLogStore store = new ConditionalLogStore(hadoop);
      meet();
      for (int version = 0; version < VERSIONS; version++) {
        var path =
            new org.apache.hadoop.fs.Path(
                arguments[1] + "/race/_delta_log/" + String.format("%020d.json", version));
        try {
          store.write(
              path, List.of("{\"writer\":\"" + arguments[0] + "\"}").iterator(), false, hadoop);
          System.out.println("won " + version);
        } catch (FileAlreadyExistsException e) {
          assertThat(store.read(path, hadoop).hasNext()).isTrue();
        }
      }
    }
  }

  /** Declares tables, and appends rows to one, one a commit. */
  static final class Appender {
    public static void main(String[] arguments) throws Exception {
      SparkSession spark = session(settings(arguments));
      DeltaTables tables = new DeltaTables(spark);
      String path = arguments[1] + "/reference/race";
      meet();
      tables.declare(path, SCHEMA, List.of());
      for (int table = 0; table < DECLARED; table++) {
        if (arguments[0].equals("b")) {
          TimeUnit.MILLISECONDS.sleep(table * STAGGER_MILLIS); // to meet each step of the other's
        }
        tables.declare(path + "_" + table, SCHEMA, List.of());
      }
      for (int number = 0; number < APPENDS; number++) {
        tables.append(
            path,
            spark.createDataFrame(
                List.of(org.apache.spark.sql.RowFactory.create(arguments[0], number)), SCHEMA),
            Commit.of(Map.of("writer", arguments[0])));
      }
      spark.stop();
    }
  }
}
