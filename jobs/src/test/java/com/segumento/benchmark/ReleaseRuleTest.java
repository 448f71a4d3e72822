package com.segumento.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseRuleTest {
  private static final ReleaseRule RULE = new ReleaseRule(5, 50, 0.4);

  @ParameterizedTest(name = "{0} clients of {1} persons, the first one''s value {2}: {3}")
  @CsvSource({
    "4, 100, 1, false",
    "5, 100, 1, true",
    // four others of 12 are 48 persons, of 13 are 52
    "5, 12, 1, false",
    "5, 13, 1, true",
    // without one of the others, who have 1 each, the largest has x of x + 3
    "5, 100, 2, true",
    "5, 100, 2.01, false",
  })
  void holdsAtItsEdges(int clients, long persons, double first, boolean allowed) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(persons, first));
    for (int i = 1; i < clients; i++) {
      parts.add(new Part(persons, 1));
    }
    assertThat(RULE.allows(parts)).isEqualTo(allowed);
    parts.add(new Part(0, 0)); // a client with nobody there stands behind nothing
    assertThat(RULE.allows(parts)).isEqualTo(allowed);
  }

  /** Each client takes its own value away from the sum, and looks for another one's in the rest. */
  @Property(tries = 2000)
  void noClientLearnsAnothersValueByTakingItsOwnAway(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 0, max = 300) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 40) int spread) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      parts.add(new Part(sizes.get(i), sizes.get(i) == 0 ? 0 : 1 + (sizes.get(i) * i) % spread));
    }
    if (!RULE.allows(parts)) {
      return;
    }
    double sum = parts.stream().mapToDouble(Part::value).sum();
    long persons = parts.stream().mapToLong(Part::persons).sum();
    for (Part attacker : parts) {
      double known = sum - attacker.value();
      assertThat(persons - attacker.persons()).isGreaterThanOrEqualTo(50);
      List<Part> others = new ArrayList<>(parts);
      others.remove(attacker);
      assertThat(others.stream().filter(part -> part.persons() > 0).count())
          .isGreaterThanOrEqualTo(4);
      for (Part victim : others) {
        // All that is known of a victim's value is that it is at most the rest: too high by 2.5.
        assertThat(known).isGreaterThanOrEqualTo(2.5 * victim.value() - 1e-9);
      }
    }
  }
}
