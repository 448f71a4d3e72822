package com.segumento.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Client;
import com.segumento.config.Client.Instruction;
import com.segumento.config.Platform;
import com.segumento.config.Segments;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.RetentionLedger;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.Events;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Quarantine;
import com.segumento.model.ReleaseMemory;
import com.segumento.model.Retentions;
import com.segumento.ops.Progress;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ExpiryTest {
  private static final LocalDate DATE = LocalDate.parse("2026-03-10");
  private static final Instant NOW = Instant.parse("2026-03-10T03:00:00Z");
  private static final StructType EVENTS =
      Field.schema(Persons.PERSON_KEY, Events.EVENT_DATE, Events.DROP_DATE, Events.DROP_ID);

  private final SparkSession spark = SparkExtension.session();
  private final ClientId acme = new ClientId("acme");
  private Lake lake;

  @BeforeEach
  void lake(@TempDir Path directory) {
    lake = Lake.open(spark, directory.toUri().toString());
  }

  @Test
  void keepsTheLastDayOfEachWindowAndDeletesTheDayBefore() {
    // Events stay 30 days, drops 7, releases 90, quarantine 14.
    for (String day : List.of("2026-02-07", "2026-02-08", "2026-03-10")) {
      events(day);
    }
    for (String day : List.of("2026-03-02", "2026-03-03")) {
      lake.objects()
          .write(lake.layout().landing(acme, "orders", LocalDate.parse(day)) + "/a/0", "x");
    }
    for (String day : List.of("2025-12-09", "2025-12-10")) {
      lake.objects()
          .write(lake.layout().release(acme, "told", LocalDate.parse(day), day + "-1") + "/f", "x");
    }
    lake.objects().write(lake.layout().requestQueue(acme) + "/dt=2025-01-01/r/t.csv", "token");
    quarantine("2026-02-23", "2026-02-24");
    List<String> before = names();

    assertThat(expiry(null, false, NOW).plan(false).due())
        .extracting(Expired::says)
        .containsExactlyInAnyOrder(
            "landing/acme/orders/dt=2026-03-02 (1 objects)",
            "exports/acme/told/dt=2025-12-09 (1 objects)",
            "rows of clients/acme/tables/orders whose event_date is before 2026-02-08",
            "rows of clients/acme/quarantine/orders whose drop_date is before 2026-02-24");
    assertThat(names()).isEqualTo(before);

    assertThat(carryOut(expiry(null, false, NOW))).isEqualTo(4);

    assertThat(dates("tables/orders", Events.EVENT_DATE))
        .containsExactly("2026-02-08", "2026-03-10");
    assertThat(dates("quarantine/orders", Quarantine.DROP_DATE)).containsExactly("2026-02-24");
    assertThat(names())
        .noneMatch(name -> name.contains("2026-03-02") || name.contains("2025-12-09"))
        .noneMatch(name -> name.contains("event_date=2026-02-07"))
        .anyMatch(name -> name.contains("dt=2026-03-03"))
        .anyMatch(name -> name.contains("dt=2025-12-10"))
        .anyMatch(name -> name.contains("_requests/dt=2025-01-01"));
    assertThat(expiry(null, false, NOW).plan(false).isEmpty()).isTrue();
    assertThat(events()).containsOnly("DONE").hasSize(4);
  }

  @Test
  void deletesADatasetOnTheDayTheClientSays() {
    for (String day : List.of("2026-03-09", "2026-03-10", "2026-03-11")) {
      events(day);
      lake.objects()
          .write(lake.layout().landing(acme, "orders", LocalDate.parse(day)) + "/a/0", "x");
      lake.objects()
          .write(lake.layout().landing(acme, "visits", LocalDate.parse(day)) + "/a/0", "x");
    }
    quarantine("2026-03-10", "2026-03-11");
    assertThat(expiry(new Instruction("orders", DATE.plusDays(1))).plan(false).isEmpty()).isTrue();

    Expiry onTheDay = expiry(new Instruction("orders", DATE));
    assertThat(onTheDay.plan(true).held()).hasSize(4);
    assertThat(carryOut(onTheDay)).isEqualTo(5);

    assertThat(dates("tables/orders", Events.EVENT_DATE)).containsExactly("2026-03-11");
    assertThat(dates("quarantine/orders", Quarantine.DROP_DATE)).containsExactly("2026-03-11");
    assertThat(names())
        .filteredOn(name -> name.startsWith("landing/"))
        .containsExactly(
            "landing/acme/orders/dt=2026-03-11/a/0",
            "landing/acme/visits/dt=2026-03-09/a/0",
            "landing/acme/visits/dt=2026-03-10/a/0",
            "landing/acme/visits/dt=2026-03-11/a/0");
    assertThat(expiry(new Instruction("orders", DATE)).plan(false).isEmpty()).isTrue();
  }

  @Test
  void foldsTheReleaseMemoryOnceAWeekAtMost() {
    String path = lake.layout().releaseMemory(acme);
    lake.tables().declare(path, ReleaseMemory.SCHEMA, List.of());
    // Of 400 days before 2026-03-10 the first is 2025-02-03.
    remember(path, "young", "2024-06-01", "2025-01-27");
    assertThat(expiry(null, false, NOW).plan(false).isEmpty()).isTrue();
    remember(path, "old", "2024-06-01", "2025-01-26");
    Expiry expiry = expiry(null, false, NOW);
    assertThat(expiry.plan(false).due())
        .extracting(Expired::says)
        .containsExactly(
            "sets of persons in clients/acme/release_memory that were replaced before 2025-02-03");
    carryOut(expiry);
    assertThat(lake.tables().read(path).select("cell", "release").collectAsList())
        .containsExactlyInAnyOrder(RowFactory.create("young", 2L), RowFactory.create("old", 2L));
    assertThat(events()).containsExactly("DONE");
    assertThat(expiry(null, false, NOW).plan(false).isEmpty()).isTrue();
  }

  /** Whoever gives a date would choose what is forgotten. */
  @Test
  void aDateThatLiesAheadFoldsNothing() {
    String path = lake.layout().releaseMemory(acme);
    lake.tables().declare(path, ReleaseMemory.SCHEMA, List.of());
    remember(path, "cell", "2998-01-01", "2998-01-02");
    Workspace ahead = workspace(LocalDate.parse("3003-01-01"), null, false);
    assertThat(new Expiry(ahead, RetentionLedger.open(spark, lake), NOW).plan(false).isEmpty())
        .isTrue();
  }

  /** One person who gives way to another on the second day. */
  private void remember(String path, String cell, String first, String second) {
    BigDecimal none = BigDecimal.ZERO.setScale(6);
    List<Row> rows = new ArrayList<>();
    rows.add(changed(cell, "a", 1, 1, first, none));
    rows.add(changed(cell, "a", -1, 2, second, none));
    rows.add(changed(cell, "b", 1, 2, second, none));
    lake.tables()
        .append(
            path,
            spark.createDataFrame(rows, ReleaseMemory.SCHEMA).coalesce(1),
            Commit.of(Map.of()));
  }

  private static Row changed(
      String cell, String person, int change, long release, String day, BigDecimal share) {
    return RowFactory.create(
        "s",
        "a",
        cell,
        "persons",
        person.getBytes(UTF_8),
        share,
        change,
        release,
        Date.valueOf(day));
  }

  @Test
  void whatNoFolderDatesIsOfTheDayItWasPutThere() throws IOException {
    for (String path :
        List.of(
            "landing/acme/orders/dt=2026-13-45/a.csv", // no date
            "landing/acme/notes.txt",
            "landing/acme/_requests/killed/tokens.csv",
            "exports/acme/_full/final/manifest.json",
            "exports/acme/_full/final/tables/orders/part.parquet",
            "exports/acme/_full/newer/tables/orders/part.parquet")) {
      put(path, path.startsWith("exports") ? "2025-12-09T23:59:59Z" : "2026-03-02T23:59:59Z");
    }
    for (String path :
        List.of(
            "landing/acme/orders/notes.txt",
            "landing/acme/_requests/coming/tokens.csv",
            "exports/acme/_full/newer/manifest.json")) {
      put(path, path.startsWith("exports") ? "2025-12-10T00:00:00Z" : "2026-03-03T00:00:00Z");
    }
    put("landing/acme/_requests/whole/tokens.csv", "2026-01-01T00:00:00Z");
    put("landing/acme/_requests/whole/_MANIFEST.json", "2026-01-01T00:00:00Z");

    assertThat(expiry(null, false, NOW).plan(false).due())
        .extracting(Expired::subject)
        .containsExactlyInAnyOrder(
            "landing/acme/orders/dt=2026-13-45/a.csv",
            "landing/acme/notes.txt",
            "landing/acme/_requests/killed/tokens.csv",
            "exports/acme/_full/final");
    assertThat(carryOut(expiry(null, false, NOW))).isEqualTo(5);
    assertThat(names()).filteredOn(name -> !name.startsWith("ops/")).hasSize(6);
  }

  private void put(String path, String time) throws IOException {
    lake.objects().write(lake.layout().root() + "/" + path, "x");
    Files.setLastModifiedTime(
        Path.of(URI.create(lake.layout().root())).resolve(path),
        FileTime.from(Instant.parse(time)));
  }

  @Test
  void aLegalHoldKeepsOlderVersions() {
    events("2026-03-09");
    events("2026-03-10");
    lake.tables()
        .overwrite(
            lake.layout().table(acme, "orders"),
            lake.tables().read(lake.layout().table(acme, "orders")).limit(1),
            Commit.of(Map.of()));
    Upkeep upkeep = new Upkeep(workspace(null, false), Instant.now().plus(30, ChronoUnit.DAYS));
    assertThat(upkeep.due(false)).containsExactly("clients/acme/tables/orders");
    assertThat(upkeep.due(true)).isEmpty();
  }

  @Test
  void deletesWhatItAnnouncedOnceTheNoticeIsOver() {
    lake.objects().write(lake.layout().landing(acme, "orders", DATE.minusDays(20)) + "/a/0", "x");
    Instant announced = Instant.now();
    assertThat(carryOut(expiry(48, false, announced))).isZero();
    assertThat(events()).containsExactly("ANNOUNCED");
    // The ledger says when it was written, which is after the run began.
    Instant over =
        lake.tables()
            .read(lake.layout().ops(Retentions.NAME))
            .select(Retentions.AT.col())
            .first()
            .getTimestamp(0)
            .toInstant()
            .plus(48, ChronoUnit.HOURS);
    assertThat(expiry(48, false, over.minusMillis(1)).plan(false).isEmpty()).isTrue();
    assertThat(carryOut(expiry(48, false, over))).isEqualTo(1);
    assertThat(events()).containsExactlyInAnyOrder("ANNOUNCED", "DONE");
    assertThat(names()).noneMatch(name -> name.startsWith("landing/"));
  }

  @Test
  void aLegalHoldKeepsEverythingAndTheLedgerSaysSo() {
    lake.objects().write(lake.layout().landing(acme, "orders", DATE.minusDays(20)) + "/a/0", "x");
    List<String> before = names();
    Expiry expiry = expiry(null, true, NOW);
    assertThat(expiry.carryOut(expiry.plan(true))).isZero();
    assertThat(names()).containsAll(before);
    assertThat(events()).containsExactly("HELD");
  }

  private static long carryOut(Expiry expiry) {
    return expiry.carryOut(expiry.plan(false));
  }

  private Expiry expiry(Instruction instruction) {
    return new Expiry(workspace(null, false, instruction), RetentionLedger.open(spark, lake), NOW);
  }

  private Expiry expiry(Integer noticeHours, boolean hold, Instant now) {
    return new Expiry(workspace(noticeHours, hold), RetentionLedger.open(spark, lake), now);
  }

  private Workspace workspace(Integer noticeHours, boolean hold, Instruction... instructions) {
    return workspace(DATE, noticeHours, hold, instructions);
  }

  private Workspace workspace(
      LocalDate date, Integer noticeHours, boolean hold, Instruction... instructions) {
    Client client =
        new Client(
            "acme",
            new Client.Agreement("A", DATE.minusYears(1), DATE, "in", null, false, false),
            new Client.Keys("acme.person.key", null),
            List.of(),
            null,
            null,
            null,
            new Client.Retention(30, 14, 7, 90, 0, noticeHours, hold, List.of(instructions)));
    return new Workspace(
        spark,
        lake,
        new Secrets(new Configuration(false)),
        new Platform("x", Map.of(), new Platform.PrivacyFloor(2, 2, 2, 400), 365, List.of()),
        client,
        Segments.NONE,
        date,
        date + "-1",
        Path.of("."),
        Progress.SILENT);
  }

  private void events(String day) {
    String path = lake.layout().table(acme, "orders");
    lake.tables().declare(path, EVENTS, List.of(Events.EVENT_DATE.name()));
    Row row =
        RowFactory.create(day.repeat(4).getBytes(UTF_8), Date.valueOf(day), Date.valueOf(day), "d");
    lake.tables()
        .append(path, spark.createDataFrame(List.of(row), EVENTS), Commit.of(Map.of("date", day)));
  }

  private void quarantine(String... days) {
    String path = lake.layout().quarantine(acme, "orders");
    lake.tables().declare(path, Quarantine.SCHEMA, List.of());
    List<Row> rows =
        Stream.of(days)
            .map(
                day ->
                    RowFactory.create(
                        "d", Date.valueOf(day), "f", new String[] {"malformed"}, null, null))
            .toList();
    lake.tables()
        .append(
            path, spark.createDataFrame(rows, Quarantine.SCHEMA).coalesce(1), Commit.of(Map.of()));
  }

  private List<String> dates(String table, Field column) {
    return lake
        .tables()
        .read(lake.layout().client(acme) + "/" + table)
        .select(column.col().cast("string"))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private List<String> events() {
    return lake
        .tables()
        .read(lake.layout().ops(Retentions.NAME))
        .filter(Retentions.EVENT.col().notEqual("BEGUN"))
        .select(Retentions.EVENT.col())
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    lake.objects()
        .list(lake.layout().root())
        .forEach(object -> names.add(lake.layout().relative(object.uri())));
    return names;
  }
}
