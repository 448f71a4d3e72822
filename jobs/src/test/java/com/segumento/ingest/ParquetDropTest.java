package com.segumento.ingest;

import static com.segumento.ingest.DropYard.DAY;
import static com.segumento.ingest.DropYard.column;
import static com.segumento.ingest.DropYard.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ParquetDropTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message m {
            optional double qty;
            optional binary who (STRING);
            optional int64 at (TIMESTAMP(NANOS,false));
            optional binary kind (STRING);
            optional double amount;
            optional int64 big;
            optional int32 code;
            optional int64 ref;
          }
          """);

  @TempDir Path directory;

  @Test
  void readsNanosecondsAndFloatingPointIds(SparkSession spark) throws IOException {
    DropYard yard = new DropYard(spark, directory, contract());
    deliver(yard);
    assertThatThrownBy(yard::run)
        .hasMessage(
            "Client acme: 2 drops were refused and nothing of them ingested."
                + " orders, 2026-03-10, e: file 0.parquet has column amount as string, which cannot"
                + " be decimal(12,2). orders, 2026-03-10, f: file 0.parquet is not Parquet."
                + " Have the client deliver again, under the same dropId if it likes.");
    assertThat(
            yard.texts(
                yard.table("orders"),
                "concat_ws(' ', kind, at, amount, qty, big, code, ref, event_date)"))
        .containsExactlyInAnyOrder(
            "good 2026-03-05 10:20:30.123456 2.55 3 7 12 1 2026-03-05",
            "null 2026-03-05 10:20:30.123456 2.50 7 12 1 2026-03-05");
    assertThat(
            yard.texts(
                yard.quarantine("orders"),
                "concat_ws(' ', values['kind'], concat_ws(' ', reasons), values['ref'])"))
        .containsExactlyInAnyOrder(
            "half qty:wrong_type 1",
            "big big:wrong_type 1",
            "nan amount:wrong_type 1",
            "phone ref:raw_phone [phone]");
  }

  private static DatasetContract contract() {
    Map<String, ColumnContract> columns = new LinkedHashMap<>();
    columns.put("amount", column("decimal(12,2)", null, null, List.of()));
    columns.put("qty", column("int", null, null, List.of()));
    columns.put("big", column("int", null, null, List.of()));
    columns.put("code", column("string", null, null, List.of()));
    columns.put("ref", column("long", null, null, List.of()));
    return DropYard.contract("orders", Kind.EVENT, Mode.APPEND, Format.PARQUET, columns, 0.9);
  }

  private void deliver(DropYard yard) throws IOException {
    yard.drop("orders", DAY, "d")
        .file(
            "0.parquet",
            6,
            parquet(
                SCHEMA,
                row("good", 2.55, 3.0, 7, 1),
                row("null", 2.5, null, 7, 1),
                row("half", 2.5, 3.5, 7, 1),
                row("big", 2.5, 3.0, 5_000_000_000L, 1),
                row("nan", Double.NaN, 3.0, 7, 1),
                row("phone", 2.5, 3.0, 7, 9_876_543_210L)))
        .complete();
    MessageType other =
        MessageTypeParser.parseMessageType(
            SCHEMA.toString().replace("double amount", "binary amount (STRING)"));
    yard.drop("orders", DAY, "e").file("0.parquet", 0, parquet(other)).complete();
    yard.drop("orders", DAY, "f").file("0.parquet", 1, "who,at\n").complete();
  }

  private static Group row(String kind, Double amount, Double qty, long big, long ref) {
    Instant at = Instant.parse("2026-03-05T10:20:30.123456789Z");
    Group row =
        new SimpleGroupFactory(SCHEMA)
            .newGroup()
            .append("who", token(1))
            .append("at", at.getEpochSecond() * 1_000_000_000L + at.getNano())
            .append("kind", kind)
            .append("amount", amount)
            .append("big", big)
            .append("code", 12)
            .append("ref", ref);
    return qty == null ? row : row.append("qty", qty);
  }

  private byte[] parquet(MessageType schema, Group... rows) throws IOException {
    Path file = directory.resolve("made-" + rows.length + ".parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new Configuration(false))
            .withType(schema)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    return Files.readAllBytes(file);
  }
}
