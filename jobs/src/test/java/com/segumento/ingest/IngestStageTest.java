package com.segumento.ingest;

import static com.segumento.ingest.DropYard.DAY;
import static com.segumento.ingest.DropYard.gzip;
import static com.segumento.ingest.DropYard.person;
import static com.segumento.ingest.DropYard.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.model.DataContractException;
import com.segumento.model.Events;
import com.segumento.ops.StageReport;
import com.segumento.testkit.SparkExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class IngestStageTest {
  private static final String HEADER = "who,at,kind,amount,note\n";

  @TempDir Path directory;

  @Test
  void refusesEachBrokenDropAsAWholeAndIngestsTheOthers(SparkSession spark) {
    DropYard yard = new DropYard(spark, directory, DropYard.orders(Format.CSV, 0.4));
    String two = HEADER + order(1, "1.50", "a") + order(2, "2.50", "b");
    yard.drop("orders", DAY, "a-good").file("part/0.csv", 2, two).complete();
    byte[] whole = gzip(two.repeat(50));
    yard.drop("orders", DAY, "b-truncated")
        .file("0.csv.gz", 100, Arrays.copyOf(whole, whole.length / 2))
        .complete();
    yard.drop("orders", DAY, "c-sum")
        .file("0.csv", 2, two)
        .complete("\"sha256\": \"", "\"sha256\": \"0");
    var altered = yard.drop("orders", DAY, "d-altered").file("0.csv", 2, two);
    altered.complete();
    DropYard.write(
        altered.folder().resolve("0.csv"),
        two.replace("1.50", "9.50").getBytes(StandardCharsets.UTF_8));
    yard.drop("orders", DAY, "e-missing").file("0.csv", 2, two).listed("1.csv", 3).complete();
    var extra = yard.drop("orders", DAY, "f-extra").file("0.csv", 2, two);
    extra.complete();
    DropYard.write(extra.folder().resolve("a@example.com"), new byte[] {1});
    yard.drop("orders", DAY, "g-columns")
        .file("0.csv", 1, "who,at,kind,amount\n" + order(1, "1", "x"))
        .file("1.csv", 1, "who,at,kind,amount,note,colour\n" + order(1, "1", "x"))
        .file("2.csv", 1, "who,at,kind,amount,note,note\n" + order(1, "1", "x"))
        .file("3.csv", 1, order(1, "1", "x"))
        .complete();
    yard.drop("orders", DAY, "h-latin")
        .file("0.csv", 1, (HEADER + order(1, "1", "é")).getBytes(StandardCharsets.ISO_8859_1))
        .complete();
    yard.drop("orders", DAY, "i-empty").file("0.csv", 0, HEADER).complete();
    yard.drop("orders", DAY, "j-rows").file("0.csv", 3, two).complete();
    yard.drop("orders", DAY, "k-client").file("0.csv", 2, two).complete("\"acme\"", "\"other\"");
    yard.drop("orders", DAY, "l-client").file("0.csv", 2, two).complete("\"acme\"", "\"../acme\"");
    yard.drop("orders", DAY, "m-path").file("0.csv", 2, two).complete("0.csv", "../0.csv");
    yard.drop("orders", DAY, "n-date").file("0.csv", 2, two).complete("03-10", "03-09");
    yard.drop("orders", DAY, "o-share")
        .file("0.csv", 2, HEADER + order(1, "-1", "x") + order(2, "1", "y"))
        .complete();
    yard.drop("orders", DAY.plusDays(1), "p-later").file("0.csv", 2, two).complete();
    yard.drop("orders", DAY, "q-incomplete").file("0.csv", 2, two);

    StageReport.Builder report = StageReport.of("ingest");
    assertThatThrownBy(() -> yard.run(report))
        .isExactlyInstanceOf(DataContractException.class)
        .hasMessage(
            "Client acme: 14 drops were refused and nothing of them ingested."
                + refused(
                    "dt=2026-03-10/c-sum",
                    "the manifest lists a sha256 that is not 64 lower-case hexadecimal digits")
                + refused("dt=2026-03-10/k-client", "the manifest is of another client")
                + refused("dt=2026-03-10/l-client", "the manifest is of another client")
                + refused(
                    "dt=2026-03-10/m-path",
                    "the manifest lists a path that is not a plain one below the drop's folder")
                + refused(
                    "dt=2026-03-10/n-date", "the manifest's date is not the one of its folder")
                + refused("b-truncated", "file 0.csv.gz is truncated")
                + refused("d-altered", "file 0.csv has another sha256 than the manifest says")
                + refused("e-missing", "file 1.csv is missing")
                + refused("f-extra", "1 file is not in the manifest")
                + refused(
                    "g-columns",
                    "file 0.csv lacks note; file 1.csv has 1 columns the contract does not know;"
                        + " file 2.csv has twice note; file 3.csv lacks who, at, kind, amount, note;"
                        + " file 3.csv has 5 columns the contract does not know")
                + refused("h-latin", "file 0.csv is not UTF-8")
                + refused("i-empty", "it has 0 rows, min_rows is 1")
                + refused("j-rows", "file 0.csv has 2 rows, the manifest says 3")
                + refused("o-share", "1 of 2 rows break the contract, max_quarantined is 0.4")
                + " Have the client deliver again, under the same dropId if it likes.");

    assertThat(report.build().counts())
        .containsEntry("drops_ingested", 1L)
        .containsEntry("rows_ingested", 2L)
        .containsEntry("drops_refused", 14L);
    assertThat(drops(yard, "orders")).containsExactly("a-good", "a-good");
    assertThat(yard.lake.tables().exists(yard.quarantine("orders"))).isFalse();

    // A refused drop may come again under its own id.
    assertThat(new IngestStage().inputs(yard.workspace(DAY))).isPresent();
    yard.drop("orders", DAY, "j-rows").file("0.csv", 2, two).complete();
    assertThatThrownBy(yard::run).hasMessageContaining("13 drops were refused");
    assertThat(drops(yard, "orders")).containsExactly("a-good", "a-good", "j-rows", "j-rows");
  }

  @Test
  void ingestsOnceWhateverIsRepeatedLateOrCorrected(SparkSession spark) {
    DropYard yard = new DropYard(spark, directory, DropYard.orders(Format.CSV, 0.4));
    yard.drop("orders", DAY.minusDays(1), "d1")
        .file("0.csv", 1, HEADER + order(1, "1", "x"))
        .complete();
    yard.drop("orders", DAY, "d2")
        .file("0.csv", 3, HEADER + order(2, "2", "x") + order(2, "2", "x") + order(3, "2", "x"))
        .complete();
    StageReport first = yard.run();
    assertThat(first.counts())
        .containsEntry("rows_in", 4L)
        .containsEntry("rows_ingested", 3L)
        .containsEntry("rows_duplicate", 1L)
        .containsEntry("rows_quarantined", 0L)
        .containsEntry("drops_ingested", 2L)
        .containsEntry("drops_refused", 0L);
    String table = yard.table("orders");
    assertThat(yard.lake.tables().version(table)).as("two drops, one commit").isEqualTo(1);

    assertThat(new IngestStage().inputs(yard.workspace(DAY))).isEmpty();
    yard.drop("orders", DAY, "d2").file("0.csv", 1, HEADER + order(9, "9", "x")).complete();
    assertThat(yard.run().counts()).containsEntry("drops_altered", 1L).doesNotContainKey("rows_in");
    assertThat(yard.lake.tables().version(table)).isEqualTo(1);

    yard.drop("orders", DAY.minusDays(5), "late")
        .file("0.csv", 1, HEADER + order(4, "4", "x"))
        .complete();
    yard.drop("orders", DAY, "d1-again")
        .replaces("d1")
        .file("0.csv", 1, HEADER + order(5, "5", "x"))
        .complete();
    // A correction of a correction that is delivered with it, under an id that sorts before.
    yard.drop("orders", DAY, "c1")
        .replaces("d1-again")
        .file("0.csv", 1, HEADER + order(6, "6", "x"))
        .complete();
    yard.run();
    assertThat(drops(yard, "orders")).containsExactly("c1", "d2", "d2", "late");

    yard.drop("orders", DAY, "e1")
        .replaces("d1")
        .file("0.csv", 1, HEADER + order(7, "7", "x"))
        .complete();
    yard.drop("orders", DAY, "e2")
        .replaces("never")
        .file("0.csv", 1, HEADER + order(7, "7", "x"))
        .complete();
    assertThatThrownBy(yard::run)
        .hasMessage(
            "Client acme: 2 drops were refused and nothing of them ingested."
                + refused("e1", "it replaces d1, which was replaced already; name the newer one")
                + refused("e2", "it replaces never, which never came")
                + " Have the client deliver again, under the same dropId if it likes.");
    assertThat(drops(yard, "orders")).containsExactly("c1", "d2", "d2", "late");
    assertThat(yard.lake.tables().schema(table).fieldNames())
        .containsExactly(
            "person_key", "at", "kind", "amount", "note", "event_date", "drop_date", "drop_id");
  }

  @Test
  void endsAsIfItHadNotBeenKilledBetweenQuarantineAndTable(SparkSession spark) {
    DropYard yard = new DropYard(spark, directory, DropYard.orders(Format.CSV, 0.6));
    yard.drop("orders", DAY, "d1").file("0.csv", 1, HEADER + order(1, "1", "x")).complete();
    yard.run();
    yard.drop("orders", DAY, "d2")
        .file("0.csv", 2, HEADER + order(2, "-2", "x") + order(3, "3", "y"))
        .complete();
    String path = Path.of(java.net.URI.create(yard.table("orders"))).toString();
    spark.sql("ALTER TABLE delta.`" + path + "` ADD CONSTRAINT fault CHECK (note <> 'y')");
    assertThatThrownBy(yard::run).isNotInstanceOf(DataContractException.class);
    assertThat(yard.lake.tables().read(yard.quarantine("orders")).count()).isEqualTo(1);
    assertThat(drops(yard, "orders")).containsExactly("d1");

    // The table's commit is what counts: until then the drop may even come with other content.
    spark.sql("ALTER TABLE delta.`" + path + "` DROP CONSTRAINT fault");
    yard.drop("orders", DAY, "d2")
        .file("0.csv", 3, HEADER + order(2, "-5", "x") + order(3, "3", "y") + order(4, "3", "y"))
        .complete();
    yard.run();
    yard.run();
    assertThat(drops(yard, "orders")).containsExactly("d1", "d2", "d2");
    assertThat(
            yard.lake
                .tables()
                .read(yard.quarantine("orders"))
                .selectExpr("values['amount']")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("-5");
  }

  @Test
  void upsertsTheNewestRowOfAPerson(SparkSession spark) {
    DropYard yard = new DropYard(spark, directory, DropYard.customers(Mode.UPSERT, Format.CSV));
    String header = "gender,who,changed,age\n"; // by name, whatever the order
    yard.drop("customers", DAY, "d1")
        .file(
            "0.csv",
            4,
            header
                + "f,"
                + token(1)
                + ",2026-03-05,30\n"
                + "f,"
                + token(1)
                + ",2026-03-07,31\n"
                + "f,"
                + token(1)
                + ",2026-03-07,29\n"
                + "m,"
                + token(2)
                + ",2026-03-05,40\n")
        .complete();
    assertThat(yard.run().counts())
        .containsEntry("rows_ingested", 2L)
        .containsEntry("rows_duplicate", 2L);
    yard.drop("customers", DAY.minusDays(2), "late")
        .file(
            "0.csv",
            3,
            header
                + "f,"
                + token(1)
                + ",2026-03-06,50\n"
                + "m,"
                + token(2)
                + ",2026-03-06 10:00:00,41\n"
                + "m,"
                + token(3)
                + ",2026-03-01,20\n")
        .complete();
    yard.run();
    yard.run();
    assertThat(people(yard))
        .containsExactlyInAnyOrder(hex(1) + " 31 d1", hex(2) + " 41 late", hex(3) + " 20 late");
  }

  @Test
  void keepsTheNewestSnapshot(SparkSession spark) {
    DropYard yard = new DropYard(spark, directory, DropYard.customers(Mode.SNAPSHOT, Format.CSV));
    String header = "who,changed,age,gender\n";
    yard.drop("customers", DAY.minusDays(1), "s1")
        .file("0.csv", 1, header + token(1) + ",2026-03-05,30,f\n")
        .complete();
    yard.drop("customers", DAY, "s2")
        .file("0.csv", 1, header + token(2) + ",2026-03-05,30,f\n")
        .complete();
    assertThat(yard.run().counts())
        .containsEntry("drops_ingested", 2L)
        .containsEntry("rows_in", 1L);
    yard.drop("customers", DAY.minusDays(3), "s0")
        .file("0.csv", 1, header + token(3) + ",2026-03-05,30,f\n")
        .complete();
    yard.run();
    assertThat(people(yard)).containsExactly(hex(2) + " 30 s2");
    assertThat(new IngestStage().inputs(yard.workspace(DAY))).isEmpty();
    yard.drop("customers", DAY, "s3")
        .file("0.csv", 1, header + token(4) + ",2026-03-05,30,f\n")
        .complete();
    yard.run();
    assertThat(people(yard)).containsExactly(hex(4) + " 30 s3");
  }

  private static List<String> people(DropYard yard) {
    return yard
        .lake
        .tables()
        .read(yard.table("customers"))
        .selectExpr("lower(hex(person_key)) || ' ' || age || ' ' || drop_id")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static String hex(int person) {
    return HexFormat.of().formatHex(person(person));
  }

  private static List<String> drops(DropYard yard, String dataset) {
    return yard
        .lake
        .tables()
        .read(yard.table(dataset))
        .select(Events.DROP_ID.col().cast(DataTypes.StringType))
        .sort(Events.DROP_ID.col())
        .collectAsList()
        .stream()
        .map((Row row) -> row.getString(0))
        .toList();
  }

  private static String refused(String drop, String why) {
    return " orders, 2026-03-10, " + drop + ": " + why + ".";
  }

  private static String order(int person, String amount, String note) {
    return token(person) + ",2026-03-05T10:00:00Z,sale," + amount + "," + note + "\n";
  }
}
