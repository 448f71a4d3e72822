package com.segumento.ingest;

import static com.segumento.ingest.DropYard.DAY;
import static com.segumento.ingest.DropYard.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.DatasetContract.Format;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class JsonDropTest {
  @TempDir Path directory;

  @Test
  void holdsJsonToItsTypes(SparkSession spark) {
    DropYard yard = new DropYard(spark, directory, DropYard.orders(Format.JSON, 0.9));
    deliver(yard);
    assertThatThrownBy(yard::run)
        .hasMessage(
            "Client acme: 2 drops were refused and nothing of them ingested."
                + " orders, 2026-03-10, e: 1 rows have fields the contract does not know."
                + " orders, 2026-03-10, f: no row has amount."
                + " Have the client deliver again, under the same dropId if it likes.");
    assertThat(yard.texts(yard.table("orders"), "kind || amount || coalesce(note, '-')"))
        .containsExactlyInAnyOrder("good1.10n", "text2.50-", "absent3.00-");
    assertThat(
            yard.texts(
                yard.quarantine("orders"),
                "coalesce(values['kind'], '') || ' ' || concat_ws(' ', reasons)"))
        .containsExactlyInAnyOrder(
            "number note:wrong_type",
            "object note:wrong_type",
            "list amount:wrong_type",
            "flag amount:wrong_type",
            " malformed");
  }

  private static void deliver(DropYard yard) {
    yard.drop("orders", DAY, "d")
        .file(
            "0.json",
            8,
            json("good", "\"amount\": 1.10, \"note\": \"n\"")
                + json("text", "\"amount\": \"2.5\", \"note\": null")
                + json("absent", "\"amount\": 3")
                + json("number", "\"amount\": 1, \"note\": 5")
                + json("object", "\"amount\": 1, \"note\": {\"a\": 1}")
                + json("list", "\"amount\": [1], \"note\": \"n\"")
                + json("flag", "\"amount\": true, \"note\": \"n\"")
                + "{\"who\": \n\n")
        .complete();
    yard.drop("orders", DAY, "e")
        .file("0.json", 1, json("x", "\"amount\": 1, \"note\": \"\", \"colour\": 1"))
        .complete();
    yard.drop("orders", DAY, "f").file("0.json", 1, json("x", "\"note\": \"\"")).complete();
  }

  private static String json(String kind, String more) {
    return "{\"who\": \""
        + token(1)
        + "\", \"at\": \"2026-03-05T01:02:03Z\", \"kind\": \""
        + kind
        + "\", "
        + more
        + "}\n";
  }
}
