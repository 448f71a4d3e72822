package com.segumento.ingest;

import static com.segumento.ingest.DropYard.DAY;
import static com.segumento.ingest.DropYard.person;
import static com.segumento.ingest.DropYard.token;
import static com.segumento.ingest.Orders.HEADER;
import static com.segumento.ingest.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.testkit.Eavesdropper;
import com.segumento.testkit.Needles;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where activation is contracted the vault knows the token of every person, and nobody else does.
 */
@ExtendWith(SparkExtension.class)
class VaultTest {
  private static final String COLUMNS = "who,changed,age,gender\n";

  @TempDir Path directory;

  @Test
  void keepsTheTokenOfEachPersonOnce(SparkSession spark) throws Exception {
    DropYard yard =
        new DropYard(
                spark,
                directory,
                DropYard.customers(Mode.UPSERT, Format.CSV),
                DropYard.orders(Format.CSV, 0.5))
            .activating();
    yard.drop("customers", DAY, "c1")
        .file("0.csv", 3, COLUMNS + customer(1, "30") + customer(2, "31") + customer(1, "30"))
        .complete();
    yard.drop("orders", DAY, "o1").file("0.csv", 1, HEADER + order(9, "9", "x")).complete();
    String heard;
    try (Eavesdropper ears = new Eavesdropper(spark)) {
      yard.run();
      heard = ears.heard();
    }
    assertThat(vault(yard)).containsExactlyInAnyOrder(pair(1), pair(2));

    yard.drop("customers", DAY.plusDays(1), "c2")
        .file("0.csv", 3, COLUMNS + customer(2, "32") + customer(3, "33") + customer(4, "999"))
        .complete();
    yard.run(DAY.plusDays(1));
    assertThat(vault(yard))
        .as("known ones stay, bad rows are kept nowhere")
        .containsExactlyInAnyOrder(pair(1), pair(2), pair(3));

    List<String> tokens = IntStream.of(1, 2, 3, 4, 9).mapToObj(DropYard::token).toList();
    List<String> needles =
        Stream.concat(
                Needles.ofTokens(tokens).stream(),
                Needles.ofKeys(DropYard.KEY.getBytes(StandardCharsets.UTF_8), tokens).stream())
            .toList();
    String outside =
        StoredText.of(
            spark, yard.root(), path -> !path.startsWith("landing/") && !path.contains("/vault/"));
    String log = StoredText.bytes(yard.root(), path -> path.contains("/vault/_delta_log/"));
    assertThat(log).contains("\"delta.dataSkippingNumIndexedCols\":\"0\"");
    assertThat(Needles.ofTokens(tokens)).noneMatch((outside + heard)::contains);
    assertThat(needles).noneMatch((log + heard)::contains);
  }

  @Test
  void withoutActivationThereIsNone(SparkSession spark) {
    DropYard yard = new DropYard(spark, directory, DropYard.customers(Mode.UPSERT, Format.CSV));
    yard.drop("customers", DAY, "c1").file("0.csv", 1, COLUMNS + customer(1, "30")).complete();
    yard.run();
    assertThat(yard.lake.tables().exists(path(yard))).isFalse();
  }

  private static String customer(int n, String age) {
    return token(n) + ",2026-03-01T00:00:00Z," + age + ",f\n";
  }

  private static String pair(int n) {
    return HexFormat.of().formatHex(person(n)) + " " + token(n);
  }

  private static List<String> vault(DropYard yard) {
    return yard.texts(path(yard), "concat(lower(hex(person_key)), ' ', decode(token, 'UTF-8'))");
  }

  private static String path(DropYard yard) {
    return yard.lake.layout().vault(yard.workspace(DAY).clientId());
  }
}
