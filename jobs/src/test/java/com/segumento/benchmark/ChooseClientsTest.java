package com.segumento.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ChooseClientsTest {
  private static final ChooseClients CHOICE = new ChooseClients(5);

  @Test
  void aFewThatComeWaitUntilTheyAreEnough() {
    Set<String> first = clients(1, 6);
    assertThat(choose(clients(1, 7), first)).isEqualTo(first);
    assertThat(choose(clients(1, 10), first)).isEqualTo(first);
    assertThat(choose(clients(1, 11), first)).isEqualTo(clients(1, 11));
  }

  @Test
  void withAClientThatLeavesOthersAreLeftOut() {
    Set<String> first = clients(1, 12);
    Set<String> next = choose(clients(1, 11), first);
    assertThat(next).hasSize(7).isSubsetOf(clients(1, 11));
    assertThat(choose(clients(1, 9), clients(1, 10)))
        .as("nine without four are the five there must be")
        .hasSize(5);
    assertThat(CHOICE.of(clients(1, 8), List.of(clients(1, 9)), "2026-03"))
        .as("eight without four are too few")
        .isEmpty();
  }

  /** Clients come and go for two years; whoever has all months subtracts each two of them. */
  @Property(tries = 300)
  void twoMonthsNeverTellOfAFewClients(@ForAll long seed) {
    Random chance = new Random(seed);
    Set<String> able = clients(1, 3 + chance.nextInt(20));
    List<Set<String>> published = new ArrayList<>();
    for (int month = 0; month < 24; month++) {
      for (int change = chance.nextInt(4); change > 0; change--) {
        String client = "c" + chance.nextInt(40);
        if (!able.remove(client)) {
          able.add(client);
        }
      }
      CHOICE.of(Set.copyOf(able), published, "month " + month).ifPresent(published::add);
    }
    for (Set<String> one : published) {
      assertThat(one).hasSizeGreaterThanOrEqualTo(5);
      for (Set<String> other : published) {
        assertThat(one.stream().filter(client -> !other.contains(client)).count())
            .matches(many -> many == 0 || many >= 5);
      }
    }
  }

  private static Set<String> choose(Set<String> able, Set<String> before) {
    return CHOICE.of(able, List.of(before), "2026-03").orElseThrow();
  }

  private static Set<String> clients(int from, int to) {
    TreeSet<String> clients = new TreeSet<>();
    for (int i = from; i <= to; i++) {
      clients.add("c" + i);
    }
    return clients;
  }
}
