package com.segumento.request;

import static com.segumento.request.RequestPersons.token;
import static com.segumento.request.RequestYard.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.enrich.EnrichStage;
import com.segumento.export.Manifest;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.CertificateLedger;
import com.segumento.lake.Workspace;
import com.segumento.model.Certificates;
import com.segumento.model.LeftoversException;
import com.segumento.model.RequestStep;
import com.segumento.ops.Progress;
import com.segumento.ops.StageReport;
import com.segumento.pipeline.RetentionStage;
import com.segumento.pipeline.RetentionStage.Scope;
import com.segumento.segment.SegmentStage;
import com.segumento.testkit.FailingDeletes;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One lake, on which an erasure is hindered, killed, carried out and certified, in this order. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ErasureTest {
  private static final RetentionStage STAGE = new RetentionStage(Scope.ERASURES);

  private static final String UNSEARCHED =
      "exports/acme/ads/dt=" + DAY.minusDays(1) + "/run=" + DAY.minusDays(1) + "-1";

  private final SparkSession spark = SparkExtension.session();
  private RequestYard yard;
  private Path planted;
  private List<Optional<String>> inputs;

  @BeforeAll
  void lake(@TempDir Path directory) throws IOException {
    yard = new RequestYard(spark, directory);
    yard.drop("customers", DAY.minusDays(1), "c-1", customers(0, 10));
    yard.drop("customers", DAY.minusDays(1), "c-2", customers(10, 12));
    yard.drop("orders", DAY.minusDays(1), "o-1", orders(0, 10));
    yard.ingest(DAY);
    yard.enrich(DAY);
    yard.segment(DAY);
    // Under a key that is no longer configured: nobody can tell whose tokens these are.
    RequestYard.write(
        yard.root.resolve(UNSEARCHED + "/manifest.json"),
        "{\"kind\": \"audience\", \"destination\": {\"id\": \"dsp\", \"key_id\": \"0123\"}}");
    RequestYard.write(yard.root.resolve(UNSEARCHED + "/part-00000.csv"), "segment_id,token\n");
    yard.ask("e-1", "erase").csv("token", token(3), token(4)).put();
    yard.requests().run(yard.workspace(DAY));
    assertThat(yard.steps()).containsEntry("e-1", RequestStep.RUNNING);
    assertThat(found()).isNotEmpty();
    inputs = inputs();
    planted = yard.root.resolve("reference/places/notes.txt");
    RequestYard.write(yard.root.resolve("landing/acme/customers/" + token(3) + "/note.txt"), "x");
    // What was there is looked into, and what comes meanwhile is not, whatever the store's clock
    // says.
    touch("c-1", Instant.now().plus(1, ChronoUnit.DAYS));
  }

  @Test
  @Order(1)
  void certifiesNothingWhereSomethingIsLeft() throws IOException {
    RequestYard.write(
        planted, "somebody wrote down " + token(4).toUpperCase(Locale.ROOT) + " here");
    assertThatThrownBy(() -> run(Progress.SILENT))
        .isInstanceOf(LeftoversException.class)
        .hasMessage(
            "What was to be erased is still in the lake, or objects cannot be looked into, and they"
                + " are not of a kind that may be deleted. Nothing was certified. Objects:"
                + " reference/places/notes.txt.");
    assertThat(yard.steps()).containsEntry("e-1", RequestStep.RUNNING);
    assertThat(yard.lake.tables().exists(yard.lake.layout().ops(Certificates.NAME))).isFalse();
    Files.delete(planted);
  }

  @Test
  @Order(2)
  void goesOnWhereItWasKilled() {
    // The tables were done by the run before; this one dies between the proof and what follows.
    assertThatThrownBy(() -> run(new KilledAtTheProof()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("killed");
    assertThat(yard.steps()).containsEntry("e-1", RequestStep.RUNNING);
  }

  @Test
  @Order(3)
  void leavesNoByteOfThem() throws IOException {
    // What was there is looked into and what comes meanwhile is not, whatever the store's clock
    // says.
    FailingDeletes.in(spark, "/_requests/e-1/");
    FailingDeletes.SILENT.set(2); // the order itself is not gone because the store says so
    StageReport report;
    try {
      report = run(new DeliveredMeanwhile());
    } finally {
      FailingDeletes.out(spark);
    }
    assertThat(yard.steps()).containsEntry("e-1", RequestStep.DONE);
    assertThat(found()).isEmpty();
    try (Stream<Path> all = Files.walk(yard.root)) {
      assertThat(all.map(Path::toString))
          .as("folders, too")
          .noneMatch(path -> path.contains(token(3)));
    }
    assertThat(certificate().at("/proof/objects_arrived").asInt()).isEqualTo(2);
    assertThat(yard.root.resolve("landing/acme/customers/dt=" + DAY.minusDays(1) + "/c-9/0.csv"))
        .exists();
    assertThat(report.counts().get("objects_scanned")).isGreaterThan(50);
    assertThat(STAGE.inputs(yard.workspace(DAY))).isEmpty();
  }

  @Test
  @Order(4)
  void keepsWhatIsNotTheirs() throws IOException {
    List<Integer> others = IntStream.range(0, 12).filter(n -> n != 3 && n != 4).boxed().toList();
    assertThat(yard.persons("customers")).isEqualTo(others);
    assertThat(yard.persons("profiles")).doesNotContain(3, 4);
    assertThat(yard.persons("orders")).isEqualTo(others.stream().filter(n -> n < 10).toList());
    // A drop without them stays, one with them goes as a whole.
    assertThat(yard.root.resolve("landing/acme/customers/dt=" + DAY.minusDays(1) + "/c-2"))
        .isNotEmptyDirectory();
    assertThat(yard.root.resolve("landing/acme/customers/dt=" + DAY.minusDays(1) + "/c-1"))
        .doesNotExist();
    assertThat(yard.root.resolve("landing/acme/_requests/e-1")).isEmptyDirectory();
  }

  @Test
  @Order(4)
  void givesNoStageOfTheNightAnythingToDoAgain() {
    assertThat(inputs()).isEqualTo(inputs).allMatch(Optional::isPresent);
  }

  @Test
  @Order(5)
  void certifiesUnderOurSignature() {
    JsonNode certificate = certificate();
    Workspace workspace = yard.workspace(DAY);
    String key = new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS)).publicKey();
    assertThat(Manifest.verifies(certificate, key)).isTrue();
    assertThat(certificate.path("client").asText()).isEqualTo("acme");
    assertThat(certificate.path("requests").path(0).path("request").asText()).isEqualTo("e-1");
    assertThat(certificate.path("requests").path(0).path("persons").asLong()).isEqualTo(2);
    assertThat(certificate.path("proof").path("found").asInt(-1)).isZero();
    assertThat(yard.root.resolve(UNSEARCHED)).doesNotExist();
    assertThat(certificate.at("/proof/folders_deleted_unsearched").asInt())
        .as("by the run that was killed")
        .isEqualTo(1);
    assertThat(certificate.path("proof").path("sha256").asText()).hasSize(64);
    assertThat(certificate.toString()).doesNotContain(token(3), token(4));
  }

  @Test
  @Order(6)
  void issuesACertificateThatAKillHeldBack() {
    JsonNode before = certificate();
    yard.lake.objects().delete(yard.lake.layout().ops(Certificates.NAME));
    assertThat(STAGE.inputs(yard.workspace(DAY))).isPresent();
    run(Progress.SILENT);
    assertThat(certificate().path("proof")).isEqualTo(before.path("proof"));
  }

  private List<Optional<String>> inputs() {
    Workspace workspace = yard.workspace(DAY);
    return List.of(new EnrichStage().inputs(workspace), new SegmentStage().inputs(workspace));
  }

  private StageReport run(Progress progress) {
    Workspace quiet = yard.workspace(DAY);
    return STAGE.run(
        new Workspace(
            quiet.spark(),
            quiet.lake(),
            quiet.secrets(),
            quiet.platform(),
            quiet.client(),
            quiet.segments(),
            quiet.date(),
            quiet.run(),
            quiet.configDirectory(),
            progress));
  }

  private JsonNode certificate() {
    return Manifest.parse(
        CertificateLedger.open(spark, yard.lake).document("erasure-acme-e-1").orElseThrow());
  }

  private void touch(String drop, Instant time) {
    try (Stream<Path> files =
        Files.list(
            yard.root.resolve("landing/acme/customers/dt=" + DAY.minusDays(1)).resolve(drop))) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is found of persons 3 and 4, by other means than the product's. */
  private List<String> found() throws IOException {
    String all = StoredText.of(spark, yard.root, path -> !path.contains("/c-9/"));
    return Stream.of(3, 4)
        .flatMap(n -> RequestPersons.needles(n).stream())
        .filter(all::contains)
        .toList();
  }

  private static String[] customers(int from, int until) {
    return lines(
        "who,age,gender,changed",
        from,
        until,
        n -> token(n) + "," + (20 + n) + ",f,2026-03-08T00:00:00Z");
  }

  private static String[] orders(int from, int until) {
    return lines(
        "who,at,amount", from, until, n -> token(n) + ",2026-03-08T10:00:00Z," + (100 + n));
  }

  private static String[] lines(
      String header, int from, int until, java.util.function.IntFunction<String> line) {
    List<String> lines = new ArrayList<>(List.of(header));
    IntStream.range(from, until).mapToObj(line).forEach(lines::add);
    return lines.toArray(String[]::new);
  }

  /** Dies when the proof is done. */
  private static final class KilledAtTheProof implements Progress {
    @Override
    public void begin(String step) {}

    @Override
    public void end(String outcome) {
      if (outcome.endsWith(" objects")) {
        throw new IllegalStateException("killed");
      }
    }
  }

  /** Has the client deliver both of them again when the proof begins. */
  private final class DeliveredMeanwhile implements Progress {
    @Override
    public void begin(String step) {
      if (step.equals("proving that nothing is left")) {
        yard.drop("customers", DAY.minusDays(1), "c-9", customers(3, 5));
        touch("c-9", Instant.now().minus(1, ChronoUnit.DAYS));
      }
    }

    @Override
    public void end(String outcome) {}
  }
}
