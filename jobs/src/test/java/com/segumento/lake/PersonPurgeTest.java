package com.segumento.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.PersonPurge.Purged;
import com.segumento.lake.ProofScan.Looked;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.ReleaseMemory;
import com.segumento.model.Sha256;
import com.segumento.model.Vault;
import com.segumento.testkit.Eavesdropper;
import com.segumento.testkit.SparkExtension;
import com.segumento.udf.PersonKey;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonPurgeTest {
  private static final byte[] SECRET = "a key of at least sixteen bytes".getBytes(UTF_8);
  private static final Field DAY = Field.required("day", DataTypes.DateType);
  private static final Field AMOUNT = Field.required("amount", DataTypes.IntegerType);
  private static final StructType EVENTS = Field.schema(Persons.PERSON_KEY, AMOUNT, DAY);
  private static final Map<String, String> NOTE = Map.of("purge", "a run");

  private final SparkSession spark = SparkExtension.session();
  private final Dataset<Row> erased = persons(IntStream.of(3, 4));
  private String root;
  private Lake lake;

  @BeforeAll
  void lake(@TempDir java.nio.file.Path folder) {
    root = "file:" + folder;
    lake = Lake.open(spark, root);
  }

  @Test
  void takesPersonsOutOfTheFilesTheyAreInAndLeavesOthersAlone() throws TimeoutException {
    String events = root + "/clients/acme/tables/events";
    declare(events, EVENTS, Map.of());
    // Persons 0 to 9 on two days; on the third day only persons 5 to 9.
    append(events, rows(0, 10, "2026-03-01"), "first");
    append(events, rows(0, 10, "2026-03-02"), "second");
    append(events, rows(5, 10, "2026-03-03"), "third");
    List<StoredObject> ofTheThird =
        lake.objects().list(events + "/day=2026-03-03").stream().toList();

    Purged done;
    List<String> plans;
    try (Eavesdropper ears = new Eavesdropper(spark)) {
      done = new PersonPurge(spark, lake).delete(events, erased, NOTE);
      plans = ears.plans(") Scan parquet");
    }
    assertThat(plans)
        .as("each job reads the table once, and joins by key")
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(plan -> plan.contains("BroadcastHashJoin"))
        .noneMatch(plan -> plan.contains("NestedLoopJoin") || plan.contains("CartesianProduct"))
        .allMatch(plan -> plan.split("\\) Scan parquet", -1).length == 2);
    assertThat(plans)
        .as("only what is written anew is read with all columns")
        .filteredOn(plan -> !plan.contains("ReadSchema: struct<person_key:binary>"))
        .isNotEmpty()
        .allMatch(plan -> plan.contains("Writing modified data"));

    assertThat(done).isEqualTo(new Purged(3, 4, 4));
    assertThat(numbers(lake.tables().read(events))).doesNotContain(3, 4).hasSize(21);
    assertThat(lake.objects().list(events + "/day=2026-03-03")).isEqualTo(ofTheThird);
    assertThat(lake.tables().history(events).newestNote())
        .isEqualTo(Map.of("date", "third", "purge", "a run"));
    assertThat(hits(events)).hasSize(2).allMatch(uri -> uri.endsWith(".parquet"));

    upkeep()
        .unused(events, Duration.ZERO, later())
        .forEach(file -> lake.objects().delete(file.uri()));
    assertThat(hits(events)).isEmpty();
    // What was not deleted is still there in older versions.
    assertThat(numbers(lake.tables().read(events, 3).filter(DAY.col().equalTo("2026-03-03"))))
        .containsExactlyInAnyOrder(5, 6, 7, 8, 9);
    assertThat(new PersonPurge(spark, lake).delete(events, erased, NOTE))
        .isEqualTo(new Purged(4, 4, 0));
  }

  @Test
  void hindersNeitherReadersNorWritersAndLosesNothingOfTheirs() throws Exception {
    String shared = root + "/clients/acme/tables/shared";
    declare(shared, EVENTS, Map.of());
    append(shared, rows(0, 10, "2026-03-01"), "first");
    ExecutorService others = Executors.newFixedThreadPool(2);
    CountDownLatch begun = new CountDownLatch(2);
    AtomicBoolean over = new AtomicBoolean();
    try {
      // In sessions of their own, as other processes: one writes and erases somebody else.
      Future<?> writer =
          others.submit(
              () -> {
                SparkSession own = Sessions.another(spark);
                Lake theirs = Lake.open(own, root);
                begun.countDown();
                theirs
                    .tables()
                    .append(shared, rows(20, 21, "2026-03-02"), Commit.of(Map.of("date", "2")));
                new PersonPurge(own, theirs).delete(shared, persons(IntStream.of(5)), NOTE);
                theirs
                    .tables()
                    .append(shared, rows(21, 22, "2026-03-01"), Commit.of(Map.of("date", "3")));
              });
      Future<Integer> reader =
          others.submit(
              () -> {
                Lake theirs = Lake.open(Sessions.another(spark), root);
                int reads = 0;
                begun.countDown();
                do {
                  assertThat(numbers(theirs.tables().read(shared)))
                      .contains(0, 1, 2, 6, 7, 8, 9)
                      .doesNotHaveDuplicates();
                  reads++;
                } while (!over.get());
                return reads;
              });
      begun.await();
      new PersonPurge(spark, lake).delete(shared, erased, NOTE);
      writer.get();
      over.set(true);
      assertThat(reader.get()).isPositive();
    } finally {
      over.set(true);
      others.shutdownNow();
    }
    assertThat(numbers(lake.tables().read(shared)))
        .containsExactlyInAnyOrder(0, 1, 2, 6, 7, 8, 9, 20, 21);
  }

  @Test
  void uncoversWhatDeletionVectorsHide() {
    String hidden = root + "/clients/acme/tables/hidden";
    declare(hidden, EVENTS, Map.of("delta.enableDeletionVectors", "true"));
    append(hidden, rows(0, 2_000, "2026-03-01"), "first");
    io.delta.tables.DeltaTable.forPath(spark, hidden).delete(AMOUNT.col().equalTo(3));
    assertThat(new DeltaFiles(spark, lake.objects(), hidden).hidesRows()).isTrue();

    new PersonPurge(spark, lake).delete(hidden, erased, NOTE);
    upkeep()
        .unused(hidden, Duration.ZERO, later())
        .forEach(file -> lake.objects().delete(file.uri()));

    assertThat(hits(hidden)).isEmpty();
    assertThat(numbers(lake.tables().read(hidden))).hasSize(1_998);
  }

  @Test
  void cutsALogThatSaysWhoWasThere() {
    String careless = root + "/clients/acme/tables/careless";
    StructType schema =
        Field.schema(Persons.PERSON_KEY, Field.required("token", DataTypes.StringType));
    // Statistics, change data, and checkpoints in parts: none of which our tables have.
    declare(
        careless,
        schema,
        Map.of(
            "delta.dataSkippingNumIndexedCols",
            "2",
            "delta.enableChangeDataFeed",
            "true",
            "delta.checkpointPolicy",
            "v2"));
    Dataset<Row> rows =
        spark.createDataFrame(
            IntStream.range(0, 5).mapToObj(i -> RowFactory.create(key(i), token(i))).toList(),
            schema);
    append(careless, rows.coalesce(1), "first");
    io.delta.tables.DeltaTable.forPath(spark, careless).delete(col("token").equalTo(token(4)));
    DeltaLog log = DeltaLog.forTable(spark, new org.apache.hadoop.fs.Path(careless));
    log.checkpoint(log.update(false, Option.empty(), Option.empty()), Option.empty());
    new PersonPurge(spark, lake).delete(careless, erased, NOTE);
    assertThat(hits(careless))
        .anyMatch(uri -> uri.contains("/_change_data/"))
        .anyMatch(uri -> uri.contains("/_delta_log/_sidecars/"))
        .anyMatch(uri -> uri.endsWith("1.json")); // whose statistics shorten tokens
    upkeep()
        .unused(careless, Duration.ZERO, later())
        .forEach(file -> lake.objects().delete(file.uri()));
    assertThat(hits(careless)).isNotEmpty().allMatch(uri -> uri.contains("/_delta_log/"));

    upkeep().cutLog(careless, NOTE);

    assertThat(hits(careless)).isEmpty();
    assertThat(lake.tables().read(careless).select("token").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(token(0), token(1), token(2));
  }

  @Test
  void forgetsWhoItWasAndGoesOnCounting() {
    String memory = root + "/clients/acme/release_memory";
    declare(memory, ReleaseMemory.SCHEMA, Map.of("delta.dataSkippingNumIndexedCols", "0"));
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 6; person++) {
      for (String cell : List.of("{\"a\":\"1\"}", "{\"a\":\"2\"}")) {
        rows.add(remembered(person, cell, ReleaseMemory.PERSONS, 1, 0));
        rows.add(remembered(person, cell, "sum of spend", 1, 0));
      }
    }
    rows.add(remembered(3, "{\"a\":\"1\"}", ReleaseMemory.PERSONS, -1, 1));
    append(memory, spark.createDataFrame(rows, ReleaseMemory.SCHEMA), "first");

    Purged done = new PersonPurge(spark, lake).forget(memory, erased, NOTE);

    assertThat(done.rows()).isEqualTo(9);
    List<Row> ghosts = lake.tables().read(memory).filter("length(person_key) = 16").collectAsList();
    assertThat(ghosts).hasSize(9);
    // One in each cell, the same in all rows of a cell, and no two alike.
    assertThat(
            lake.tables()
                .read(memory)
                .filter("length(person_key) = 16")
                .groupBy("person_key")
                .agg(
                    org.apache.spark.sql.functions.countDistinct("cell").as("cells"),
                    org.apache.spark.sql.functions.count("figure").as("rows"))
                .collectAsList())
        .extracting(row -> row.getLong(1) + " " + row.getLong(2))
        .containsExactlyInAnyOrder("1 3", "1 2", "1 2", "1 2");
    upkeep()
        .unused(memory, Duration.ZERO, later())
        .forEach(file -> lake.objects().delete(file.uri()));
    assertThat(hits(memory)).isEmpty();
  }

  @Test
  void expiresTheLogOfOldVersionsAndKeepsTheNewer() throws Exception {
    String aged = root + "/clients/acme/tables/aged";
    declare(aged, EVENTS, Map.of());
    for (int version = 1; version <= 4; version++) {
      append(aged, rows(version, version + 1, "2026-03-01"), "v" + version);
    }
    Instant now = Instant.now();
    for (StoredObject object : lake.objects().list(aged)) {
      if (object.uri().matches(".*0000[012]\\.json")) {
        java.nio.file.Files.setLastModifiedTime(
            java.nio.file.Path.of(java.net.URI.create(object.uri())),
            java.nio.file.attribute.FileTime.from(now.minus(10, ChronoUnit.DAYS)));
      }
    }
    assertThat(upkeep().expireLog(aged, Duration.ofDays(30), now)).isZero();
    assertThat(upkeep().expireLog(aged, Duration.ofDays(7), now)).isPositive();
    assertThat(numbers(lake.tables().read(aged))).containsExactlyInAnyOrder(1, 2, 3, 4);
    assertThat(lake.tables().version(aged)).isEqualTo(4);
  }

  private TableUpkeep upkeep() {
    return new TableUpkeep(spark, lake);
  }

  private static Instant later() {
    return Instant.now().plusSeconds(60);
  }

  private List<String> hits(String path) {
    return new ProofScan(spark)
        .look(lake.objects().everything(path), Needles.of(erased)).stream()
            .filter(each -> !each.clean())
            .map(Looked::uri)
            .toList();
  }

  private void declare(String path, StructType schema, Map<String, String> properties) {
    List<String> by =
        Arrays.asList(schema.fieldNames()).contains(DAY.name()) ? List.of(DAY.name()) : List.of();
    lake.tables().declare(path, schema, by, properties);
  }

  private void append(String path, Dataset<Row> rows, String date) {
    lake.tables().append(path, rows, Commit.of(Map.of("date", date)));
  }

  private Dataset<Row> rows(int from, int until, String day) {
    return spark
        .createDataFrame(
            IntStream.range(from, until)
                .mapToObj(i -> RowFactory.create(key(i), i, Date.valueOf(day)))
                .toList(),
            EVENTS)
        .coalesce(1);
  }

  private static Row remembered(int person, String cell, String figure, int change, long release) {
    return RowFactory.create(
        "a@0",
        "segment",
        cell,
        figure,
        key(person),
        BigDecimal.ZERO.setScale(6),
        change,
        release,
        Date.valueOf("2026-03-01"));
  }

  private List<Integer> numbers(Dataset<Row> rows) {
    return rows.select(AMOUNT.col()).collectAsList().stream().map(row -> row.getInt(0)).toList();
  }

  private Dataset<Row> persons(IntStream numbers) {
    return spark.createDataFrame(
        numbers.mapToObj(i -> RowFactory.create(key(i), token(i).getBytes(UTF_8))).toList(),
        Vault.SCHEMA);
  }

  // Of persons 0 to 3 the last one has the greatest.
  private static String token(int number) {
    return Sha256.hex("d" + number);
  }

  private static byte[] key(int number) {
    return PersonKey.of(SECRET, token(number));
  }
}
