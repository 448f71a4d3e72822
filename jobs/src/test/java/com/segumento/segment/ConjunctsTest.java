package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Segments;
import com.segumento.testkit.Definitions;
import com.segumento.testkit.SparkExtension;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class ConjunctsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a = 1 | a = 1",
        "a = 1 and b > 2 | a = 1;b > 2",
        "a = 1 AND b between 1 and 5 and c | a = 1;b between 1 and 5;c",
        "(a = 1 and b = 2) and (c = 3) | a = 1;b = 2;c = 3",
        "a = 1 and (b = 2 or c = 3) | a = 1;b = 2 or c = 3",
        "(a + b) between 1 and 5 and (a + b) is null | (a + b) between 1 and 5;(a + b) is null",
        "not (a and b) and c in (1, 2) | not (a and b);c in (1, 2)",
        "a = ' and ' and b = ')' | a = ' and ';b = ')'",
        "in_segment('x') and place.tier = 'metro' | in_segment('x');place.tier = 'metro'",
        "case when a and b then c else d end and e | case when a and b then c else d end;e",
        "a or b and c | a or b and c",
        "a like 'x%' and b not in ('y') | a like 'x%';b not in ('y')"
      })
  void takesAConditionApartAtItsTopmostAnds(String where, String parts, SparkSession spark) {
    assertThat(Conjuncts.of(spark, where)).containsExactly(parts.split(";"));
  }

  @Test
  void aFunnelAddsOneConditionAfterTheOther(SparkSession spark) {
    Segments definitions =
        Definitions.segments(
            """
            segments:
              - {id: first, where: "a = 1"}
              - {id: young, where: "age < 30 -- years\\n and gender = 'f'"}
              - {id: listed, include: [young]}
            waterfalls:
              order: [first, young]
            """);
    Funnel young = Funnel.of(spark, definitions, "young", "s");
    assertThat(young.steps())
        .containsExactly(
            Map.entry("s0", "everybody"),
            Map.entry("s1", "age < 30"),
            Map.entry("srule", "gender = 'f'"),
            Map.entry("young", "in no segment before it in waterfall order"));
    assertThat(young.added().stream().map(segment -> segment.where()))
        .containsExactly("true", "(age < 30\n)", "age < 30 -- years\n and gender = 'f'");
    assertThat(Funnel.of(spark, definitions, "listed", "s").steps().values())
        .containsExactly("everybody", "in young");
    assertThat(Funnel.of(spark, definitions, "first", "s").steps().values())
        .containsExactly("everybody", "a = 1");
  }

  @Test
  void findsAllThatASegmentReads() {
    Segments all =
        Definitions.segments(
            """
            traits:
              spend: {from: orders, agg: sum(amount)}
              orders_n: {from: orders, agg: count}
              mean: {ratio: [spend, orders_n]}
              worth: {score: {mean: 2, visits: 1}}
              visits: {from: visits, agg: count}
              unread: {from: orders, agg: count}
            segments:
              - {id: best, where: "WORTH > 3"}
              - {id: best_young, where: "in_segment('best') and age < 30"}
              - {id: held_out, split: {of: best_young, share: 10%, salt: s}}
              - {id: other, where: "unread = 1"}
              - {id: second, where: "age > 60"}
            waterfalls:
              w: [other, second, held_out]
              v: [best]
            """);
    Segments read = ReadDefinitions.of(all, List.of("held_out"), List.of());
    assertThat(read.segments().stream().map(segment -> segment.id()))
        .containsExactly("best", "best_young", "held_out", "other", "second");
    assertThat(read.traits().keySet())
        .containsExactly("spend", "orders_n", "mean", "worth", "visits", "unread");
    Segments one = ReadDefinitions.of(all, List.of("second"), List.of("measure of visits"));
    assertThat(one.segments().stream().map(segment -> segment.id()))
        .containsExactly("other", "second");
    assertThat(one.traits().keySet()).containsExactly("visits", "unread");
    assertThat(one.waterfalls()).containsExactly(Map.entry("w", List.of("other", "second")));
    assertThat(ReadDefinitions.datasets(read)).containsExactly("orders", "visits");
  }
}
