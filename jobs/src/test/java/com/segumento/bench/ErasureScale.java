package com.segumento.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.unhex;

import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.Needles;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.PersonPurge;
import com.segumento.lake.ProofScan;
import com.segumento.lake.ProofScan.Looked;
import com.segumento.lake.Sessions;
import com.segumento.lake.TableUpkeep;
import com.segumento.model.ClientId;
import com.segumento.model.Events;
import com.segumento.model.Persons;
import com.segumento.model.Vault;
import com.segumento.ops.Stopwatch;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What it costs to erase persons from all tables of a client, and to prove it: against a plain job
 * that reads every table, leaves the persons out by an anti-join and writes every file anew. Both
 * in this process, on tables with the same rows. Prints Markdown. Arguments: a new folder, persons,
 * and how many of them to erase.
 */
public final class ErasureScale {
  private static final ClientId ACME = new ClientId("acme");
  private static final int EVENTS_A_PERSON = 2;
  private static final int DAYS = 20;
  private static final double GIGABYTE = 1e9;

  private ErasureScale() {}

  public static void main(String[] arguments) {
    SparkSession spark =
        Sessions.configure(SparkSession.builder().master("local[2]"))
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate();
    long persons = Long.parseLong(arguments[1]);
    long erased = Long.parseLong(arguments[2]);
    Lake lake = Lake.open(spark, "file:" + arguments[0] + "/lake");
    Lake plain = Lake.open(spark, "file:" + arguments[0] + "/plain");
    for (Lake each : List.of(lake, plain)) {
      write(spark, each, persons);
    }
    Dataset<Row> whom = whom(spark, persons, erased);
    System.out.println("| | seconds | files rewritten | of |\n|---|---:|---:|---:|");
    rewrite(plain, whom);
    purge(spark, lake, whom);
    prove(spark, lake, whom);
  }

  private static void rewrite(Lake lake, Dataset<Row> whom) {
    Stopwatch watch = Stopwatch.start();
    int files = 0;
    for (String table : tables(lake)) {
      Dataset<Row> kept =
          lake.tables()
              .read(table)
              .join(
                  whom.select(Persons.PERSON_KEY.col()), new String[] {"person_key"}, "left_anti");
      lake.tables().overwrite(table, kept, Commit.of(Map.of()));
      files += new TableUpkeep(kept.sparkSession(), lake).live(table).size();
    }
    line("every file written anew", watch.seconds(), files, files);
  }

  private static void purge(SparkSession spark, Lake lake, Dataset<Row> whom) {
    TableUpkeep upkeep = new TableUpkeep(spark, lake);
    int all = 0;
    int rewritten = 0;
    double seconds = 0;
    for (String table : tables(lake)) {
      Set<String> before = new HashSet<>(upkeep.live(table));
      Stopwatch watch = Stopwatch.start();
      new PersonPurge(spark, lake).delete(table, whom, Map.of("bench", "erasure"));
      seconds += watch.seconds();
      all += before.size();
      before.removeAll(upkeep.live(table));
      rewritten += before.size();
    }
    line("purged", seconds, rewritten, all);
  }

  private static void prove(SparkSession spark, Lake lake, Dataset<Row> whom) {
    for (String table : tables(lake)) {
      new TableUpkeep(spark, lake)
          .unused(table, java.time.Duration.ZERO, java.time.Instant.now().plusSeconds(60))
          .forEach(file -> lake.objects().delete(file.uri()));
    }
    List<StoredObject> objects = lake.objects().everything(lake.layout().root());
    Dataset<Row> needles = Needles.of(whom).cache();
    long forms = needles.count();
    Stopwatch watch = Stopwatch.start();
    List<Looked> looked = new ProofScan(spark).look(objects, needles);
    double seconds = watch.seconds();
    double gigabytes = looked.stream().mapToLong(Looked::bytes).sum() / GIGABYTE;
    long hits = looked.stream().mapToLong(Looked::hits).sum();
    if (hits > 0) {
      throw new IllegalStateException(hits + " needles were found after the purge");
    }
    System.out.printf(
        Locale.ROOT,
        "%nProof: %,d needles in %,d objects of %.2f GB, %.1f s, %.1f s a GB.%n",
        forms,
        looked.size(),
        gigabytes,
        seconds,
        seconds / gigabytes);
  }

  private static void line(String what, double seconds, int files, int of) {
    System.out.printf(Locale.ROOT, "| %s | %.1f | %,d | %,d |%n", what, seconds, files, of);
  }

  private static List<String> tables(Lake lake) {
    return lake.tablesBelow(lake.layout().client(ACME));
  }

  private static Dataset<Row> whom(SparkSession spark, long persons, long erased) {
    long step = Math.max(1, persons / erased);
    return person(spark.range(0, persons, step).limit((int) erased).toDF("id"))
        .select(
            Persons.PERSON_KEY.col(),
            expr("encode(sha2(cast(cast(id as string) as binary), 256), 'UTF-8')")
                .as(Vault.TOKEN.name()))
        .cache();
  }

  // As random as keys are.
  private static Dataset<Row> person(Dataset<Row> ids) {
    return ids.withColumn(
        Persons.PERSON_KEY.name(), unhex(sha2(expr("cast(concat('k', id) as binary)"), 256)));
  }

  private static void write(SparkSession spark, Lake lake, long persons) {
    Dataset<Row> ids = person(spark.range(0, persons, 1, 16).toDF("id"));
    write(
        lake,
        "profiles",
        ids.select(
            Persons.PERSON_KEY.col(),
            expr("cast(id % 90 as int)").as("age"),
            expr("concat('6', lpad(id % 40000, 5, '0'))").as("pincode")),
        List.of());
    Dataset<Row> events =
        ids.withColumn("n", expr("explode(sequence(1, " + EVENTS_A_PERSON + "))"))
            .withColumn("day", expr("cast(pmod(xxhash64(id, n), " + DAYS + ") as int)"))
            .select(
                Persons.PERSON_KEY.col(),
                expr("cast(id % 1000 as decimal(12,2))").as("amount"),
                date_add(lit(java.sql.Date.valueOf("2026-01-01")), col("day"))
                    .as(Events.EVENT_DATE.name()));
    write(
        lake,
        "orders",
        events.repartition(DAYS, Events.EVENT_DATE.col()),
        List.of(Events.EVENT_DATE.name()));
  }

  private static void write(Lake lake, String table, Dataset<Row> rows, List<String> by) {
    String path = lake.layout().table(ACME, table);
    lake.tables().declare(path, new StructType(rows.schema().fields()), by);
    lake.tables().append(path, rows, Commit.of(Map.of("date", "2026-01-31")));
  }
}
