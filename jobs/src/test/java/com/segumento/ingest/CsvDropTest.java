package com.segumento.ingest;

import static com.segumento.ingest.DropYard.DAY;
import static com.segumento.ingest.DropYard.gzip;
import static com.segumento.ingest.Orders.HEADER;
import static com.segumento.ingest.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Csv;
import com.segumento.config.DatasetContract.Format;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class CsvDropTest {
  private static final String MARK = "\uFEFF";

  @TempDir Path directory;

  @ParameterizedTest(name = "lines of several lines: {0}")
  @ValueSource(booleans = {false, true})
  void byteOrderMarksAndCarriageReturnsAreNoPartOfTheData(boolean multiline, SparkSession spark) {
    DropYard yard = new DropYard(spark, directory, orders(multiline));
    String plain =
        HEADER + order(1, "1.50", "a") + order(2, "2.50", "\"b, c\"") + order(3, "3", "");
    String quoted = plain.replace(HEADER, "\"who\",\"at\",\"kind\",\"amount\",\"note\"\n");
    yard.drop("orders", DAY, "d1")
        .file("0.csv", 3, MARK + plain.replace("\n", "\r\n"))
        .file("1.csv.gz", 3, gzip(MARK + plain.replace("\n", "\r\n")))
        .file("2.csv", 3, plain.replace("\n", "\r\n"))
        .complete();
    yard.drop("orders", DAY, "d2").file("0.csv", 3, MARK + plain).complete();
    yard.drop("orders", DAY, "d3").file("0.csv", 3, MARK + quoted.replace("\n", "\r\n")).complete();
    assertThat(yard.run().counts())
        .containsEntry("drops_ingested", 3L)
        .containsEntry("rows_in", 15L)
        .containsEntry("rows_quarantined", 0L)
        .containsEntry("rows_ingested", 9L)
        .containsEntry("rows_duplicate", 6L);
    assertThat(
            yard.texts(
                yard.table("orders"), "concat(drop_id, ' ', amount, ' ', coalesce(note, '-'))"))
        .containsExactlyInAnyOrder(
            "d1 1.50 a",
            "d1 2.50 b, c",
            "d1 3.00 -",
            "d2 1.50 a",
            "d2 2.50 b, c",
            "d2 3.00 -",
            "d3 1.50 a",
            "d3 2.50 b, c",
            "d3 3.00 -");
  }

  private static DatasetContract orders(boolean multiline) {
    DatasetContract plain = DropYard.orders(Format.CSV, 0.0);
    return new DatasetContract(
        plain.name(),
        plain.kind(),
        plain.mode(),
        plain.format(),
        new Csv(null, null, null, multiline),
        plain.token(),
        plain.updatedAt(),
        plain.eventTime(),
        plain.eventType(),
        plain.columns(),
        plain.expectations());
  }
}
