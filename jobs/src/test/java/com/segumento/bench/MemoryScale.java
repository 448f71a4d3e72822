package com.segumento.bench;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.export.ExportStage;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.MemoryFold;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.Secrets;
import com.segumento.lake.SegmentCodebook;
import com.segumento.lake.Sessions;
import com.segumento.lake.TableUpkeep;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.Memberships;
import com.segumento.model.Profiles;
import com.segumento.ops.Progress;
import com.segumento.ops.Stopwatch;
import com.segumento.privacy.ProtectionCost;
import com.segumento.privacy.Released;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Night after night of one client: the profiles of a lake, of which a thousandth comes and a
 * thousandth goes each night and half as many move, in segments of 2 to 40 % of them whose members
 * are drawn anew, a thirtieth of the persons each night; every fifth segment is one within the one
 * before, and a person's spend changes as its segments do. Prints Markdown: what each night
 * published, how far it is from the truth, and how large the release memory is. In the end folds
 * the memory to the last half of the nights. Arguments: the folder of a lake, and the number of
 * nights.
 */
public final class MemoryScale {
  static final int SEGMENTS = 20;

  /** Date of the profiles. */
  static final String BEFORE = "2026-01-01";

  private static final ClientId ACME = new ClientId("acme");
  private static final int REDRAWN_EVERY = 30;
  private static final int PLACES = 1000;
  private static final double MEGABYTE = 1e6;
  private static final double PERCENT = 100;

  private final SparkSession spark;
  private final Configuration configuration;
  private final Lake lake;
  private final Dataset<Row> base;
  private final Dataset<Row> places;
  private final List<Integer> codes;

  private MemoryScale(SparkSession spark, Path directory) {
    this.spark = spark;
    this.configuration = ConfigurationLoader.load(directory.resolve("conf"), ACME);
    this.lake = Lake.open(spark, "file:" + directory + "/lake");
    String profiles = lake.layout().table(ACME, Profiles.NAME);
    this.base = lake.tables().read(profiles, lake.tables().version(profiles)).cache();
    this.places =
        spark
            .createDataFrame(
                base.select("place", "demographics").limit(PLACES).collectAsList(),
                base.select("place", "demographics").schema())
            .coalesce(1)
            .withColumn("number", expr("monotonically_increasing_id()"))
            .toDF("new place", "new demographics", "number")
            .cache();
    Map<String, String> hashes = new LinkedHashMap<>();
    for (int i = 0; i < SEGMENTS; i++) {
      hashes.put(String.format(Locale.ROOT, "s%02d", i), "hash-" + i);
    }
    this.codes = SegmentCodebook.open(spark, lake, ACME).codes(hashes, Map.of());
  }

  public static void main(String[] arguments) {
    SparkSession spark =
        Sessions.configure(SparkSession.builder().master("local[2]"))
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .config(
                "spark.hadoop.hadoop.security.credential.provider.path",
                "localjceks://file" + arguments[0] + "/secrets.jceks")
            .getOrCreate();
    MemoryScale scale = new MemoryScale(spark, Path.of(arguments[0]));
    int nights = Integer.parseInt(arguments[1]);
    System.out.println(
        "| night | export | cells | rolled up | withheld | waiting | longest days | mean error | largest |"
            + " represented % | memory rows | MB | files | making s | judging s |\n"
            + "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (int night = 1; night <= nights; night++) {
      scale.write(night);
      scale.release(night);
    }
    scale.fold(nights);
    spark.stop();
  }

  private static LocalDate date(int night) {
    return LocalDate.parse(BEFORE).plusDays(night);
  }

  private Workspace workspace(int night) {
    return new Workspace(
        spark,
        lake,
        Secrets.of(spark),
        configuration.platform(),
        configuration.client(ACME),
        configuration.segments(ACME),
        date(night),
        date(night) + "-1",
        configuration.directory(),
        Progress.SILENT);
  }

  private void release(int night) {
    List<Released> all = new ArrayList<>();
    ExportStage.after(all::add).run(workspace(night));
    for (Released released : all) {
      print(night, released);
    }
  }

  private void print(int night, Released released) {
    ProtectionCost cost = released.cost();
    System.out.printf(
        Locale.ROOT,
        "| %d | %s | %,d | %,d | %,d | %,d | %d | %.2f | %d | %.1f | %s | %.1f | %.1f |%n",
        night,
        released.export().name(),
        cost.published(),
        cost.rolledUp(),
        cost.withheld(),
        cost.staleness().cellsWaiting(),
        cost.staleness().longestDays(),
        cost.meanError(),
        cost.largestError(),
        PERCENT * cost.representedShare(),
        size(),
        released.times().making(),
        released.times().judging());
  }

  private String size() {
    String memory = lake.layout().releaseMemory(ACME);
    Set<String> live = new TableUpkeep(spark, lake).live(memory);
    long bytes =
        lake.objects().everything(memory).stream()
            .filter(object -> live.contains(object.uri()))
            .mapToLong(StoredObject::bytes)
            .sum();
    return String.format(
        Locale.ROOT,
        "%,d | %.1f | %d",
        lake.tables().read(memory).count(),
        bytes / MEGABYTE,
        live.size());
  }

  private void fold(int nights) {
    String before = size();
    Stopwatch watch = Stopwatch.start();
    new MemoryFold(lake, lake.layout().releaseMemory(ACME))
        .carryOut(date(nights - nights / 2), Map.of());
    System.out.printf(
        Locale.ROOT,
        "Folded to the last %d nights in %.1f s; rows, MB and files before: %s, after: %s%n",
        nights / 2,
        watch.seconds(),
        before,
        size());
  }

  /** The tables of a night. */
  private void write(int night) {
    Dataset<Row> persons = persons(night);
    put(Profiles.NAME, persons, base.schema(), List.of(), night);
    Dataset<Row> traits =
        persons.select(
            col("person_key"),
            drawn("'spend'", night, 5_000_000).divide(100).cast("decimal(22,2)").as("spend_90d"));
    put("traits", traits, traits.schema(), List.of(), night);
    List<Column> in = new ArrayList<>();
    for (int i = 0; i < SEGMENTS; i++) {
      in.add(org.apache.spark.sql.functions.when(member(i, night), codes.get(i)));
    }
    Dataset<Row> members =
        persons
            .select(
                lit(date(night)).as(Memberships.BUSINESS_DATE.name()),
                col("person_key"),
                org.apache
                    .spark
                    .sql
                    .functions
                    .array_compact(org.apache.spark.sql.functions.array(in.toArray(Column[]::new)))
                    .as(Memberships.SEGMENTS.name()))
            .filter("size(segments) > 0")
            .withColumn(
                Memberships.SINCE.name(), expr("array_repeat(business_date, size(segments))"));
    put(
        Memberships.NAME,
        members,
        Memberships.SCHEMA,
        List.of(Memberships.BUSINESS_DATE.name()),
        night);
  }

  private Dataset<Row> persons(int night) {
    List<Column> columns = new ArrayList<>();
    for (String name : base.columns()) {
      boolean moves = List.of("place", "demographics").contains(name);
      columns.add(
          moves
              ? expr("if(number is null, %1$s, `new %1$s`)".formatted(name)).as(name)
              : col(name));
    }
    return base.filter(
            "pmod(xxhash64(person_key, 'comes'), 1000) not between %d and 60".formatted(night + 1))
        .filter("pmod(xxhash64(person_key, 'goes'), 1000) not between 1 and %d".formatted(night))
        .withColumn(
            "to",
            expr(
                ("if(pmod(xxhash64(person_key, 'moves'), 2000) between 1 and %d,"
                        + " pmod(xxhash64(person_key, 'to'), %d), -1)")
                    .formatted(night, PLACES)))
        .join(broadcast(places), col("to").equalTo(col("number")), "left") // n:1
        .select(columns.toArray(Column[]::new));
  }

  private static Column member(int i, int night) {
    if (i % 5 == 4) {
      return member(i - 1, night).and(expr("coalesce(place.tier = 'metro', false)"));
    }
    return drawn("'s%d'".formatted(i), night, (int) PERCENT).lt(2 * (1 + i));
  }

  /** A number below {@code of} that stays the person's for so many nights. */
  private static Column drawn(String what, int night, int of) {
    return expr(
        "pmod(xxhash64(person_key, %1$s, floor((%2$d + pmod(xxhash64(person_key, %1$s), %3$d)) / %3$d)), %4$d)"
            .formatted(what, night, REDRAWN_EVERY, of));
  }

  private void put(String table, Dataset<Row> rows, StructType schema, List<String> by, int night) {
    String path = lake.layout().table(ACME, table);
    lake.tables().declare(path, schema, by);
    lake.tables()
        .overwrite(
            path,
            rows,
            Commit.of(
                Map.of(
                    "stage",
                    "segment",
                    "date",
                    date(night).toString(),
                    "run",
                    date(night) + "-1")));
  }
}
