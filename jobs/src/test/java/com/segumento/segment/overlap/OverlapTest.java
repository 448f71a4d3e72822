package com.segumento.segment.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.ops.StageReport;
import com.segumento.testkit.SparkExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class OverlapTest {
  private static final int K = 5;
  private static final Map<String, Integer> CODES =
      Map.of("a", 7, "b", 2, "c", 3, "d", 4, "small", 5, "tiny", 6);
  private static final Field SEGMENTS = CountPairs.CODES;

  @ParameterizedTest(name = "{0} in both of {1} and {2} of 100: {3}")
  @CsvSource({
    "0, 20, 30, 0", // none in both
    "4, 20, 30,", // fewer than k in both
    "5, 20, 30, 5",
    "6, 20, 30, 5",
    "7, 20, 30, 5",
    "8, 20, 30, 10", // to the nearest k
    "20, 20, 30, 20", // one holds the other
    "16, 20, 30,", // fewer than k in the first alone
    "15, 20, 30, 15",
    "14, 20, 18,", // fewer than k in the second alone
    "13, 20, 18, 15",
    "17, 30, 17, 17", // the second within the first
    "20, 60, 56,", // fewer than k in neither
    "20, 60, 55, 20",
    "20, 60, 60, 20" // everyone is in one of them
  })
  void statesAPairOnlyWhereAllItsPartsAreNoneOrEnough(
      long both, long first, long second, Long stated) {
    assertThat(new Overlap(100, K).stated(both, first, second))
        .isEqualTo(stated == null ? OptionalLong.empty() : OptionalLong.of(stated));
  }

  @Test
  void agreesWithCountingEachPair(SparkSession spark) {
    Random random = new Random(8);
    List<List<String>> persons = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      List<String> ids = new ArrayList<>();
      for (String segment : List.of("a", "b", "c", "d", "tiny", "small")) {
        double share = segment.equals("tiny") ? 0.005 : segment.equals("small") ? 0.035 : 0.3;
        if (random.nextDouble() < share) {
          ids.add(segment);
        }
      }
      persons.add(ids);
    }
    Map<String, Long> sizes = new TreeMap<>();
    persons.forEach(ids -> ids.forEach(id -> sizes.merge(id, 1L, Long::sum)));
    Overlap overlap = new Overlap(300, K);
    StageReport.Builder builder = StageReport.of("segment");
    overlap.report(rows(spark, persons), SEGMENTS.col(), CODES, sizes, builder);
    Map<String, Double> expected = new HashMap<>();
    List<String> compared = List.of("a", "b", "c", "d", "small");
    for (int i = 0; i < compared.size(); i++) {
      for (int j = i + 1; j < compared.size(); j++) {
        List<String> pair = List.of(compared.get(i), compared.get(j));
        long both = persons.stream().filter(ids -> ids.containsAll(pair)).count();
        overlap
            .stated(both, sizes.get(pair.get(0)), sizes.get(pair.get(1)))
            .ifPresent(stated -> expected.put(String.join(": ", pair), (double) stated));
      }
    }
    assertThat(builder.build().breakdowns().get("overlap"))
        .isEqualTo(expected)
        .hasSizeBetween(6, 9);
    assertThat(builder.build().counts())
        .containsEntry("overlaps_below_k", 10L - expected.size())
        .containsEntry("segments_not_compared", 0L);
  }

  @Test
  void comparesTheLargestOfManySegmentsOfEnoughPersons() {
    Map<String, Long> sizes = new TreeMap<>();
    IntStream.range(0, 60).forEach(i -> sizes.put("s" + i, (long) i));
    assertThat(new Overlap(1000, K).largest(sizes))
        .hasSize(Overlap.LARGEST)
        .contains("s10", "s59")
        .doesNotContain("s9")
        .isSorted();
    sizes.keySet().removeIf(id -> sizes.get(id) > 6);
    assertThat(new Overlap(1000, K).largest(sizes)).containsExactly("s5", "s6");
  }

  @Test
  void countsInOnePassWithoutAJoin(SparkSession spark) {
    Dataset<Row> counted = new CountPairs(List.of(7, 2)).apply(rows(spark, List.of(List.of("a"))));
    assertThat(plan(counted)).doesNotContain("Join", "Generate", "Window", "InMemory");
    StageReport.Builder builder = StageReport.of("segment");
    new Overlap(100, K)
        .report(rows(spark, List.of()), SEGMENTS.col(), CODES, Map.of("a", 9L), builder);
    assertThat(builder.build().breakdowns()).isEmpty();
  }

  private static Dataset<Row> rows(SparkSession spark, List<List<String>> persons) {
    return spark.createDataFrame(
        persons.stream()
            .map(ids -> RowFactory.create((Object) ids.stream().map(CODES::get).toArray()))
            .toList(),
        Field.schema(SEGMENTS));
  }

  private static String plan(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
        .queryExecution()
        .executedPlan()
        .toString();
  }
}
