package com.segumento.ingest;

import static com.segumento.ingest.DropYard.DAY;
import static com.segumento.ingest.DropYard.person;
import static com.segumento.ingest.DropYard.token;
import static com.segumento.ingest.Orders.HEADER;
import static com.segumento.ingest.Orders.drops;
import static com.segumento.ingest.Orders.order;
import static com.segumento.ingest.Orders.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.model.DataContractException;
import com.segumento.ops.StageReport;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class IngestStageTest {
  @TempDir Path directory;

  @Test
  void ingestsOnceWhatIsRepeated(SparkSession spark) {
    DropYard yard = twoDrops(spark);
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
    assertThat(yard.lake.tables().schema(table).fieldNames())
        .containsExactly(
            "person_key", "at", "kind", "amount", "note", "event_date", "drop_date", "drop_id");
  }

  @Test
  void takesInWhatIsLateOrCorrected(SparkSession spark) {
    DropYard yard = twoDrops(spark);
    yard.run();
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
    assertThat(drops(yard)).containsExactly("c1", "d2", "d2", "late");
    refusesACorrectionOfNothing(yard);
  }

  private static void refusesACorrectionOfNothing(DropYard yard) {
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
    assertThat(drops(yard)).containsExactly("c1", "d2", "d2", "late");
  }

  private DropYard twoDrops(SparkSession spark) {
    DropYard yard = new DropYard(spark, directory, DropYard.orders(Format.CSV, 0.4));
    yard.drop("orders", DAY.minusDays(1), "d1")
        .file("0.csv", 1, HEADER + order(1, "1", "x"))
        .complete();
    yard.drop("orders", DAY, "d2")
        .file("0.csv", 3, HEADER + order(2, "2", "x") + order(2, "2", "x") + order(3, "2", "x"))
        .complete();
    return yard;
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
    assertThat(drops(yard)).containsExactly("d1");

    // The table's commit is what counts: until then the drop may even come with other content.
    spark.sql("ALTER TABLE delta.`" + path + "` DROP CONSTRAINT fault");
    yard.drop("orders", DAY, "d2")
        .file("0.csv", 3, HEADER + order(2, "-5", "x") + order(3, "3", "y") + order(4, "3", "y"))
        .complete();
    yard.run();
    yard.run();
    assertThat(drops(yard)).containsExactly("d1", "d2", "d2");
    assertThat(yard.texts(yard.quarantine("orders"), "values['amount']")).containsExactly("-5");
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
                + customer("f", 1, "2026-03-05", 30)
                + customer("f", 1, "2026-03-07", 31)
                + customer("f", 1, "2026-03-07", 29)
                + customer("m", 2, "2026-03-05", 40))
        .complete();
    assertThat(yard.run().counts())
        .containsEntry("rows_ingested", 2L)
        .containsEntry("rows_duplicate", 2L);
    yard.drop("customers", DAY.minusDays(2), "late")
        .file(
            "0.csv",
            3,
            header
                + customer("f", 1, "2026-03-06", 50)
                + customer("m", 2, "2026-03-06 10:00:00", 41)
                + customer("m", 3, "2026-03-01", 20))
        .complete();
    yard.run();
    yard.run();
    assertThat(people(yard))
        .containsExactlyInAnyOrder(hex(1) + " 31 d1", hex(2) + " 41 late", hex(3) + " 20 late");
  }

  private static String customer(String gender, int person, String changed, int age) {
    return String.join(",", gender, token(person), changed, age + "\n");
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
    return yard.texts(
        yard.table("customers"), "lower(hex(person_key)) || ' ' || age || ' ' || drop_id");
  }

  private static String hex(int person) {
    return HexFormat.of().formatHex(person(person));
  }
}
