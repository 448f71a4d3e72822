package com.segumento.ingest;

import static com.segumento.ingest.DropYard.DAY;
import static com.segumento.ingest.DropYard.column;
import static com.segumento.ingest.DropYard.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Csv;
import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.ops.StageReport;
import com.segumento.testkit.Eavesdropper;
import com.segumento.testkit.GeneratedCode;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One ingest of every kind of bad row, looked at from all sides. */
@GeneratedCode
@ExtendWith(SparkExtension.class)
class QuarantineTest {
  private static final BadRows ROWS = new BadRows();

  @TempDir static Path directory;
  private static DropYard yard;
  private static StageReport report;
  private static String heard;

  @BeforeAll
  static void ingest(SparkSession spark) throws Exception {
    yard = new DropYard(spark, directory, BadRows.contract(), notes());
    String reordered =
        "ref,code,tier,day,note,amount,kind,at,who\nx,AB,a,,\"a \"\"q\"\", b\",3,zst,2026-03-05,"
            + token(7)
            + "\n";
    yard.drop("orders", DAY, "d")
        .file("0.csv", ROWS.count(), ROWS.csv())
        .file("1.csv.zst", 1, Zstd.compress(reordered.getBytes(StandardCharsets.UTF_8)))
        .complete();
    yard.drop("notes", DAY, "n")
        .file(
            "0.csv",
            1,
            "who,at,kind,text\n" + token(8) + ",2026-03-05,k,\"two\nlines, one field\"\n")
        .complete();
    try (Eavesdropper ears = new Eavesdropper(spark)) {
      report = yard.run();
      heard = ears.heard();
    }
  }

  @Test
  void namesEveryReason() {
    Map<String, String> found = new TreeMap<>();
    var quarantine = yard.lake.tables().read(yard.quarantine("orders"));
    quarantine
        .filter("values is not null")
        .selectExpr("values['kind']", "concat_ws(' ', reasons)")
        .collectAsList()
        .forEach(row -> found.put(row.getString(0), row.getString(1)));
    assertThat(found).isEqualTo(ROWS.bad());
    assertThat(
            quarantine
                .filter("values is null")
                .selectExpr("concat_ws(' ', reasons)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("malformed", "malformed");
    assertThat(report.breakdowns().get("quarantined_by_reason"))
        .containsEntry("orders: malformed", 2.0)
        .containsEntry("orders: event_time:too_new", 1.0);
  }

  @Test
  void letsTheOthersIn() {
    List<String> good = new ArrayList<>(ROWS.good());
    good.add("zst");
    assertThat(yard.texts(yard.table("orders"), "kind")).containsExactlyInAnyOrderElementsOf(good);
    assertThat(yard.texts(yard.table("orders"), "if(kind = 'zst', note || amount, null)"))
        .contains("a \"q\", b3.00");
    assertThat(yard.texts(yard.table("notes"), "text")).containsExactly("two\nlines, one field");
  }

  @Test
  void redactsWhatItKeeps() {
    assertThat(
            yard.texts(
                yard.quarantine("orders"),
                "values['kind'] || ' ' || values['note'] || ' ' || values['amount']"))
        .contains("n-mail [email] 1", "n-long [too_long] 1", "n-token [token] 1");
  }

  @Test
  void keepsAndSaysNoIdentifier(SparkSession spark) throws Exception {
    assertThat(heard).contains("SparkListenerSQLExecutionStart", "Ingest begins");
    String kept = heard + StoredText.of(spark, yard.root(), path -> !path.startsWith("landing/"));
    assertThat(secrets()).allSatisfy(secret -> assertThat(kept.contains(secret)).isFalse());
  }

  private static List<String> secrets() {
    return List.of(
        DropYard.KEY,
        token(1),
        token(7),
        token(8),
        token(1).toUpperCase(Locale.ROOT),
        BadRows.EMAIL,
        "ABCPE1234F",
        "2341 2341 2346",
        "4111 1111",
        "192.168.17.4",
        "zzzzzz");
  }

  private static DatasetContract notes() {
    return multiline(
        DropYard.contract(
            "notes",
            Kind.EVENT,
            Mode.APPEND,
            Format.CSV,
            Map.of("text", column("string", null, null, List.of())),
            0.0));
  }

  private static DatasetContract multiline(DatasetContract like) {
    return new DatasetContract(
        like.name(),
        like.kind(),
        like.mode(),
        like.format(),
        new Csv(null, null, null, true),
        like.token(),
        like.updatedAt(),
        like.eventTime(),
        like.eventType(),
        like.columns(),
        like.expectations());
  }
}
