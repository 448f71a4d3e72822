package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.Definitions;
import com.segumento.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainRuleTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "where: \"age>=18  and place.tier = 'a  = b'\" # Everyone for whom: age is at least 18 and place.tier is 'a  = b'.",
        "where: \"not in_segment('x') or age <> 3 -- why\" # Everyone for whom: not in segment x or age is not 3.",
        "include: [x, y, z] # Everyone in x, y or z.",
        "exclude: [x] # Everyone who is not in x.",
        "include: [x], exclude: [y, z] # Everyone in x who is not in y or z.",
        "split: {of: x, share: 10%, after: 5%, salt: s} # A random 10% of the members of x, the same persons every night.",
        "rank: {by: spend, top: 10%} # The 10% of persons with the highest spend. spend is the sum of amount over orders where kind is 'purchase', in the last 90 days.",
        "rank: {by: age, bottom: '500', among: x} # The 500 persons with the lowest age among the members of x.",
        "lookalike: {seed: x, size: '1000', features: [age, income]} # The 1000 persons most like the members of x in age and income, and not among them.",
        "did: {from: orders, where: \"amount > 5\", window: 28d ending 7d ago, at_least: 2, at_most: 4} # Everyone with at least 2 and at most 4 of the events of orders where amount is more than 5, in the 28 days that ended 7 days ago.",
        "did_not: {from: orders, window: this month} # Everyone without events of orders, in this month.",
        "first: {from: orders, window: since 2026-01-31} # Everyone whose first event of orders was since 2026-01-31.",
        "regularly: {from: orders, every: 7d, periods: 4, at_least: 3} # Everyone with events of orders in at least 3 of the last 4 periods of 7 days.",
        "stopped: {from: orders, active: 90d, silent: 30d} # Everyone with events of orders in the 90 days before the last 30 days, and without any in these.",
        "restarted: {from: orders, recent: 1d, silent: 60d} # Everyone with events of orders in the last 1 day, without any in the 60 days before these, and with some before that.",
        "sequence: {from: orders, steps: [\"kind = 'cart'\", {not: \"kind = 'purchase'\"}, {step: \"kind = 'view'\", after: 1h, before: 3d}], within: 7d, window: 30d} # Everyone with these events of orders in this order, within 7 days, in the last 30 days: kind is 'cart'; none where kind is 'purchase'; kind is 'view', at least 1 hour later, at most 3 days later.",
      })
  void saysTheRule(String rule, String words) {
    assertThat(words("", rule)).isEqualTo(words);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{from: orders, agg: count} # the number of events of orders, as far back as events are kept",
        "{from: orders, agg: distinct_days, window: last month} # the number of days with events of orders, in last month",
        "{from: orders, agg: top( category ), window: 7d, trend: difference} # the most frequent category of orders, in the last 7 days, less that of the time as long before it",
        "{ratio: [spend, age]} # spend divided by age. spend is the sum of amount over orders where kind is 'purchase', in the last 90 days",
        "{score: {age: 0.5, income: 2}} # the sum of 0.5 times age and 2.0 times income",
        "{tile: {by: age, bins: 4}} # the group of the person, from 1 to 4, among groups of the same size in the order of age",
        "{rfm: {from: orders, value: amount, window: 365d}} # how recent, how frequent and of how much amount the events of orders are, in the last 365 days",
        "{cluster: {features: [age, income], k: '5'}} # the cluster of persons alike in age and income"
      })
  void saysTheTraitsItIsMadeOf(String trait, String words) {
    assertThat(words("t: " + trait + ", ", "where: t > 1"))
        .isEqualTo("Everyone for whom: t is more than 1. t is " + words + ".");
  }

  @Test
  void saysWhoComesFirst() {
    Segments all =
        Definitions.segments(
            """
            segments: [{id: a, where: 'true'}, {id: b, where: 'true'}, {id: c, where: 'true'}]
            waterfalls: {w: [b, a, c]}
            """);
    assertThat(all.segments().stream().map(new PlainRule(all)::of))
        .containsExactly(
            "Everyone for whom: true. Those in b are left out.",
            "Everyone for whom: true.",
            "Everyone for whom: true. Those in b or a are left out.");
  }

  @Test
  void saysEveryRuleThatIsShipped() throws IOException {
    try (Stream<Path> files = Files.list(Repository.path("conf/segments"))) {
      for (Path file : files.toList()) {
        Segments all = Definitions.segments(Files.readString(file));
        for (Segments.Segment segment : all.segments()) {
          assertThat(new PlainRule(all).of(segment))
              .matches("(Everyone|The|A random) .*\\.")
              .doesNotContain("null");
        }
      }
    }
  }

  @Test
  void placesASegment() {
    assertThat(Taxonomy.of("iab:243")).isEqualTo(new Taxonomy(Optional.of("243"), List.of()));
    assertThat(Taxonomy.of(" Retail | Home & garden "))
        .isEqualTo(new Taxonomy(Optional.empty(), List.of("Retail", "Home & garden")));
  }

  @ParameterizedTest
  @CsvSource({"iab:0", "iab:", "IAB:3", "iab:3x", "iab:1234567", "a||b", "a | "})
  void refusesPlacesThatAreNone(String text) {
    assertThat(Taxonomy.isWellFormed(text)).isFalse();
  }

  private static String words(String traits, String rule) {
    Segments all =
        Definitions.segments(
            "traits: {"
                + traits
                + "spend: {from: orders, where: \"kind = 'purchase'\", window: 90d, agg:"
                + " sum(amount)}}\nsegments: [{id: s, "
                + rule
                + "}]\n");
    return new PlainRule(all).of(all.segments().get(0));
  }
}
