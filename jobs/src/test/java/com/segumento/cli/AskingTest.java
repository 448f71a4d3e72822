package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.segumento.lake.Lake;
import com.segumento.model.Audit;
import com.segumento.model.Memberships;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SecretsFile;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code adhoc} and {@code explain} from the command line to the answer. */
@ExtendWith(SparkExtension.class)
class AskingTest {
  private static final String PROVIDER = "hadoop.security.credential.provider.path";
  private static final String FOOTNOTE =
      "Figures are distinct persons in multiples of 50, and by chance up to 149 too low; of a set"
          + " near one that was told of or published they are that one's, and may be too high. Sets"
          + " that differ by fewer than 50 persons are told of alike.";
  private static final String COST =
      "This question cost N of the 500 figures that may be told of acme in 30 days; N are left"
          + " (privacy.answers). Of what was asked before nothing is counted again.\n";

  @TempDir static Path folder;
  private static Lake lake;

  @BeforeAll
  static void write(SparkSession spark) throws IOException {
    lake = AcmeLake.write(spark, root());
    String secrets =
        SecretsFile.write(
            folder.resolve("secrets.jceks"),
            Map.of("ops.manifest.key", "the manifest key, 32 bytes or more, made up"));
    spark.sparkContext().hadoopConfiguration().set(PROVIDER, secrets);
  }

  @AfterAll
  static void forget(SparkSession spark) {
    spark.sparkContext().hadoopConfiguration().unset(PROVIDER);
  }

  @Test
  void aQuotedExpressionIsAnsweredInOneCommand(SparkSession spark) throws IOException {
    Ran ran = run(spark, "adhoc", "--where", "place.state = 'Goa' and gender = 'f'");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(counted(ran).replaceAll("[0-9a-f]{64}", "HASH"))
        .isEqualTo(
            """
            segment          adhoc
            client           acme
            business date    2026-02-27
            definition hash  HASH

            condition            persons
            everybody            about 400
            place.state = 'Goa'  about 200
            gender = 'f'         about 50

            """
                + FOOTNOTE
                + "\n"
                + COST);
    Ran parted = run(spark, "adhoc", "--where", "age between 30 and 44", "--by", "gender");
    assertThat(counted(parted))
        .contains("\n\ngender  persons\nf       about 50\nm       about 100\n\n")
        .endsWith(
            " alike. Values of gender that cannot be told of are left out: they are of fewer than"
                + " 150 persons, or too near sets that were told of or published.\n"
                + COST);
    Ran json = run(spark, "adhoc", "--where", "age > 57", "--preview", "--json");
    JsonNode whole = new ObjectMapper().readTree(json.out());
    JsonNode cost = whole.path("answers");
    assertThat(cost.path("cost").asLong()).as("everybody was told of").isEqualTo(1);
    assertThat(cost.path("figures").asLong()).isEqualTo(500);
    assertThat(cost.path("days").asLong()).isEqualTo(30);
    assertThat(cost.path("left").asLong()).isLessThan(500 - 1 - 4);
    JsonNode told = whole.path("segments").path(0);
    assertThat(told.path("definition_hash").asText()).hasSize(64);
    assertThat(told.path("funnel").path(1).toString())
        .isEqualTo("{\"condition\":\"age > 57\",\"told\":\"fewer\"}");
  }

  /** Without the numbers, which depend on what else was asked. */
  private static String counted(Ran ran) {
    return ran.out().replaceAll("cost \\d+ of", "cost N of").replaceAll("; \\d+ are", "; N are");
  }

  @Test
  void aFileOfTraitsAndSegmentsIsAnswered(SparkSession spark) throws IOException {
    Path file = folder.resolve("spring.yaml");
    Files.writeString(
        file,
        """
        traits:
          carts_90d: {from: orders, where: "kind = 'cart'", window: 90d, agg: count}
        segments:
          - {id: no_carts, where: "carts_90d = 0 and orders_90d >= 1"}
        """);
    Ran ran = run(spark, "adhoc", "--file", file.toString());
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("segment          no_carts\n")
        .contains("carts_90d = 0    about 400\n")
        .contains("orders_90d >= 1  about 150\n");

    Files.writeString(
        file,
        """
        traits:
          spend_90d: {from: orders, agg: count}
        segments:
          - {id: lapsed, did: {from: ordres}}
        waterfalls:
          best: [high_value]
        """);
    Ran wrong = run(spark, "adhoc", "--file", file.toString());
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err().lines())
        .containsExactly(
            "segumento: spring.yaml:2:3 traits.spend_90d: is a trait of the client. Expected"
                + " another name.",
            "segumento: spring.yaml:4:10 segments[0].id: \"lapsed\". Expected an id no segment of"
                + " the client has.",
            "segumento: spring.yaml:4:30 segments[0].did.from: \"ordres\" is not known. Expected"
                + " orders.",
            "segumento: spring.yaml:6:10 waterfalls.best[0]: \"high_value\". Expected a segment of"
                + " this file.");
  }

  @Test
  void aSegmentIsExplained(SparkSession spark) throws IOException {
    Ran ran = run(spark, "explain", "--segment", "metro_high_value");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("version          3\n")
        .contains(
            "definition\n  {\"id\":\"metro_high_value\",\"title\":\"High-value shoppers in metros\","
                + "\"version\":3,\"where\":\"spend_90d >= 5000 and place.tier = 'metro'\"}\n"
                + "  Everyone for whom: spend_90d is at least 5000 and place.tier is 'metro'.")
        .contains(
            "reads\n  trait spend_90d: {\"from\":\"orders\",\"where\":\"kind = 'purchase'\","
                + "\"window\":\"90d\",\"agg\":\"sum(amount)\"}\n")
        .contains("spend_90d >= 5000     about 150\n")
        .contains("place.tier = 'metro'  fewer than 150\n")
        .contains("\nplan\ntraits\n  ");
    assertThat(counted(ran)).endsWith(FOOTNOTE + "\n" + COST);
    Ran unknown = run(spark, "explain", "--segment", "high_valeu");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("segumento: The client has no segment high_valeu. Did you mean high_value?");
  }

  @Test
  void whatIsWrongIsRefusedBeforeAnythingIsAsked(SparkSession spark) {
    Ran column = run(spark, "adhoc", "--where", "agee < 30");
    assertThat(column.status()).isEqualTo(2);
    assertThat(column.err())
        .endsWith(
            "segumento: segment adhoc, where: line 1, column 1: no column agee is in scope. Did you"
                + " mean age?\n");
    assertThat(run(spark, "adhoc", "--where", "age < 30", "--file", "x.yaml").status())
        .isEqualTo(2);
    assertThat(run(spark, "adhoc", "--where", "age < 30", "--preview", "--export", "panel").err())
        .startsWith("segumento: --preview publishes nothing. Leave out --preview or --export.\n");
    assertThat(run(spark, "adhoc", "--where", "age < 30", "--by", "age", "--export", "panel").err())
        .startsWith("segumento: --by and --overlap ask, and --export publishes. Leave out either");
    assertThat(run(spark, "adhoc", "--where", "age < 30", "--by", "age=x").err())
        .startsWith("segumento: Invalid value for --by: age=x. Expected a column, or one with a");
    Ran export = run(spark, "adhoc", "--where", "age < 30", "--export", "reach");
    assertThat(export.status()).isEqualTo(2);
    assertThat(export.err())
        .endsWith(
            "segumento: Client acme has no export reach. Its exports are: monthly_insight,"
                + " state_reach, panel.\n");
  }

  @Test
  void anAudienceIsNotPublishedAdHoc(SparkSession spark) throws IOException {
    Path conf = folder.resolve("conf");
    FileUtils.copyDirectory(Repository.path("conf").toFile(), conf.toFile());
    Path client = conf.resolve("clients/acme.yaml");
    Files.writeString(
        client,
        Files.readString(client)
            .replace("activation: false", "activation: true")
            .replace(
                "\nretention:\n",
                """

                  - name: ads
                    kind: audience
                    segments: [winback]
                    destination: {id: dsp1, key: acme.dsp1.key}
                    privacy: {k: 100}
                retention:
                """));
    Ran ran =
        Ran.with(
            spark,
            List.of(),
            "adhoc",
            "--client",
            "acme",
            "--where",
            "age < 30",
            "--export",
            "ads",
            "--conf",
            conf.toString(),
            "--lake",
            root());
    assertThat(ran.status()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err())
        .endsWith(
            "segumento: Export ads of client acme is an audience, and no list of one is published"
                + " ad hoc: its destination would take it for the next list of a segment. Write the"
                + " segment into the client's segments file and name it in the export; the next"
                + " run of the nights publishes it.\n");
    assertThat(lake.objects().list(lake.layout().exports(AcmeLake.ID, "ads"))).isEmpty();
  }

  @Test
  void anExportOfAnAdhocSegmentPassesTheGateAndLeavesTheNightsAlone(SparkSession spark)
      throws IOException {
    Ran ran =
        run(spark, "adhoc", "--where", "spend_90d >= 5000", "--export", "state_reach", "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
    JsonNode done = new ObjectMapper().readTree(ran.out());
    String release = done.path("release").asText();
    assertThat(release)
        .endsWith("exports/acme/state_reach/dt=2026-02-27/run=" + done.path("run").asText());
    JsonNode manifest =
        new ObjectMapper().readTree(lake.objects().text(release + "/manifest.json").orElseThrow());
    assertThat(manifest.path("adhoc")).isEqualTo(BooleanNode.TRUE);
    JsonNode segment = manifest.path("segments").path(0);
    assertThat(segment.path("id").asText()).isEqualTo("adhoc");
    assertThat(segment.path("rule").asText())
        .isEqualTo(
            "Everyone for whom: spend_90d is at least 5000. spend_90d is the sum of amount over"
                + " orders where kind is 'purchase', in the last 90 days.");
    assertThat(segment.path("definition_hash").asText())
        .isEqualTo(done.path("definition_hashes").path("adhoc").asText());
    assertThat(lake.objects().text(release + "/part-00000.csv").orElseThrow().lines())
        .containsExactlyInAnyOrder("segment_id,place,customers", "adhoc,Goa,75", "adhoc,Kerala,75");
    assertThat(lake.tables().exists(lake.layout().table(AcmeLake.ID, Memberships.NAME))).isFalse();
    assertThat(lake.objects().list(lake.layout().staging(AcmeLake.ID))).isEmpty();
    assertThatItIsVerified(spark, release);

    Ran refused = run(spark, "adhoc", "--where", "age > 57", "--export", "panel");
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err()).contains("panel");
    assertThat(lake.objects().list(lake.layout().exports(AcmeLake.ID, "panel"))).isEmpty();
    assertThat(run(spark, "status").status()).isZero();
  }

  @Test
  void anExportAndAnAnswerCannotBeSubtracted(SparkSession spark) {
    String some = "age >= 40";
    assertThat(run(spark, "adhoc", "--where", some, "--export", "state_reach").status()).isZero();
    assertThat(run(spark, "adhoc", "--where", some + " and pincode <> '600201'").out())
        .contains("\npincode <> '600201'  about 200\n"); // 199 persons, 200 are published
    assertThat(
            run(
                    spark,
                    "adhoc",
                    "--where",
                    "case when pincode = '600201' then false else age >= 40 and place.state = 'Goa' end")
                .out())
        .contains(" end  about 100\n"); // 99 persons, a row has 100

    String asked = "age between 45 and 54";
    assertThat(run(spark, "adhoc", "--where", asked).out()).contains("about 100\n");
    Ran refused =
        run(
            spark,
            "adhoc",
            "--where",
            asked + " and pincode <> '600300'",
            "--export",
            "state_reach");
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err())
        .endsWith(
            "segumento: Export state_reach of client acme on 2026-02-27 was not published: a"
                + " segment or a row of it differs by fewer than 50 persons from a set that was"
                + " told of, in an answer, another ad-hoc export or a night's report, so that one"
                + " could be subtracted from the other. Export what was asked for before, or"
                + " another condition.\n");
  }

  private static void assertThatItIsSaidWithoutTheAudit(SparkSession spark, String release)
      throws IOException {
    Path audit = Path.of(URI.create(lake.layout().ops(Audit.NAME)));
    Path aside = audit.resolveSibling("aside");
    Files.move(audit, aside);
    Files.writeString(audit, "no table");
    Ran alone = run(spark, "verify", "--path", release);
    Files.delete(audit);
    Files.move(aside, audit);
    assertThat(alone.status()).as(alone.err()).isEqualTo(3);
    assertThat(alone.err())
        .contains("segumento: The release does not keep what it promises: names.")
        .contains("segumento: This could not be written into the audit; write it down yourself.");
  }

  /** As far as an ad-hoc release can be; and that it is not once it was tampered with. */
  private static void assertThatItIsVerified(SparkSession spark, String release)
      throws IOException {
    Ran whole = run(spark, "verify", "--path", release);
    assertThat(whole.status()).as(whole.err()).isEqualTo(1);
    assertThat(whole.out())
        .contains("✓  checksums    Every file has its SHA-256.\n")
        .contains("–  k            The memberships of an ad-hoc export are not kept.\n");
    assertThat(whole.err())
        .contains("segumento: Nothing was found wrong, but not all could be derived again: ");
    lake.objects().write(release + "/more.csv", "");
    Ran tampered = run(spark, "verify", "--path", release + "/manifest.json", "--json");
    assertThat(tampered.status()).isEqualTo(3);
    JsonNode told = new ObjectMapper().readTree(tampered.out());
    assertThat(told.path("result").asText()).isEqualTo("violated");
    assertThat(told.at("/guarantees/2").toString())
        .isEqualTo(
            "{\"name\":\"names\",\"result\":\"violated\",\"says\":\"1 file(s) lie in the release"
                + " that its manifest does not list.\"}");
    assertThatItIsSaidWithoutTheAudit(spark, release);
    lake.objects().delete(release + "/more.csv");
    Row audited =
        lake.tables()
            .read(lake.layout().ops(Audit.NAME))
            .filter(Audit.ACTION.col().equalTo("release.violated"))
            .collectAsList()
            .get(0);
    assertThat(audited.<String>getAs(Audit.SUBJECT.name())).isEqualTo("acme/state_reach");
    assertThat(audited.<String, String>getJavaMap(audited.fieldIndex(Audit.DETAILS.name())))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "release", lake.layout().relative(release),
                "violated", "names",
                "user", spark.sparkContext().sparkUser()));
    assertThat(run(spark, "verify", "--path", "exports/acme/nothing").status()).isEqualTo(2);
    Ran share = run(spark, "share", "--export", "state_reach", "--expires", "1h");
    assertThat(share.status()).isEqualTo(2);
    assertThat(share.err()).contains(" is not on S3: nobody can be given a URL of it.");
  }

  private static Ran run(SparkSession spark, String... arguments) {
    boolean ofClient = List.of("adhoc", "explain", "share").contains(arguments[0]);
    List<String> all = new java.util.ArrayList<>(List.of(arguments));
    if (ofClient) {
      all.addAll(1, List.of("--client", "acme"));
    }
    all.addAll(List.of("--conf", Repository.path("conf").toString(), "--lake", root()));
    return Ran.with(spark, List.of(), all.toArray(String[]::new));
  }

  private static String root() {
    return folder.resolve("lake").toUri().toString();
  }
}
