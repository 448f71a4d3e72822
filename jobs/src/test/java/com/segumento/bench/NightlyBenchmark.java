package com.segumento.bench;

import com.segumento.lake.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * {@code nightly} against the least a Spark job could do with the same files, and against DuckDB
 * doing the same joins, traits, segments and cells. Argument: persons.
 */
public final class NightlyBenchmark {
  private static final long PERSONS = 1_000_000;

  private NightlyBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    long persons = arguments.length > 0 ? Long.parseLong(arguments[0]) : PERSONS;
    BenchLake lake = BenchLake.create("nightly", "");
    System.out.printf("Generating %,d persons …%n", persons);
    lake.fill(persons);
    Path references = Files.createDirectories(lake.directory().resolve("references"));
    lakeReferences(lake, references);

    Measured bare = bare(lake);
    Measured duck = duck(lake, references);
    Measured nightly =
        lake.segumento(
            "nightly", Map.of(), "nightly", "--date", BenchLake.NIGHT, "--client", "acme");

    System.out.print(Files.readString(lake.directory().resolve("nightly.log")));
    System.out.printf("%n%,d persons, whole processes, this machine, one run%n", persons);
    System.out.printf("nightly                      %7.1f s%n", nightly.seconds());
    System.out.printf(
        "bare Spark job, read + write %7.1f s   nightly is %.1f times that%n",
        bare.seconds(), nightly.seconds() / bare.seconds());
    System.out.printf(
        "DuckDB, 2 threads            %7.1f s   nightly is %.1f times that%n",
        duck.seconds(), nightly.seconds() / duck.seconds());
  }

  private static Measured bare(BenchLake lake) throws IOException, InterruptedException {
    Path home = Path.of(System.getenv("SPARK_HOME"));
    return Measured.run(
        lake.directory().resolve("bare.log"),
        Map.of("SPARK_CONF_DIR", lake.directory().toString()),
        List.of(
            home.resolve("bin/spark-submit").toString(),
            "--master",
            "local[2]",
            "--driver-memory",
            "6g",
            "--jars",
            "jobs/target/segumento.jar",
            "--conf",
            "spark.ui.enabled=false",
            "--class",
            BareSparkJob.class.getName(),
            testJar(lake).toString(),
            lake.landing("customers").toString(),
            lake.landing("orders").toString(),
            lake.directory().resolve("bare").toString()));
  }

  private static Measured duck(BenchLake lake, Path references)
      throws IOException, InterruptedException {
    Path out = Files.createDirectories(lake.directory().resolve("duck"));
    return Measured.run(
        lake.directory().resolve("duck.log"),
        Map.of(),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            DuckDbNightly.class.getName(),
            lake.landing("customers").toString(),
            lake.landing("orders").toString(),
            references.toString(),
            out.toString(),
            BenchLake.NIGHT));
  }

  /** The references as DuckDB reads them; not timed. */
  private static void lakeReferences(BenchLake lake, Path to)
      throws IOException, InterruptedException {
    Measured.run(
        lake.directory().resolve("references.log"),
        Map.of("SPARK_CONF_DIR", lake.directory().toString()),
        List.of(
            Path.of(System.getenv("SPARK_HOME")).resolve("bin/spark-submit").toString(),
            "--master",
            "local[2]",
            "--jars",
            "jobs/target/segumento.jar",
            "--class",
            ReferencesAsParquet.class.getName(),
            testJar(lake).toString(),
            lake.root(),
            to.toString()));
  }

  private static Path testJar(BenchLake lake) throws IOException, InterruptedException {
    Path jar = lake.directory().resolve("bench.jar");
    if (!Files.exists(jar)) {
      Measured.run(
          lake.directory().resolve("jar.log"),
          Map.of(),
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "jar").toString(),
              "--create",
              "--file",
              jar.toString(),
              "-C",
              "jobs/target/test-classes",
              "com/segumento/bench"));
    }
    return jar;
  }

  /** Writes the references of a lake as plain Parquet. Arguments: the lake, the folder. */
  public static final class ReferencesAsParquet {
    private ReferencesAsParquet() {}

    public static void main(String[] arguments) {
      SparkSession spark = Sessions.configure(SparkSession.builder()).getOrCreate();
      for (String name : List.of("places", "demographics")) {
        spark
            .read()
            .format("delta")
            .load(arguments[0] + "/reference/" + name)
            .write()
            .parquet(arguments[1] + "/" + name);
      }
      spark.stop();
    }
  }
}
