package com.segumento.privacy.lattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.segumento.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The optima that ARX finds on real tables. */
@Tag("search")
class ArxOptimaTest {
  private static final Path DATA = Repository.path("jobs/src/test/resources/arx");

  private static final Map<List<String>, Groups> GROUPS = new HashMap<>();

  static Stream<String> expected() throws IOException {
    return Files.readAllLines(DATA.resolve("expected.csv")).stream()
        .skip(1)
        .filter(line -> line.startsWith("adult;"));
  }

  @ParameterizedTest
  @MethodSource("expected")
  void findsTheSameOptimum(String line) {
    String[] row = line.split(";", -1);
    ArxTable table = new ArxTable(DATA, row[0]);
    List<Hierarchy> quasi = table.hierarchies(List.of(row[1].split(",")));
    List<Hierarchy> sensitive =
        row[6].isEmpty() ? List.of() : table.hierarchies(List.of(row[6].split(",")));
    Groups groups = // many cases share a table, which takes longer to read than to search
        GROUPS.computeIfAbsent(
            List.of(row[0], row[1], row[6]), key -> table.groups(quasi, sensitive));
    List<PrivacyModel> models = new ArrayList<>();
    models.add(new PrivacyModel.KAnonymity(Integer.parseInt(row[2])));
    if (!row[5].isEmpty()) {
      models.add(model(row[5]));
    }
    long allowed = (long) Math.floor(Double.parseDouble(row[3]) * groups.total());
    OptimumSearch search = new OptimumSearch(groups, quasi, models, metric(row[4]), allowed);

    Solution found = search.run();

    assertThat(search.lattice().size()).isEqualTo(Long.parseLong(row[13]));
    assertThat(found.loss()[0]).isCloseTo(Double.parseDouble(row[8]), within(1e-9));
    int[] levels = Arrays.stream(row[7].split(",")).mapToInt(Integer::parseInt).toArray();
    if (Arrays.equals(levels, found.levels())) {
      assertThat(found.suppressed()).isEqualTo(Long.parseLong(row[9]));
      assertThat(found.classes()).isEqualTo(Integer.parseInt(row[10]));
      assertThat(found.smallestClass()).isEqualTo(Long.parseLong(row[11]));
      assertThat(found.largestClass()).isEqualTo(Long.parseLong(row[12]));
    }
  }

  static Metric metric(String name) {
    return switch (name) {
      case "loss" -> new Loss();
      case "discern" -> new Discernibility(false);
      case "aecs" -> new AverageClassSize();
      case "height" -> new Height();
      case "precision" -> new Precision(false);
      case "entropy" -> new NonUniformEntropy(false);
      default -> throw new IllegalArgumentException(name);
    };
  }

  static PrivacyModel model(String text) {
    String[] parts = text.split("[:,]", -1);
    return switch (parts[0]) {
      case "distinct" -> new PrivacyModel.DistinctDiversity(0, Integer.parseInt(parts[1]));
      case "shannon" ->
          new PrivacyModel.EntropyDiversity(0, Double.parseDouble(parts[1]), Estimator.SHANNON);
      case "recursive" ->
          new PrivacyModel.RecursiveDiversity(
              0, Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
      case "tequal" -> closeness(parts[1], GroundDistance.EQUAL);
      case "tordered" -> closeness(parts[1], GroundDistance.ORDERED);
      case "thier" -> closeness(parts[1], GroundDistance.HIERARCHICAL);
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static PrivacyModel closeness(String t, GroundDistance distance) {
    return new PrivacyModel.Closeness(0, Double.parseDouble(t), distance);
  }
}
