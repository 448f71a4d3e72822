package com.segumento.benchmark;

import com.segumento.model.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Chooses whose values a period's figures are made of. Who has two periods can subtract one from
 * the other: what comes out is about the clients that came and those that left. So each of these
 * groups is empty or as large as a figure's own clients must be, compared with every earlier set,
 * not with the last alone.
 *
 * <p>Of a single client that leaves, others are left out with it; a few that come wait until they
 * are enough. Sets of more than two periods, added and subtracted, are outside this.
 *
 * @param least size of a set, and of a group that came or left
 */
record ChooseClients(int least) {

  /**
   * The set for a period; nothing where there is none.
   *
   * @param able clients that could take part
   * @param before sets of earlier periods, the last one at the end
   * @param period says, with a client's id, who is left out first; never its figures
   */
  Optional<Set<String>> of(Set<String> able, List<Set<String>> before, String period) {
    List<Set<String>> candidates = new ArrayList<>();
    candidates.add(able);
    for (int i = before.size() - 1; i >= 0; i--) {
      candidates.addAll(near(able, before.get(i), period));
    }
    return candidates.stream().filter(set -> fits(set, before)).findFirst();
  }

  /** Whether a set may follow others. */
  boolean fits(Set<String> set, Collection<Set<String>> before) {
    return set.size() >= least
        && before.stream().allMatch(other -> group(minus(set, other)) && group(minus(other, set)));
  }

  private boolean group(Set<String> changed) {
    return changed.isEmpty() || changed.size() >= least;
  }

  /** Sets made of an earlier one: with who came and without, and with enough left out. */
  private List<Set<String>> near(Set<String> able, Set<String> earlier, String period) {
    TreeSet<String> stayed = new TreeSet<>(able);
    stayed.retainAll(earlier);
    Set<String> came = minus(able, earlier);
    int left = earlier.size() - stayed.size();
    Set<String> fewer = left > 0 && left < least ? without(stayed, least - left, period) : stayed;
    return List.of(union(fewer, came), fewer, came);
  }

  private static Set<String> without(Set<String> set, int many, String period) {
    return set.stream()
        .sorted(Comparator.comparing(client -> Sha256.hex(period + "|" + client)))
        .skip(many)
        .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
  }

  /** Who is in one set and not in another. */
  static Set<String> minus(Set<String> one, Set<String> other) {
    TreeSet<String> rest = new TreeSet<>(one);
    rest.removeAll(other);
    return rest;
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    return Stream.concat(one.stream(), other.stream())
        .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
  }
}
