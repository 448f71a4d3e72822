package com.segumento.privacy;

import static com.segumento.privacy.AudienceFixture.ADS;
import static com.segumento.privacy.AudienceFixture.CLIENT;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.export.ExportStage;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.Workspace;
import com.segumento.model.PriorLists;
import com.segumento.model.PriorLists.PriorList;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.engine.AudienceEngine;
import com.segumento.privacy.gate.AudienceGate;
import com.segumento.privacy.gate.JudgedFolder;
import com.segumento.privacy.gate.Verdict;
import com.segumento.privacy.gate.Violation;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class AudienceMutationTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final SourceVersions NIGHT2 = new SourceVersions(2, 2, OptionalLong.empty());

  @TempDir static Path directory;
  private static AudienceFixture fixture;
  private static PriorLists prior;
  private static ReleaseRequest whole;
  private static List<Row> rows;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = new AudienceFixture(spark, directory).write(FIRST);
    fixture.night(
        FIRST,
        Map.of(
            "drip", Set.of(0, 1, 2, 3, 4, 5),
            "leave", Set.of(0, 1, 2, 3, 4, 5, 6),
            "out", Set.of(20, 21, 22, 23, 24)),
        Set.of());
    fixture.night(
        SECOND,
        Map.of(
            "drip", Set.of(1, 2, 3, 4, 5, 6, 7),
            "leave", Set.of(3, 4, 5, 6),
            "out", Set.of(20, 21, 22, 23, 24),
            "small", Set.of(0, 1)),
        Set.of(20));
    new ExportStage().run(fixture.workspace(FIRST, 1, ADS));
    PriorList list = new PriorList(FIRST + "-1", "csv", List.of(first() + "/part-00000.csv"));
    Map<String, PriorList> lists = new HashMap<>();
    List.of("drip", "leave", "out").forEach(segment -> lists.put(segment, list));
    prior = new PriorLists(lists);
    whole = second("whole", prior);
    new AudienceEngine().stage(whole);
    rows = spark.read().option("header", true).csv(whole.folder() + "/part").collectAsList();
  }

  @Test
  void passesAnEngineThatIsWhole() {
    Verdict verdict = judge(whole);
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.files().stream().map(file -> file.stem() + " " + file.rows()))
        .containsExactlyInAnyOrder("part 14", "left 3");
    assertThat(verdict.withheld()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void catchesAnEngineThat(AudienceMutant mutant) {
    ReleaseRequest request = second(mutant.name(), mutant.finds(prior));
    mutant.stage(request, rows);
    assertThat(judge(request).violations().stream().map(Violation::code)).contains(mutant.code());
  }

  /** Whom its destination has is not known then. */
  @Test
  void refusesToGoOnFromAListThatIsNotAsItWasSigned() {
    ObjectStore objects = fixture.lake().objects();
    String list = first() + "/part-00000.csv";
    String signed = objects.text(list).orElseThrow();
    try {
      objects.write(list, signed.lines().limit(8).collect(joining("\n", "", "\n")));
      assertThat(judge(whole).violations()).containsExactly(Violation.PREDECESSOR);
    } finally {
      objects.write(list, signed);
    }
  }

  /** What is not signed by us, or lies in another's place, is no list of a destination. */
  @Test
  void goesOnFromNothingThatWasPutThere() {
    ObjectStore objects = fixture.lake().objects();
    String manifest = objects.text(first() + "/manifest.json").orElseThrow();
    String unsigned = first().replace("run=2026-03-01-1", "run=2026-03-01-5");
    String elsewhere = first().replace("run=2026-03-01-1", "run=2026-03-01-6");
    try {
      objects.write(unsigned + "/manifest.json", manifest.replace("03-01-1", "03-01-5"));
      objects.write(elsewhere + "/manifest.json", manifest);
      assertThat(judge(whole).violations()).isEmpty();
    } finally {
      objects.delete(unsigned);
      objects.delete(elsewhere);
    }
  }

  private static String first() {
    return fixture.lake().layout().release(CLIENT, "ads", FIRST, FIRST + "-1");
  }

  private static Verdict judge(ReleaseRequest request) {
    return new AudienceGate()
        .inspect(
            request.workspace(),
            request.export(),
            request.sources(),
            JudgedFolder.staged(request.folder()),
            request.prior());
  }

  /** The same by a contract that knows of no way to opt out. */
  static ReleaseRequest withoutOptOut(ReleaseRequest request) {
    return request(
        fixture.optingOutBy(null, SECOND, 1, ADS),
        request.sources(),
        request.folder().substring(request.folder().lastIndexOf('/') + 1),
        request.prior());
  }

  private static ReleaseRequest second(String name, PriorLists lists) {
    return request(fixture.workspace(SECOND, 1, ADS), NIGHT2, name, lists);
  }

  private static ReleaseRequest request(
      Workspace workspace, SourceVersions sources, String name, PriorLists lists) {
    return new ReleaseRequest(
        workspace,
        workspace.client().exports().get(0),
        sources,
        fixture.lake().layout().staging(CLIENT, "run") + "/" + name,
        Map.of(),
        lists);
  }
}
