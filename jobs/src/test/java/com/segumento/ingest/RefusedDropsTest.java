package com.segumento.ingest;

import static com.segumento.ingest.DropYard.DAY;
import static com.segumento.ingest.DropYard.gzip;
import static com.segumento.ingest.Orders.HEADER;
import static com.segumento.ingest.Orders.drops;
import static com.segumento.ingest.Orders.order;
import static com.segumento.ingest.Orders.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.DatasetContract.Format;
import com.segumento.model.DataContractException;
import com.segumento.ops.StageReport;
import com.segumento.testkit.SparkExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Drops that are broken as a whole, all in one landing. */
@ExtendWith(SparkExtension.class)
class RefusedDropsTest {
  private static final String TWO = HEADER + order(1, "1.50", "a") + order(2, "2.50", "b");
  private static final String MESSAGE =
      "Client acme: 14 drops were refused and nothing of them ingested."
          + refused(
              "dt=2026-03-10/c-sum",
              "the manifest lists a sha256 that is not 64 lower-case hexadecimal digits")
          + refused("dt=2026-03-10/k-client", "the manifest is of another client")
          + refused("dt=2026-03-10/l-client", "the manifest is of another client")
          + refused(
              "dt=2026-03-10/m-path",
              "the manifest lists a path that is not a plain one below the drop's folder")
          + refused("dt=2026-03-10/n-date", "the manifest's date is not the one of its folder")
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
          + " Have the client deliver again, under the same dropId if it likes.";

  @TempDir Path directory;

  @Test
  void refusesEachBrokenDropAsAWholeAndIngestsTheOthers(SparkSession spark) {
    DropYard yard = new DropYard(spark, directory, DropYard.orders(Format.CSV, 0.4));
    yard.drop("orders", DAY, "a-good").file("part/0.csv", 2, TWO).complete();
    brokenFiles(yard);
    brokenColumns(yard);
    brokenManifests(yard);
    brokenRows(yard);
    StageReport.Builder report = StageReport.of("ingest");
    assertThatThrownBy(() -> yard.run(report))
        .isExactlyInstanceOf(DataContractException.class)
        .hasMessage(MESSAGE);
    assertThat(report.build().counts())
        .containsEntry("drops_ingested", 1L)
        .containsEntry("rows_ingested", 2L)
        .containsEntry("drops_refused", 14L);
    assertThat(drops(yard)).containsExactly("a-good", "a-good");
    assertThat(yard.lake.tables().exists(yard.quarantine("orders"))).isFalse();

    // A refused drop may come again under its own id.
    assertThat(new IngestStage().inputs(yard.workspace(DAY))).isPresent();
    yard.drop("orders", DAY, "j-rows").file("0.csv", 2, TWO).complete();
    assertThatThrownBy(yard::run).hasMessageContaining("13 drops were refused");
    assertThat(drops(yard)).containsExactly("a-good", "a-good", "j-rows", "j-rows");
  }

  private static void brokenFiles(DropYard yard) {
    byte[] whole = gzip(TWO.repeat(50));
    yard.drop("orders", DAY, "b-truncated")
        .file("0.csv.gz", 100, Arrays.copyOf(whole, whole.length / 2))
        .complete();
    var altered = yard.drop("orders", DAY, "d-altered").file("0.csv", 2, TWO);
    altered.complete();
    DropYard.write(
        altered.folder().resolve("0.csv"),
        TWO.replace("1.50", "9.50").getBytes(StandardCharsets.UTF_8));
    yard.drop("orders", DAY, "e-missing").file("0.csv", 2, TWO).listed("1.csv", 3).complete();
    var extra = yard.drop("orders", DAY, "f-extra").file("0.csv", 2, TWO);
    extra.complete();
    DropYard.write(extra.folder().resolve("a@example.com"), new byte[] {1});
    yard.drop("orders", DAY, "h-latin")
        .file("0.csv", 1, (HEADER + order(1, "1", "é")).getBytes(StandardCharsets.ISO_8859_1))
        .complete();
  }

  private static void brokenColumns(DropYard yard) {
    yard.drop("orders", DAY, "g-columns")
        .file("0.csv", 1, "who,at,kind,amount\n" + order(1, "1", "x"))
        .file("1.csv", 1, "who,at,kind,amount,note,colour\n" + order(1, "1", "x"))
        .file("2.csv", 1, "who,at,kind,amount,note,note\n" + order(1, "1", "x"))
        .file("3.csv", 1, order(1, "1", "x"))
        .complete();
  }

  private static void brokenManifests(DropYard yard) {
    yard.drop("orders", DAY, "c-sum")
        .file("0.csv", 2, TWO)
        .complete("\"sha256\": \"", "\"sha256\": \"0");
    yard.drop("orders", DAY, "k-client").file("0.csv", 2, TWO).complete("\"acme\"", "\"other\"");
    yard.drop("orders", DAY, "l-client").file("0.csv", 2, TWO).complete("\"acme\"", "\"../acme\"");
    yard.drop("orders", DAY, "m-path").file("0.csv", 2, TWO).complete("0.csv", "../0.csv");
    yard.drop("orders", DAY, "n-date").file("0.csv", 2, TWO).complete("03-10", "03-09");
  }

  /** Some of them only not yet complete, or not yet of this date. */
  private static void brokenRows(DropYard yard) {
    yard.drop("orders", DAY, "i-empty").file("0.csv", 0, HEADER).complete();
    yard.drop("orders", DAY, "j-rows").file("0.csv", 3, TWO).complete();
    yard.drop("orders", DAY, "o-share")
        .file("0.csv", 2, HEADER + order(1, "-1", "x") + order(2, "1", "y"))
        .complete();
    yard.drop("orders", DAY.plusDays(1), "p-later").file("0.csv", 2, TWO).complete();
    yard.drop("orders", DAY, "q-incomplete").file("0.csv", 2, TWO);
  }
}
