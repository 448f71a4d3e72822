package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.Definitions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the steps of a funnel say; who they keep is for the page on the language to show. */
class RuleStepsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "include: [a, b], exclude: [c] | in a or b; not in c",
        "include: [a] | in a",
        "exclude: [c, d] | not in c or d",
        "rank: {by: spend, top: 10%} | with a spend; the highest 10% of them",
        "rank: {by: spend, bottom: '5', among: a} | in a; with a spend; the lowest 5 of them",
        "split: {of: a, share: 10%, salt: s} | in a; a random 10% of them",
        "lookalike: {seed: a, size: 5%, features: [age]} | not in a; the 5% most like the members"
            + " of a",
        "did: {from: o, window: 90d} | events of o, in the last 90 days",
        "did: {from: o, where: 'x > 1', at_least: 2, at_most: 4} | events of o where x is more than"
            + " 1, as far back as events are kept; at least 2, at most 4",
        "did: {from: o, at_most: 4} | events of o, as far back as events are kept; at most 4",
        "did_not: {from: o, window: this month} | no events of o, in this month",
        "first: {from: o, window: 7d} | events of o, in the last 7 days; and none before",
        "regularly: {from: o, every: 30d, periods: 3, at_least: 2} | events of o, in the last 90"
            + " days; in at least 2 of 3 periods",
        "stopped: {from: o, active: 90d, silent: 30d} | events of o, in the 90 days that ended 30"
            + " days ago; none in the last 30 days",
        "restarted: {from: o, recent: 7d, silent: 30d} | events of o, in the last 7 days; none in"
            + " the 30 days before these; some before that",
        "sequence: {from: o, steps: [{not: c}, a, {not: x}, {step: b, after: 1d}, {not: d}]} | none"
            + " where c, then a; then none where x, then b, at least 1 day later; then none where d",
        "sequence: {from: o, steps: [a]} | a"
      })
  void saysEachStepInWords(String rule, String steps) {
    RuleSteps parts = RuleSteps.of(Definitions.segment("{id: s, " + rule + "}"), "step_");
    List<String> says = new ArrayList<>(parts.steps().stream().map(RuleSteps.Step::says).toList());
    says.add(parts.last());
    assertThat(String.join("; ", says)).isEqualTo(steps);
    for (int i = 0; i < parts.steps().size(); i++) {
      assertThat(parts.steps().get(i).segment().id()).isEqualTo("step_" + (i + 1));
    }
  }
}
