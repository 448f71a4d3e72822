package com.segumento.retention;

import static com.segumento.privacy.AudienceFixture.CLIENT;
import static com.segumento.privacy.AudienceFixture.key;
import static com.segumento.privacy.AudienceFixture.rehashed;
import static com.segumento.privacy.AudienceFixture.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.export.Manifest;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.RetentionLedger;
import com.segumento.lake.RetentionLedger.Line;
import com.segumento.lake.Workspace;
import com.segumento.model.Vault;
import com.segumento.privacy.AudienceFixture;
import com.segumento.privacy.DestinationKey;
import com.segumento.retention.Erasure.Order;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Audiences of two nights. After the first, one export is taken out of the configuration and one
 * gets another key; after the second, a segment is taken out of one.
 */
@ExtendWith(SparkExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AudienceListsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  private static final String ONE = "2026-03-01-1";
  private static final String TWO = "2026-03-02-1";

  /** In lists of the first night only, under keys that no destination has now. */
  private static final int LEFT = 9;

  /** In the list of a segment that was taken out. */
  private static final int IN_SEGMENT = 8;

  private static final int STAYS = 1;

  private static final String BEFORE = audience("rekeyed", "drip, leave", 1);
  private static final String AFTER = audience("rekeyed", "drip", 2);
  private static final String BOTH = audience("fewer", "drip, leave", 3);
  private static final String FEWER = audience("fewer", "drip", 3);

  /** Of destinations, as the fixture has them. */
  private static final List<String> KEYS =
      List.of(
          AudienceFixture.DSP1,
          "the key of destination two, made up",
          "the key of destination three, made up",
          "the key of destination four, made up");

  @TempDir static Path directory;
  private static AudienceFixture fixture;

  private static String audience(String name, String segments, int key) {
    return ("{name: %s, kind: audience, segments: [%s], destination: {id: of_%s, key:"
            + " acme.dsp%d.key}, privacy: {k: 3}, format: csv}")
        .formatted(name, segments, name, key);
  }

  @BeforeAll
  static void publish(SparkSession spark) throws IOException {
    fixture = new AudienceFixture(spark, directory);
    release("removed", ONE, 4, Map.of("drip", ONE), STAYS, LEFT);
    release("rekeyed", ONE, 1, Map.of("drip", ONE, "leave", ONE), STAYS, LEFT);
    release("rekeyed", TWO, 2, Map.of("drip", TWO), STAYS);
    release("fewer", ONE, 3, Map.of("drip", ONE, "leave", ONE), STAYS, IN_SEGMENT);
    release("fewer", TWO, 3, Map.of("drip", TWO, "leave", ONE), STAYS);
    write("exports/acme/told/dt=2026-03-01/run=" + ONE + "/manifest.json", "{\"kind\": \"cells\"}");
    // What killed runs left, which says no key.
    write(folder("rekeyed", "2026-03-01-2") + "/part-00000.csv", list(0, LEFT));
    write("staging/acme/2026-02-27-1/removed/part-00000.csv", list(3, LEFT));
    assertThat(found(LEFT)).hasSize(2);
    assertThat(found(IN_SEGMENT)).hasSize(1);
  }

  /** A release of one list under the key {@code acme.dsp<key>.key}. */
  private static void release(
      String export, String run, int key, Map<String, String> publishedBy, int... persons) {
    ObjectNode manifest =
        JsonNodeFactory.instance
            .objectNode()
            .put("export", export)
            .put("kind", "audience")
            .put("run", run)
            .put("client", CLIENT.value())
            .put("business_date", run.substring(0, 10));
    manifest
        .putObject("destination")
        .put("id", "of_" + export)
        .put("key_id", DestinationKey.id(KEYS.get(key - 1).getBytes(UTF_8)));
    publishedBy.forEach(
        (segment, by) ->
            manifest.withArray("segments").addObject().put("id", segment).put("published_by", by));
    byte[] secret = workspace(FIRST).secrets().secret(ManifestSigner.ALIAS);
    write(folder(export, run) + "/part-00000.csv", list(key - 1, persons));
    write(
        folder(export, run) + "/manifest.json",
        Manifest.signed(manifest, new ManifestSigner(secret)));
  }

  @Test
  @org.junit.jupiter.api.Order(1)
  void whatIsNoLongerInForceExpires() {
    String[] now = {AFTER, FEWER};
    List<String> ofTheFirst =
        List.of(
            "exports/acme/rekeyed/dt=2026-03-01/run=2026-03-01-1",
            "exports/acme/rekeyed/dt=2026-03-01/run=2026-03-01-2",
            "exports/acme/removed/dt=2026-03-01",
            "exports/acme/told/dt=2026-03-01");
    assertThat(expired(FIRST.plusDays(90), now)).isEmpty();
    assertThat(expired(FIRST.plusDays(91), now))
        .as("the second release of fewer still counts a list of the first among its own")
        .isEqualTo(ofTheFirst);
    for (int days : List.of(92, 300)) {
      assertThat(expired(FIRST.plusDays(days), now))
          .as("lists that the next release goes on from stay")
          .containsExactlyElementsOf(
              Stream.concat(
                      Stream.of("exports/acme/fewer/dt=2026-03-01/run=2026-03-01-1"),
                      ofTheFirst.stream())
                  .toList());
    }
    assertThat(expired(FIRST.plusDays(300), BEFORE, BOTH))
        .as("under the first key, and with the segment")
        .containsExactly(
            "exports/acme/rekeyed/dt=2026-03-01/run=2026-03-01-2",
            "exports/acme/rekeyed/dt=2026-03-02/run=2026-03-02-1",
            "exports/acme/removed/dt=2026-03-01",
            "exports/acme/told/dt=2026-03-01");
  }

  @Test
  @org.junit.jupiter.api.Order(2)
  void anErasureLeavesNoListThatHoldsThePersonOrCannotBeSearched(SparkSession spark)
      throws IOException {
    List<String> names = List.of("erasure-acme-e-1");
    Erasure.Done done =
        new Erasure(workspace(FIRST.plusDays(1)))
            .carryOut(new Order(names, persons(spark, LEFT, IN_SEGMENT), List.of()));
    assertThat(found(LEFT)).isEmpty();
    assertThat(found(IN_SEGMENT)).isEmpty();
    assertThat(places())
        .filteredOn(path -> path.startsWith("exports/") || path.startsWith("staging/"))
        .containsExactly(
            "exports/acme/rekeyed/dt=2026-03-02/run=2026-03-02-1/manifest.json",
            "exports/acme/rekeyed/dt=2026-03-02/run=2026-03-02-1/part-00000.csv",
            "exports/acme/told/dt=2026-03-01/run=2026-03-01-1/manifest.json");
    assertThat(done.unsearched()).isEqualTo(4);
    assertThat(done.proven().removed()).as("both releases of fewer").isGreaterThanOrEqualTo(4);
    assertThat(RetentionLedger.open(spark, fixture.lake()).deletions("acme"))
        .extracting(Line::rule)
        .hasSize(8)
        .containsOnly("erasure");
  }

  private static Dataset<Row> persons(SparkSession spark, int... persons) {
    return spark.createDataFrame(
        java.util.Arrays.stream(persons)
            .mapToObj(each -> RowFactory.create(key(each), token(each).getBytes(UTF_8)))
            .toList(),
        Vault.SCHEMA);
  }

  private static Workspace workspace(LocalDate date) {
    return fixture.workspace(date, 2, AFTER, FEWER);
  }

  private static List<String> expired(LocalDate date, String... exports) {
    return new ExpiryPlan(fixture.workspace(date, 1, exports))
        .expired().stream()
            .map(Expired::subject)
            .filter(subject -> subject.startsWith("exports/"))
            .sorted()
            .toList();
  }

  private static String list(int key, int... persons) {
    StringBuilder rows = new StringBuilder("segment_id,token\n");
    for (int person : persons) {
      rows.append("drip,").append(rehashed(person, KEYS.get(key))).append('\n');
    }
    return rows.toString();
  }

  private static String folder(String export, String run) {
    return "exports/acme/%s/dt=%s/run=%s".formatted(export, run.substring(0, 10), run);
  }

  private static void write(String path, String text) {
    fixture.lake().objects().write(fixture.lake().layout().root() + "/" + path, text);
  }

  /** The keys under which a person is still in some object. */
  private static List<String> found(int person) throws IOException {
    String all = StoredText.bytes(directory.resolve("lake"), path -> true);
    return KEYS.stream().map(key -> rehashed(person, key)).filter(all::contains).toList();
  }

  private static List<String> places() {
    return fixture.lake().objects().list(fixture.lake().layout().root()).stream()
        .map(object -> fixture.lake().layout().relative(object.uri()))
        .sorted()
        .toList();
  }
}
