package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.segumento.lake.MembershipView;
import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.Profiles;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.LevelChoice;
import com.segumento.privacy.ReleaseRequest;
import com.segumento.privacy.lattice.Effort;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class LevelSearchTest {
  private static final SourceVersions SOURCES = new SourceVersions(1, 1, OptionalLong.of(1));
  private static final String EXPORT =
      "{name: found, kind: cells, segments: all, dimensions: [age, gender, place],"
          + " levels: {age: auto, gender: auto, place: auto}, measures: [{name: customers}],"
          + " privacy: {k: 3}, format: csv}";
  private static final List<List<String>> PLACES =
      List.of(
          List.of("411001", "Pune", "Maharashtra", "west", "India"),
          List.of("411002", "Pune", "Maharashtra", "west", "India"),
          List.of("400601", "Thane", "Maharashtra", "west", "India"),
          List.of("395001", "Surat", "Gujarat", "west", "India"),
          List.of("800001", "Patna", "Bihar", "east", "India"),
          Arrays.asList(null, null, null, null, null));

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}: k {1}, {2} values, limit {3}, gender {4}, place {5}")
  @CsvSource({
    "1, 3, 1, 0.05, , ",
    "2, 3, 2, 0.2, 0, ",
    "3, 4, 1, 0, , 2",
    "4, 2, 1, 0.5, , ",
    "5, 3, 2, 0.1, 1, 3"
  })
  void findsWhatTryingAllLevelsFinds(
      int seed,
      int k,
      int distinct,
      double limit,
      Integer gender,
      Integer place,
      SparkSession spark) {
    List<NaiveLevels.Person> persons = NaiveLevels.persons(seed, PLACES);
    String export =
        EXPORT
            .replace("gender: auto", "gender: " + (gender == null ? "auto" : gender))
            .replace("place: auto", "place: " + (place == null ? "auto" : place))
            .replace(
                "k: 3",
                "suppression_limit: "
                    + limit
                    + ", k: "
                    + k
                    + (distinct > 1 ? ", l: {attribute: income_band, distinct: 2}" : ""));
    LevelChoice choice = CellEngine.chosen(request(written(spark, persons), export, Map.of()));

    NaiveLevels.Found best =
        new NaiveLevels(persons, Math.max(3, k), distinct, limit).best(null, gender, place);
    assertThat(List.copyOf(choice.levels().values())).isEqualTo(best.levels());
    assertThat(choice.informationLoss().getAsDouble()).isCloseTo(best.loss(), within(1e-9));
    assertThat(choice.how()).isEqualTo(LevelChoice.How.OPTIMAL);
  }

  @ParameterizedTest(name = "a cell of {0} persons under k = 3, limit {1}: place {2}")
  @CsvSource({"2, 0, 2", "3, 0, 0", "4, 0, 0", "2, 0.047, 2", "2, 0.048, 0"})
  void goesNoFurtherThanTheLimitAsks(int inThane, double limit, int level, SparkSession spark) {
    List<NaiveLevels.Person> persons = new ArrayList<>();
    for (int i = 0; i < 40 + inThane; i++) {
      persons.add(
          new NaiveLevels.Person(30, "f", "low", PLACES.get(i < 40 ? i % 2 : 2), Set.of("a")));
    }
    String export = EXPORT.replace("k: 3", "k: 3, suppression_limit: " + limit);
    LevelChoice choice = CellEngine.chosen(request(written(spark, persons), export, Map.of()));
    assertThat(choice.levels()).isEqualTo(Map.of("age", 0, "gender", 0, "place", level));
  }

  @Test
  void keepsTheLevelsOfTheLastReleaseWhileTheyWillDo(SparkSession spark) {
    List<NaiveLevels.Person> persons = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      persons.add(
          new NaiveLevels.Person(
              30, "f", "low", PLACES.get(i / 4 * 2), i < 7 ? Set.of("a") : Set.of()));
    }
    Workspace workspace = written(spark, persons);
    Map<String, Integer> coarser = Map.of("age", 1, "gender", 0, "place", 2);
    LevelChoice kept = CellEngine.chosen(request(workspace, EXPORT, coarser));
    assertThat(kept.levels()).isEqualTo(coarser);
    assertThat(kept.how()).isEqualTo(LevelChoice.How.PINNED);
    assertThat(kept.informationLoss()).isPresent();

    LevelChoice anew =
        CellEngine.chosen(
            request(
                workspace,
                EXPORT.replace("k: 3", "k: 4, suppression_limit: 0"),
                Map.of("age", 1, "gender", 0, "place", 1)));
    assertThat(anew.levels()).isEqualTo(Map.of("age", 0, "gender", 0, "place", 2));
    assertThat(anew.how()).isEqualTo(LevelChoice.How.OPTIMAL);

    assertThat(CellEngine.chosen(request(workspace, EXPORT, Map.of("age", 1))).how())
        .isEqualTo(LevelChoice.How.OPTIMAL);
  }

  @Test
  void refusesWhereNoLevelsWillDo(SparkSession spark) {
    List<NaiveLevels.Person> persons = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      persons.add(new NaiveLevels.Person(30, i < 4 ? "f" : "m", "low", PLACES.get(0), Set.of("a")));
    }
    Workspace workspace = written(spark, persons);
    String export = EXPORT.replace("gender: auto", "gender: 0");
    assertThat(
            CellEngine.chosen(request(workspace, export.replace("k: 3", "k: 4"), Map.of()))
                .levels())
        .isEqualTo(Map.of("age", 0, "gender", 0, "place", 0));
    assertThatThrownBy(
            () -> CellEngine.chosen(request(workspace, export.replace("k: 3", "k: 8"), Map.of())))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessage(
            "Export found of client acme has no levels at which at most 5.0 % of the members of its"
                + " segments, those of fewer than k persons apart, are in cells that are too small"
                + " for what its privacy asks for. Nothing of it was published. Raise"
                + " privacy.suppression_limit, leave out small segments, or ask for less.");
  }

  @Test
  void whereNobodyIsInASegmentAnyLevelsWillDo(SparkSession spark) {
    Workspace workspace =
        written(
            spark,
            List.of(new NaiveLevels.Person(30, "f", "low", PLACES.get(0), Set.of("another"))));
    String export = EXPORT.replace("k: 3", "k: 3, l: {attribute: income_band, distinct: 2}");
    assertThat(CellEngine.chosen(request(workspace, export, Map.of())).levels())
        .isEqualTo(Map.of("age", 0, "gender", 0, "place", 0));
  }

  @Test
  void doesWithLittleMemoryAndSaysWhatThatMayCost(SparkSession spark) {
    List<NaiveLevels.Person> persons = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      persons.add(new NaiveLevels.Person(20 + i % 20, "f", "low", PLACES.get(i % 5), Set.of("a")));
    }
    Workspace workspace = written(spark, persons);
    ReleaseRequest request = request(workspace, EXPORT, Map.of());
    LevelChoice free = search(request, Effort.DEFAULT.memory());
    LevelChoice bounded = search(request, 5 * 2 * 64);
    assertThat(free.how()).isEqualTo(LevelChoice.How.OPTIMAL);
    assertThat(bounded.informationLoss().getAsDouble())
        .isGreaterThanOrEqualTo(free.informationLoss().getAsDouble());
    assertThat(
            bounded.how() == LevelChoice.How.OPTIMAL
                ? bounded.informationLoss().getAsDouble()
                : bounded.leastPossibleLoss().getAsDouble())
        .isLessThanOrEqualTo(free.informationLoss().getAsDouble());
  }

  @Test
  void readsEachTableOnceToCountMembers(SparkSession spark) {
    Workspace workspace =
        written(spark, List.of(new NaiveLevels.Person(30, "f", "low", PLACES.get(0), Set.of("a"))));
    ReleaseRequest request = request(workspace, EXPORT, Map.of());
    List<Rungs> rungs = rungs(request);
    List<List<List<String>>> paths =
        List.of(
            List.of(List.of("30", "[30, 40)", "*")),
            List.of(List.of("f", "binary", "*")),
            List.of(List.of("411001", "Pune, Maharashtra", "Maharashtra", "west", "India", "*")),
            List.of());
    Dataset<Row> persons =
        new LabelValues(CellEngine.finest(workspace, request.export(), SOURCES), rungs)
            .apply(table(workspace, Profiles.NAME));
    String plan =
        Members.counting(List.of("a"), rungs, paths, MembershipView.of(workspace, 1), persons)
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan).doesNotContain("BroadcastNestedLoopJoin").doesNotContain("CartesianProduct");
    assertThat(plan.split("FileScan parquet", -1)).hasSize(4);
  }

  private static LevelChoice search(ReleaseRequest request, long memory) {
    Workspace workspace = request.workspace();
    return new LevelSearch(
            request,
            CellEngine.finest(workspace, request.export(), SOURCES),
            rungs(request),
            new Effort(1, memory, Long.MAX_VALUE))
        .choose(MembershipView.of(workspace, 1), table(workspace, Profiles.NAME));
  }

  private static List<Rungs> rungs(ReleaseRequest request) {
    return request.export().dimensions().stream()
        .map(
            name ->
                Ladder.of(
                    request.workspace(),
                    request.export(),
                    name,
                    table(request.workspace(), Profiles.NAME).schema()))
        .map(ladder -> Rungs.of(request.export(), ladder))
        .toList();
  }

  private static Dataset<Row> table(Workspace workspace, String name) {
    return workspace
        .lake()
        .tables()
        .read(workspace.lake().layout().table(workspace.clientId(), name), 1);
  }

  private static ReleaseRequest request(
      Workspace workspace, String export, Map<String, Integer> pinned) {
    return new ReleaseRequest(workspace, CellFixture.export(export), SOURCES, "", pinned);
  }

  private Workspace written(SparkSession spark, List<NaiveLevels.Person> persons) {
    CellFixture fixture = new CellFixture(spark, directory);
    for (NaiveLevels.Person person : persons) {
      String[] at = person.places().toArray(String[]::new);
      fixture.resident(
          person.age(),
          person.gender(),
          person.income(),
          CellFixture.place(at[0], at[1], at[2], at[3], at[4]),
          1,
          person.segments().toArray(String[]::new));
    }
    return fixture.write().workspace(1, EXPORT);
  }
}
