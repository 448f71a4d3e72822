package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.pipeline.Parts;
import com.segumento.testkit.Eavesdropper;
import com.segumento.testkit.Needles;
import com.segumento.testkit.QuietClient;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A whole night over csv, json and parquet: who hears of it and reads it all meets no person. */
@ExtendWith(SparkExtension.class)
class SecrecyTest {
  private static final List<String> SECRETS =
      List.of(QuietClient.PERSON_KEY, QuietClient.MANIFEST_KEY);
  private static final String DATE = "2026-01-20";

  @TempDir Path folder;
  private SparkSession spark;
  private QuietClient client;
  private final StringBuilder said = new StringBuilder();

  @BeforeEach
  void configure(SparkSession session) throws IOException {
    spark = session;
    client = QuietClient.write(folder);
    client.secrets(spark);
  }

  @AfterEach
  void forget() {
    client.forget(spark);
  }

  @Test
  void noPersonIsInWhatIsSaidLoggedReportedOrKeptForOthers() throws Exception {
    String generating = generate();
    String night = night();
    String shared = StoredText.of(spark, lake(), SecrecyTest::ofNoClient);
    String kept = stored("clients/");

    List<String> tokens =
        delivered("customer_hash").stream().filter(t -> t.length() == 64).toList();
    List<String> persons = Needles.ofTokens(tokens);
    List<String> keys =
        Needles.ofKeys(QuietClient.PERSON_KEY.getBytes(StandardCharsets.UTF_8), tokens);
    List<String> remarks = delivered("remark");
    List<String> values = remarks.stream().filter(text -> text.startsWith("remark ")).toList();
    List<String> identifiers = remarks.stream().filter(text -> !values.contains(text)).toList();
    assertThat(identifiers).anyMatch(text -> text.contains("@"));

    assertNone(generating, persons, keys, SECRETS);
    assertNone(night + shared, persons, keys, identifiers, values, SECRETS);
    assertNone(kept, persons, identifiers, SECRETS);
    assertThat(keys).as("the search finds what is there").anyMatch(kept::contains);
    assertThat(values).anyMatch(kept::contains);
    assertThat(persons).anyMatch(stored("landing/")::contains);
  }

  /** Loads the reference and makes the drops; gives all that was said and heard of it. */
  private String generate() throws Exception {
    try (Eavesdropper ears = new Eavesdropper(spark)) {
      run(
          "reference load --name countries --valid-from 2026-01-01 --path",
          Repository.path("conf/reference").toString());
      run("generate --client quiet --persons 400 --days 20 --nights", "1");
      return said + ears.heard();
    }
  }

  /** Runs the night and asks for all that can be had of it; the same. */
  private String night() throws Exception {
    Path page = folder.resolve("page.html");
    said.setLength(0);
    try (Eavesdropper ears = new Eavesdropper(spark)) {
      run("nightly --date", DATE);
      run("status", "--json");
      run("report --run " + DATE + "-1 --output", page.toString());
      run("verify --audit", "--json");
      String heard = ears.heard();
      assertThat(heard)
          .contains("SparkListenerSQLExecutionStart", "Export published: client=quiet");
      return heard + said + Files.readString(page);
    }
  }

  @SafeVarargs
  private static void assertNone(String text, List<String>... needles) {
    for (List<String> some : needles) {
      assertThat(some).isNotEmpty().noneMatch(text::contains);
    }
  }

  private static boolean ofNoClient(String path) {
    return !path.startsWith("landing/") && !path.startsWith("clients/");
  }

  private String stored(String prefix) throws IOException {
    return StoredText.of(spark, lake(), path -> path.startsWith(prefix));
  }

  /** Runs a command, and keeps all it says. */
  private void run(String words, String last) {
    List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
    all.addAll(List.of(last, "--conf", client.conf().toString()));
    all.addAll(List.of("--lake", lake().toUri().toString()));
    Ran ran = Ran.with(spark, Parts.stages(), all.toArray(String[]::new));
    assertThat(ran.status()).as(ran.err()).isZero();
    said.append(ran.out()).append(ran.err());
  }

  private Path lake() {
    return folder.resolve("lake");
  }

  /** All different values of a column in what was delivered. */
  private List<String> delivered(String column) {
    String landing = lake().resolve("landing/quiet").toString();
    return spark
        .read()
        .option("header", true)
        .csv(landing + "/customers")
        .select(column)
        .union(spark.read().json(landing + "/visits").select(column))
        .union(spark.read().parquet(landing + "/orders").select(column))
        .filter(column + " is not null")
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
