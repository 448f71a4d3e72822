package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ConfigException;
import com.segumento.testkit.Definitions;
import com.segumento.testkit.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class EventRuleTest {
  @Test
  void hashIsTheSameForEveryWayOfWritingARuleAndForEverySegment(SparkSession spark) {
    String hash = hash(spark, "{id: s, did: {from: orders, where: \"kind = 'cart'\", window: 7d}}");
    assertThat(
            hash(
                spark,
                "{id: other, did: {at_least: 1, window: 7d, from: orders, where:"
                    + " \"(kind='cart')\"}}"))
        .isEqualTo(hash);
    assertThat(hash(spark, "{id: s, did: {from: orders, where: \"kind = 'cart'\", window: 8d}}"))
        .isNotEqualTo(hash);
    assertThat(
            hash(
                spark,
                "{id: s, did: {from: orders, where: \"kind = 'cart'\", window: 7d, at_least: 2}}"))
        .isNotEqualTo(hash);
    assertThat(
            hash(spark, "{id: s, did_not: {from: orders, where: \"kind = 'cart'\", window: 7d}}"))
        .isNotEqualTo(hash);
  }

  @Test
  void hashOfASequenceCoversItsGaps(SparkSession spark) {
    String steps =
        "{id: s, sequence: {from: orders, steps: [\"amount > 1\", {step: \"amount > 2\"%s}]}}";
    String hash = hash(spark, steps.formatted(""));
    assertThat(hash(spark, steps.formatted(", before: 1d"))).isNotEqualTo(hash);
    assertThat(hash(spark, steps.formatted(", before: 24h")))
        .isEqualTo(hash(spark, steps.formatted(", before: 1d")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "did: {from: order};did.from: no event dataset order. Expected one of: orders, visits.",
        "did: {from: orders, where: 'knd = 1'};did.where: line 1, column 1: no column knd is in"
            + " scope. Did you mean kind?",
        "did_not: {from: orders, window: 5000d};did_not.window: 5000d. Expected days from 1d to"
            + " 3650d as in 90d or 28d ending 7d ago, this month, last month, or a date as in since"
            + " 2026-01-31.",
        "first: {from: orders, window: since 2026-02-30};first.window: since 2026-02-30. Expected"
            + " days from 1d to 3650d as in 90d or 28d ending 7d ago, this month, last month, or a"
            + " date as in since 2026-01-31.",
        "stopped: {from: orders, where: in_segment('s'), active: 90d, silent: 30d};stopped.where:"
            + " line 1, column 12: in_segment asks for a person's segments. It belongs to the rule"
            + " of a segment alone.",
        "sequence: {from: orders, steps: [{not: 'amount > 1'}]};sequence.steps: none of them"
            + " happens. Expected at least one that is not a not.",
        "sequence: {from: orders, steps: ['amount > 1', {step: amount}]};sequence.steps[1]: line 1,"
            + " column 1: the expression is of type decimal(12,2). Expected a condition (boolean).",
      })
  void refusesWhatItCannotMean(String rule, String problem, SparkSession spark) {
    assertThatThrownBy(() -> hash(spark, "{id: s, " + rule + "}"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("segment s, " + problem);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "t: {from: orders, agg: count, trend: ratio};trend: compares a window with the one before"
            + " it. Expected a window.",
        "t: {from: orders, window: 7d, agg: top(category), trend: ratio};trend: compares numbers,"
            + " and top(category) is none.",
        "t: {ratio: [gender, age]};ratio: gender is no number. Expected numeric traits or profile"
            + " columns.",
        "t: {score: {aged: 1}};score: no column aged is in scope. Did you mean age?",
        "t: {ratio: [t, age]};it is made of itself: t → t. Take one of these references out.",
      })
  void refusesTraitsThatCannotBe(String trait, String problem, SparkSession spark) {
    assertThatThrownBy(
            () ->
                SegmentDefinitions.resolve(
                    spark,
                    SegmentFixtures.client(),
                    Definitions.segments("traits: {" + trait + "}")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("trait t, " + problem);
  }

  private static String hash(SparkSession spark, String segment) {
    return SegmentDefinitions.resolve(
            spark, SegmentFixtures.client(), Definitions.segments("segments: [" + segment + "]"))
        .hashes()
        .values()
        .iterator()
        .next();
  }
}
