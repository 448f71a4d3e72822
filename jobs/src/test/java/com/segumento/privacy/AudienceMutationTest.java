package com.segumento.privacy;

import static com.segumento.privacy.AudienceFixture.ADS;
import static com.segumento.privacy.AudienceFixture.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

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
  private static final SourceVersions NIGHT1 = new SourceVersions(1, 1, OptionalLong.empty());
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
    ReleaseRequest first =
        request(fixture.workspace(FIRST, 1, ADS), NIGHT1, "first", PriorLists.NONE);
    new AudienceEngine().stage(first);
    PriorList list =
        new PriorList(
            FIRST + "-1",
            "csv",
            fixture.lake().objects().list(first.folder()).stream()
                .map(file -> file.uri())
                .toList());
    Map<String, PriorList> lists = new HashMap<>();
    List.of("drip", "leave", "out").forEach(segment -> lists.put(segment, list));
    prior = new PriorLists(lists);
    whole = second("whole");
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
    ReleaseRequest request = second(mutant.name());
    mutant.stage(request, rows);
    assertThat(judge(request).violations().stream().map(Violation::code)).contains(mutant.code());
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

  private static ReleaseRequest second(String name) {
    return request(fixture.workspace(SECOND, 1, ADS), NIGHT2, name, prior);
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
