package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Segments;
import com.segumento.model.ConfigException;
import com.segumento.testkit.Definitions;
import com.segumento.testkit.SparkExtension;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SparkExtension.class)
class SegmentAlgebraTest {
  private static final String BASE =
      """
      traits: {spend: {from: orders, window: %s, agg: sum(amount)}}
      segments:
        - {id: derived, where: "in_segment('listed') or age > 90"}
        - {id: listed, include: [%s], exclude: [part]}
        - {id: part, split: {of: spender, share: %s, salt: x}}
        - {id: spender, where: "spend > 5"}
        - {id: young, where: "age < 20"}
        - {id: alone, where: "gender = 'f'"}
      waterfalls: {order: [%s]}
      """;

  static Stream<Arguments> cycles() {
    return Stream.of(
        Arguments.of(
            """
            - {id: a, where: "in_segment('b')"}
            - {id: b, where: "not in_segment('a')"}
            """,
            "a → b → a"),
        Arguments.of("- {id: a, where: \"in_segment('a')\"}", "a → a"),
        Arguments.of(
            """
            - {id: x, where: "in_segment('a')"}
            - {id: a, include: [b]}
            - {id: b, exclude: [c]}
            - {id: c, split: {of: a, share: 10%, salt: s}}
            """,
            "a → b → c → a"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("cycles")
  void refusesCyclesWithTheirPath(String yaml, String path, SparkSession spark) {
    String first = path.substring(0, 1);
    assertThatThrownBy(() -> resolve(spark, "segments:\n" + yaml + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "segment %s, its members depend on themselves: %s. Take one of these references out."
                .formatted(first, path));
  }

  @Test
  void refusesACycleThroughAWaterfall(SparkSession spark) {
    String yaml =
        """
        segments:
          - {id: a, where: "in_segment('b')"}
          - {id: b, where: "age > 3"}
        waterfalls: {w: [a, b]}
        """;
    assertThatThrownBy(() -> resolve(spark, yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "segment a, its members depend on themselves: a → b → a. Take one of these references"
                + " out.");
  }

  @Test
  void refusesSegmentsThatAreNoneAndSharesBeyondAll(SparkSession spark) {
    String yaml =
        """
        segments:
          - {id: lapsed, where: "age > 3"}
          - {id: lists, include: [lapsd], exclude: [other]}
          - {id: half, split: {of: lapse, share: 50%, salt: x}}
          - {id: rest, split: {of: lapsed, share: 50.1%, after: 50%, salt: x}}
        waterfalls: {w: [lapsed, none, lapsed]}
        """;
    assertThatThrownBy(() -> resolve(spark, yaml))
        .isInstanceOf(ConfigException.class)
        .satisfies(
            refused ->
                assertThat(refused.getMessage().lines())
                    .containsExactly(
                        "segment lists, include: no segment lapsd is defined. Did you mean lapsed?",
                        "segment lists, exclude: no segment other is defined.",
                        "segment half, split.of: no segment lapse is defined. Did you mean lapsed?",
                        "segment rest, split: after and share are more than 100% together.",
                        "waterfall w, no segment none is defined.",
                        "waterfall w, segment lapsed is in a waterfall already. Name it once."));
  }

  @Test
  void refusesToAskEventsForSegments(SparkSession spark) {
    String yaml =
        """
        traits: {n: {from: orders, where: "in_segment('a')", agg: count}}
        segments: [{id: a, where: "age > 3"}]
        """;
    assertThatThrownBy(() -> resolve(spark, yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "trait n, where: line 1, column 12: in_segment asks for a person's segments. It belongs"
                + " to the rule of a segment alone.");
  }

  @Test
  void evaluatesEachSegmentAfterThoseItReadsAndElseInTheOrderGiven(SparkSession spark) {
    assertThat(base(spark, "90d", "spender, young", "10%", "alone, derived").hashes().keySet())
        .containsExactly("spender", "young", "part", "listed", "alone", "derived");
  }

  @ParameterizedTest(name = "window {0}, include {1}, share {2}, waterfall {3}")
  @CsvSource(
      delimiter = ';',
      value = {
        "91d; spender, young; 10%; alone, derived; derived listed part spender",
        "90d; young; 10%; alone, derived; derived listed",
        "90d; spender, young; 11%; alone, derived; derived listed part",
        "90d; spender, young; 10%; derived, alone; derived alone",
        "90d; young, spender, young; 10.0%; alone, derived; ''"
      })
  void hashCoversAllThatIsReadHoweverFarAway(
      String window,
      String include,
      String share,
      String waterfall,
      String changed,
      SparkSession spark) {
    var before = base(spark, "90d", "spender, young", "10%", "alone, derived").hashes();
    var after = base(spark, window, include, share, waterfall).hashes();
    assertThat(after.keySet().stream().filter(id -> !after.get(id).equals(before.get(id))))
        .containsExactlyInAnyOrder(changed.isBlank() ? new String[0] : changed.split(" "));
  }

  private static SegmentDefinitions base(SparkSession spark, String... values) {
    return resolve(spark, BASE.formatted((Object[]) values));
  }

  private static SegmentDefinitions resolve(SparkSession spark, String yaml) {
    Segments segments = Definitions.segments(yaml);
    return SegmentDefinitions.resolve(spark, SegmentFixtures.client(), segments);
  }
}
