package com.segumento.export;

import static com.segumento.privacy.AudienceFixture.ADS;
import static com.segumento.privacy.AudienceFixture.CLIENT;
import static com.segumento.privacy.AudienceFixture.DSP1;
import static com.segumento.privacy.AudienceFixture.PERSONS;
import static com.segumento.privacy.AudienceFixture.WITHOUT_TOKEN;
import static com.segumento.privacy.AudienceFixture.rehashed;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.StageReport;
import com.segumento.privacy.AudienceFixture;
import com.segumento.testkit.Eavesdropper;
import com.segumento.testkit.Needles;
import com.segumento.testkit.SparkExtension;
import com.segumento.udf.PersonKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Audiences over four nights. */
@ExtendWith(SparkExtension.class)
class AudienceExportTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  private static final String ADS2 =
      ADS.replace("name: ads", "name: ads2").replace("dsp1", "dsp2").replace(", small", "");

  @TempDir static Path directory;
  private static AudienceFixture fixture;
  private static String heard;

  @BeforeAll
  static void publish(SparkSession spark) throws Exception {
    fixture = new AudienceFixture(spark, directory).write(FIRST);
    fixture.night(
        FIRST,
        Map.of(
            "drip", Set.of(0, 1, 2, 3, 4, 5, WITHOUT_TOKEN),
            "leave", persons(0, 8),
            "out", persons(19, 26),
            "small", Set.of(0, 1),
            "other", persons(0, 20)),
        Set.of(19));
    fixture.night(
        FIRST.plusDays(1),
        Map.of(
            "drip", Set.of(1, 2, 3, 4, 5, 6, 7),
            "leave", persons(3, 8),
            "out", persons(19, 26),
            "small", Set.of(0, 1, 2)),
        Set.of(19, 20));
    fixture.night(
        FIRST.plusDays(2),
        Map.of(
            "drip", Set.of(1, 2, 3, 4, 5, 6, 7, 8),
            "leave", Set.of(4),
            "out", persons(21, 29),
            "small", Set.of(0, 1, 2)),
        Set.of(19, 21));
    fixture.night(
        FIRST.plusDays(3), Map.of("leave", Set.of(4, 5, 6, 30), "small", Set.of(3)), Set.of(19));
    try (Eavesdropper ears = new Eavesdropper(spark)) {
      new ExportStage().run(fixture.workspace(FIRST, 1, ADS, ADS2));
      heard = ears.heard();
    }
    new ExportStage().run(fixture.workspace(FIRST.plusDays(1), 1, ADS));
    RecordedRuns.publish(fixture.workspace(FIRST.plusDays(2), 1, ADS));
    new ExportStage().run(fixture.workspace(FIRST.plusDays(3), 1, ADS));
  }

  @Test
  void listsHoldTheMembersByATokenOfTheDestinationAlone() {
    assertThat(lists("ads", 0, "part"))
        .isEqualTo(Map.of("drip", persons(0, 6), "leave", persons(0, 8), "out", persons(20, 26)));
    List<String> lines = lines("ads", 0, "part");
    assertThat(lines.get(0)).isEqualTo("segment_id,token");
    assertThat(lines.subList(1, lines.size()))
        .isSorted()
        .allMatch(line -> line.matches("[a-z]+,[0-9a-f]{64}"));
    Set<String> one = tokens("ads");
    Set<String> two = tokens("ads2");
    assertThat(two).hasSameSizeAs(one).doesNotContainAnyElementsOf(one);
  }

  @Test
  void aListChangesOnlyByGroupsButForThoseWhoOptOut() {
    assertThat(lists("ads", 1, "part"))
        .isEqualTo(
            Map.of(
                "drip", persons(0, 6), // two wait to join, one to leave
                "leave", persons(3, 8),
                "out", persons(21, 26), // who opted out is gone at once
                "small", persons(0, 3)));
    assertThat(lists("ads", 2, "part"))
        .isEqualTo(
            Map.of(
                "drip", persons(0, 9), // the third has come, the one still waits
                "out", persons(22, 29),
                "small", persons(0, 3)));
    assertThat(lists("ads", 3, "part"))
        .as("goes on from the list of two nights before; nobody else was listed since")
        .isEqualTo(Map.of("leave", persons(3, 8)));
  }

  @Test
  void aDiffTellsOfGroupsOnly() {
    assertThat(lists("ads", 1, "left")).isEqualTo(Map.of("leave", persons(0, 3)));
    assertThat(lists("ads", 2, "joined")).isEqualTo(Map.of("drip", Set.of(6, 7, 8)));
    assertThat(Stream.of(0, 1, 2, 3).map(night -> files("ads", night)))
        .containsExactly(
            List.of("manifest.json", "part-00000.csv"),
            List.of("left-00000.csv", "manifest.json", "part-00000.csv"),
            List.of("joined-00000.csv", "manifest.json", "part-00000.csv"),
            List.of("manifest.json", "part-00000.csv"));
  }

  @Test
  void onlyTheNewestListIsShared() {
    Workspace workspace = fixture.workspace(FIRST.plusDays(3), 2, ADS);
    SharedFiles.Wanted newest = new SharedFiles.Wanted("ads", Optional.empty(), Optional.empty());
    assertThat(SharedFiles.of(workspace, newest).date()).isEqualTo(FIRST.plusDays(3));
    SharedFiles.Wanted before =
        new SharedFiles.Wanted("ads", Optional.of(FIRST.plusDays(2)), Optional.empty());
    assertThatThrownBy(() -> SharedFiles.of(workspace, before))
        .as("who has opted out since is in it")
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageContaining("a newer one of " + FIRST.plusDays(3));
    assertThatThrownBy(() -> SharedFiles.of(fixture.withoutActivation(workspace), newest))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageEndingWith("as the agreement of client acme has no activation (any more).");
  }

  @Test
  void theManifestSaysWhoItIsForAndNothingOfThePersons() {
    JsonNode manifest = manifest("ads", 2);
    assertThat(manifest.at("/destination/id").asText()).isEqualTo("dsp1");
    assertThat(manifest.at("/destination/key_id").asText()).matches("[0-9a-f]{16}");
    assertThat(manifest.at("/privacy").toString())
        .isEqualTo("{\"k\":3,\"counts\":\"distinct persons\",\"withheld\":\"few or none\"}");
    assertThat(manifest.at("/columns").findValuesAsText("name"))
        .containsExactly("segment_id", "token");
    Map<String, String> segments = new HashMap<>();
    manifest
        .path("segments")
        .forEach(
            segment -> {
              assertThat(Set.copyOf(members(segment)))
                  .isSubsetOf("id", "version", "definition_hash", "published_by", "previous_by");
              segments.put(
                  segment.path("id").asText(),
                  segment.path("previous_by").asText()
                      + " "
                      + segment.path("published_by").asText());
            });
    assertThat(segments)
        .isEqualTo(
            Map.of(
                "drip", "2026-03-02-1 2026-03-03-1",
                "leave", "2026-03-02-1 2026-03-02-1",
                "out", "2026-03-02-1 2026-03-03-1",
                "small", "2026-03-02-1 2026-03-03-1"));
  }

  /** A rule that is guessed, such as one of an age, can be hashed as well. */
  @Test
  void nobodyWithoutOurSecretCanTellADefinitionByItsHash() {
    Map<String, String> hashes = definitions(manifest("ads", 2));
    assertThat(hashes.keySet()).containsExactlyInAnyOrder("drip", "out", "small");
    assertThat(hashes.values())
        .allMatch(hash -> hash.matches("[0-9a-f]{64}"))
        .doesNotHaveDuplicates();
    byte[] secret = fixture.workspace(FIRST, 1).secrets().secret(ManifestSigner.ALIAS);
    assertThat(hashes)
        .containsEntry(
            "drip",
            HexFormat.of()
                .formatHex(
                    PersonKey.of(
                        secret, "segumento audience definition 1\nacme\nads\ndrip\nhash-of-drip")));
    assertThat(definitions(manifest("ads", 0)).get("drip"))
        .as("the same as long as it means the same")
        .isEqualTo(hashes.get("drip"));
    assertThat(definitions(manifest("ads2", 0)).get("drip"))
        .as("two destinations cannot tell that they have the same segment")
        .isNotEqualTo(hashes.get("drip"));
  }

  @Test
  void aManifestThatSaysOtherListsIsFound() {
    Map<String, String> none =
        says(
            segment ->
                segment
                    .put("definition_hash", "hash-of-drip")
                    .remove(List.of("published_by", "previous_by")));
    assertThat(none)
        .containsEntry(
            "definitions",
            "The manifest says other definitions. The manifest says that other lists were"
                + " published.")
        .containsEntry("changes", "The gate finds: predecessor.");
    Map<String, String> older =
        says(
            segment ->
                segment.put("published_by", "2026-03-02-1").put("previous_by", "2026-03-01-1"));
    assertThat(older)
        .containsEntry("definitions", "The manifest says that other lists were published.")
        .containsEntry("changes", "The gate finds: predecessor.");
  }

  /**
   * What is said of each guarantee of the third night with the manifest's first segment changed.
   */
  private static Map<String, String> says(Consumer<ObjectNode> change) {
    JsonNode changed = manifest("ads", 2);
    ObjectNode segment = (ObjectNode) changed.at("/segments/0");
    assertThat(segment.path("id").asText()).isEqualTo("drip");
    change.accept(segment);
    Map<String, String> says = new HashMap<>();
    derived(new PublishedRelease(folder("ads", 2), changed))
        .forEach(found -> says.put(found.name(), found.says()));
    return says;
  }

  private static List<Guarantee> derived(PublishedRelease release) {
    Workspace workspace = fixture.workspace(FIRST.plusDays(2), 1, ADS);
    return new Rederivation(workspace, release, publicKey()).guarantees();
  }

  private static String publicKey() {
    Workspace workspace = fixture.workspace(FIRST, 1);
    return new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS)).publicKey();
  }

  private static List<String> members(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Map<String, String> definitions(JsonNode manifest) {
    Map<String, String> hashes = new HashMap<>();
    for (JsonNode segment : manifest.path("segments")) {
      if (segment.has("definition_hash")) {
        hashes.put(segment.path("id").asText(), segment.path("definition_hash").asText());
      }
    }
    return hashes;
  }

  @Test
  void everyGuaranteeIsDerivedAgain() {
    PublishedRelease release = PublishedRelease.at(fixture.lake(), folder("ads", 2));
    List<Guarantee> found = derived(release);
    assertThat(found).allMatch(each -> each.outcome() == Guarantee.Outcome.HOLDS);
    assertThat(found.stream().map(Guarantee::name))
        .containsExactly(
            "parameters",
            "format",
            "rows",
            "k",
            "definitions",
            "opt-outs",
            "changes",
            "diffs",
            "withheld");
    Workspace other = fixture.workspace(FIRST.plusDays(2), 1, ADS.replace("dsp1.key", "dsp2.key"));
    assertThat(new Rederivation(other, release, publicKey()).guarantees().get(1).says())
        .isEqualTo("Its destination, or the key of it, is another one now.");
  }

  /** Tokens under one key can be compared, whatever the destination is called. */
  @Test
  void aListGoesOnUnderItsKeyAndBeginsAnewUnderAnother() {
    String third = "2026-03-03-1";
    assertThat(before(ADS))
        .isEqualTo(Map.of("drip", third, "leave", "2026-03-04-1", "out", third, "small", third));
    assertThat(before(ADS.replace("id: dsp1", "id: dsp9"))).isEqualTo(before(ADS));
    assertThat(before(ADS.replace("dsp1.key", "dsp2.key"))).isEmpty();
  }

  /** The runs whose lists a release of the fifth night would go on from. */
  private static Map<String, String> before(String export) {
    Workspace workspace = fixture.workspace(FIRST.plusDays(4), 1, export);
    Map<String, String> runs = new HashMap<>();
    new PriorAudience(workspace, new Releases(workspace, publicKey()))
        .of(workspace.client().exports().get(0))
        .bySegment()
        .forEach((segment, list) -> runs.put(segment, list.run()));
    return runs;
  }

  @Test
  void theSameRunAgainLeavesItsReleaseAndAnEarlierDateIsNotDue() {
    StageReport again = new ExportStage().run(fixture.workspace(FIRST.plusDays(3), 1, ADS));
    assertThat(again.outputs().get("ads")).isEqualTo(folder("ads", 3));
    StageReport earlier = new ExportStage().run(fixture.workspace(FIRST.plusDays(2), 2, ADS));
    assertThat(earlier.counts()).isEqualTo(Map.of("exports_not_due", 1L));
  }

  @Test
  void neitherTokenNorKeyIsHeardOf() {
    List<String> tokens = IntStream.range(0, PERSONS).mapToObj(AudienceFixture::token).toList();
    assertThat(Needles.ofTokens(tokens)).noneMatch(heard::contains);
    assertThat(Needles.ofKeys(DSP1.getBytes(StandardCharsets.UTF_8), tokens))
        .noneMatch(heard::contains);
    assertThat(heard).contains("Export published: client=acme export=ads").doesNotContain(DSP1);
    assertThat(fixture.lake().objects().list(fixture.lake().layout().staging(CLIENT))).isEmpty();
  }

  @Test
  void whatCouldBeJoinedOrGuessedIsRefused() {
    assertRefused(ADS.replace("dsp1.key", "short.key"), "is shorter than 16 bytes");
    assertRefused(ADS.replace("dsp1.key", "none.key"), "No secret with the alias acme.none.key");
    assertRefused(
        ADS.replace("dsp1.key", "person.key"), "acme.person.key and acme.person.key are one");
    Workspace same =
        fixture.workspace(
            FIRST.plusDays(3), 9, ADS2.replace("dsp2.key", "same.key"), ADS.replace("ads", "ads3"));
    assertThatThrownBy(() -> new ExportStage().run(same))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("The secrets acme.same.key and acme.dsp1.key are one and the same.")
        .hasMessageContaining("The secrets acme.dsp1.key and acme.same.key are one and the same.");
    Workspace unknown =
        fixture.optingOutBy("says_no", FIRST.plusDays(3), 9, ADS.replace("ads", "ads4"));
    assertThatThrownBy(() -> new ExportStage().run(unknown))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("have no column says_no, so that it is not known who opted out");
  }

  private static void assertRefused(String export, String message) {
    Workspace workspace =
        fixture.workspace(FIRST.plusDays(3), 9, export.replace("name: ads", "name: refused"));
    assertThatThrownBy(() -> new ExportStage().run(workspace))
        .isInstanceOf(ConfigException.class)
        .isNotInstanceOf(PrivacyRefused.class)
        .hasMessageContaining(message);
  }

  private static Set<Integer> persons(int from, int until) {
    return IntStream.range(from, until).boxed().collect(toSet());
  }

  /** Who is in the files of this beginning, by segment. */
  private static Map<String, Set<Integer>> lists(String export, int night, String stem) {
    Map<String, Integer> known = new HashMap<>();
    for (int person = 0; person < PERSONS; person++) {
      known.put(rehashed(person, DSP1), person);
    }
    Map<String, Set<Integer>> lists = new TreeMap<>();
    List<String> lines = lines(export, night, stem);
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split(",", -1);
      lists.computeIfAbsent(row[0], none -> new HashSet<>()).add(known.get(row[1]));
    }
    return lists;
  }

  private static Set<String> tokens(String export) {
    List<String> lines = lines(export, 0, "part");
    return lines.stream().skip(1).map(line -> line.split(",", -1)[1]).collect(toSet());
  }

  private static List<String> lines(String export, int night, String stem) {
    return fixture
        .lake()
        .objects()
        .text(folder(export, night) + "/" + stem + "-00000.csv")
        .orElseThrow()
        .lines()
        .toList();
  }

  private static List<String> files(String export, int night) {
    return fixture.lake().objects().names(folder(export, night));
  }

  private static JsonNode manifest(String export, int night) {
    return Manifest.parse(
        fixture.lake().objects().text(folder(export, night) + "/manifest.json").orElseThrow());
  }

  private static String folder(String export, int night) {
    LocalDate date = FIRST.plusDays(night);
    return fixture.lake().layout().release(CLIENT, export, date, date + "-1");
  }
}
