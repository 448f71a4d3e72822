package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.model.Sha256;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SecretsFile;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code request submit}, {@code run} and {@code status} as an operator meets them. */
@ExtendWith(SparkExtension.class)
class RequestCommandsTest {
  private static final String PROVIDER = "hadoop.security.credential.provider.path";
  private static final String TOKEN = Sha256.hex("somebody");

  @TempDir static Path directory;

  @BeforeAll
  static void secrets(SparkSession spark) throws Exception {
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set(
            PROVIDER,
            SecretsFile.write(
                directory.resolve("secrets.jceks"),
                Map.of(
                    "acme.person.key", "the person key of acme, 32 bytes",
                    "acme.requests.key", "the requests key of acme, 32 bytes")));
  }

  @AfterAll
  static void forget(SparkSession spark) {
    spark.sparkContext().hadoopConfiguration().unset(PROVIDER);
  }

  private static Ran request(SparkSession spark, String... arguments) {
    return run(
        spark, Stream.concat(Stream.of("request"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static Ran run(SparkSession spark, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--conf",
            Repository.path("conf").toString(),
            "--lake",
            directory.resolve("lake").toUri().toString()));
    return Ran.with(spark, List.of(), all.toArray(String[]::new));
  }

  @Test
  void aRequestIsSubmittedCarriedOutAndFollowed(SparkSession spark) throws Exception {
    Path tokens = Files.writeString(directory.resolve("tokens.csv"), "token\n" + TOKEN + "\n");
    Ran submitted =
        request(
            spark,
            "submit",
            "--client",
            "acme",
            "--kind",
            "restrict",
            "--law",
            "dpdp",
            "--received",
            "2026-03-01",
            "--tokens",
            tokens.toString());
    assertThat(submitted.err()).doesNotContain(TOKEN);
    assertThat(submitted.status()).isZero();
    String id = submitted.out().strip();
    assertThat(id).matches("op-\\d{4}-\\d\\d-\\d\\d-[0-9a-f]{8}");

    Ran ran = request(spark, "run", "--client", "acme", "--date", "2026-03-02", "--json");
    assertThat(ran.status()).isZero();
    assertThat(steps(ran)).containsExactly("received", "running", "done");
    Ran again = request(spark, "run", "--client", "acme", "--date", "2026-03-02");
    assertThat(again.out().strip()).isEqualTo("No step taken.");

    Ran status = request(spark, "status", "--client", "acme");
    assertThat(status.out())
        .contains("acme    " + id, "restrict", "dpdp", "2026-03-01", "2026-05-30", "done");
    Ran history = request(spark, "status", "--client", "acme", "--id", id, "--json");
    assertThat(steps(history)).containsExactly("received", "running", "done");
    Path page = directory.resolve("page/requests.html");
    assertThat(request(spark, "status", "--html", page.toString()).status()).isZero();
    assertThat(Files.readString(page))
        .contains("<td>" + id + "</td>", "Nothing is open.")
        .doesNotContain(TOKEN);
  }

  @Test
  void aNightCarriesOutRequestsOfAClientThatIsNotActive(SparkSession spark) throws Exception {
    Path tokens = Files.writeString(directory.resolve("early.csv"), "token\n" + TOKEN + "\n");
    Ran submitted =
        request(
            spark,
            "submit",
            "--client",
            "acme",
            "--kind",
            "object",
            "--law",
            "gdpr",
            "--received",
            "2025-12-29",
            "--tokens",
            tokens.toString());
    Ran night = run(spark, "nightly", "--date", "2025-12-30");
    assertThat(night.status()).as(night.err()).isZero();
    Ran history =
        request(spark, "status", "--client", "acme", "--id", submitted.out().strip(), "--json");
    assertThat(steps(history)).containsExactly("received", "running", "done");
  }

  @Test
  void aNightSaysWhereRequestsFailed(SparkSession spark) throws Exception {
    Path queue = directory.resolve("lake/landing/retail/_requests/r-1");
    Files.createDirectories(queue);
    Path manifest = Files.writeString(queue.resolve("_MANIFEST.json"), "{}");
    Ran night = run(spark, "nightly", "--date", "2025-12-30", "--client", "retail");
    Files.delete(manifest);
    assertThat(night.status()).isNotZero();
    assertThat(night.err())
        .contains("segumento: retail: Client retail has requests, and no secret");
  }

  private static List<String> steps(Ran ran) throws Exception {
    JsonNode array = new ObjectMapper().readTree(ran.out());
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
        .map(i -> array.get(i).path("step").asText())
        .toList();
  }

  @Test
  void whatWouldBeRefusedIsNotSubmittedAndNotShown(SparkSession spark) throws Exception {
    Path tokens = Files.writeString(directory.resolve("headless.csv"), TOKEN + "\n");
    Ran submitted =
        request(
            spark,
            "submit",
            "--client",
            "acme",
            "--kind",
            "erase",
            "--law",
            "gdpr",
            "--tokens",
            tokens.toString());
    assertThat(submitted.status()).isEqualTo(2);
    assertThat(submitted.err())
        .contains(
            "segumento: The request was not submitted: the tokens' file has no header with a"
                + " column token.")
        .doesNotContain(TOKEN);
    Ran argument =
        request(
            spark,
            "submit",
            "--client",
            "acme",
            "--kind",
            "erase",
            "--law",
            "gdpr",
            "--tokens",
            TOKEN);
    assertThat(argument.status()).isEqualTo(2);
    assertThat(argument.err()).doesNotContain(TOKEN);
  }
}
