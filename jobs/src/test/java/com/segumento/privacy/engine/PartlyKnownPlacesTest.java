package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.segumento.lake.Workspace;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.LevelChoice;
import com.segumento.privacy.MemoryTable;
import com.segumento.privacy.ReleaseRequest;
import com.segumento.privacy.gate.CellGate;
import com.segumento.privacy.gate.MemoryVersions;
import com.segumento.privacy.gate.Verdict;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The search where a place is not known at one level and is at the next, so that the cell of the
 * unknown spans several places above.
 */
@ExtendWith(SparkExtension.class)
class PartlyKnownPlacesTest {
  private static final SourceVersions SOURCES = new SourceVersions(1, 1, OptionalLong.of(1));
  private static final String EXPORT =
      "{name: found, kind: cells, segments: all, dimensions: [age, gender, place],"
          + " levels: {age: auto, gender: auto, place: auto}, measures: [{name: customers}],"
          + " privacy: {%s}, format: csv}";
  private static final List<List<String>> PARTLY =
      List.of(
          List.of("411001", "Pune", "Maharashtra", "west", "India"),
          List.of("411002", "Pune", "Maharashtra", "west", "India"),
          Arrays.asList("400601", null, "Maharashtra", "west", "India"),
          Arrays.asList(null, null, "Maharashtra", "west", "India"),
          Arrays.asList(null, null, "Gujarat", "west", "India"),
          Arrays.asList(null, null, "Bihar", "east", "India"),
          Arrays.asList(null, null, null, "east", "India"),
          Arrays.asList(null, null, null, null, null));

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}: k {1}, {2} values, limit {3}, place {4}")
  @CsvSource({"1, 3, 1, 0.05, ", "2, 4, 2, 0.2, ", "3, 5, 1, 0, ", "4, 3, 2, 0.3, 3"})
  void findsWhatTryingAllLevelsFinds(
      int seed, int k, int distinct, double limit, Integer place, SparkSession spark) {
    List<NaiveLevels.Person> persons = NaiveLevels.persons(seed, PARTLY);
    String export =
        export(
                "k: %d, suppression_limit: %s%s"
                    .formatted(
                        k, limit, distinct > 1 ? ", l: {attribute: income_band, distinct: 2}" : ""))
            .replace("place: auto", "place: " + (place == null ? "auto" : place));
    LevelChoice choice = CellEngine.chosen(request(written(spark, persons), export, Map.of()));

    NaiveLevels.Found best = new NaiveLevels(persons, k, distinct, limit).best(null, null, place);
    assertThat(List.copyOf(choice.levels().values())).isEqualTo(best.levels());
    assertThat(choice.informationLoss().getAsDouble()).isCloseTo(best.loss(), within(1e-9));
    assertThat(choice.how()).isEqualTo(LevelChoice.How.OPTIMAL);
  }

  @Test
  void takesForOneCellWhatIsPublishedAsOne(SparkSession spark) {
    // Two of each of two postal codes of a district, and of each of two states without one.
    List<NaiveLevels.Person> persons = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      List<String> place = PARTLY.get(List.of(0, 1, 3, 4).get(i / 2));
      persons.add(new NaiveLevels.Person(30, "f", "low", place, Set.of("a")));
    }
    Workspace workspace = written(spark, persons);
    String export = export("k: 3, suppression_limit: 0");
    ReleaseRequest request = request(workspace, export, Map.of());
    long before = MemoryTable.open(workspace).version();
    LevelChoice choice = new CellEngine().stage(request);
    assertThat(choice.levels()).isEqualTo(Map.of("age", 0, "gender", 0, "place", 1));
    assertThat(choice.how()).isEqualTo(LevelChoice.How.OPTIMAL);

    Verdict verdict =
        new CellGate()
            .inspect(
                workspace,
                request.export(),
                choice.levels(),
                SOURCES,
                new MemoryVersions(before, MemoryTable.open(workspace).version()),
                request.folder());
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.rows()).as("a district, and those without one").isEqualTo(2);
    assertThat(verdict.withheld()).isZero();

    LevelChoice kept = CellEngine.chosen(request(workspace, export, choice.levels()));
    assertThat(kept.levels()).isEqualTo(choice.levels());
    assertThat(kept.how()).isEqualTo(LevelChoice.How.PINNED);
    assertThat(kept.informationLoss()).isEqualTo(choice.informationLoss());
  }

  private static String export(String privacy) {
    return EXPORT.formatted(privacy);
  }

  private static ReleaseRequest request(
      Workspace workspace, String export, Map<String, Integer> pinned) {
    String folder = workspace.lake().layout().staging(CellFixture.CLIENT, workspace.run());
    return new ReleaseRequest(
        workspace, CellFixture.export(export), SOURCES, folder + "/found", pinned);
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
    return fixture.write().workspace(1, EXPORT.formatted("k: 3"));
  }
}
