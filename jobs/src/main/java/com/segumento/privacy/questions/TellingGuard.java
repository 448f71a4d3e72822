package com.segumento.privacy.questions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides what is told of one set of persons after another. Figures are multiples of k, rounded
 * down. A set that differs by fewer than k persons from one that was told of is told of as that one
 * was, even where it is smaller than k itself: whoever asks for a segment, and for the same without
 * one person, hears the same twice. Where two such sets were told of differently, nothing is told.
 *
 * <p>So any two sets of which different figures were told differ by k persons or more; and beside
 * an exact number that an export has published, every set near it is told of as that number would
 * be: what is heard of both is what would be heard if they were the same. What stays: the guard is
 * no differential privacy. Somebody who knows exactly k persons of a segment, and has asked for it
 * with and without them, can learn from a refusal that a set in between is neither.
 */
public final class TellingGuard {
  private final int k;
  private final List<Remembered> told;

  /**
   * A set that was told of.
   *
   * @param told how; a set that was withheld is withheld again, and keeps no other from being told
   */
  public record Remembered(PersonSet persons, Told told) {}

  /**
   * @param earlier in the order they were told
   */
  public TellingGuard(int k, List<Remembered> earlier) {
    this.k = k;
    this.told = new ArrayList<>(earlier);
  }

  /** What is told of {@code persons}; from then on it counts for all others. */
  public Told tell(PersonSet persons) {
    return tell(new AskedSet(persons, Set.of()));
  }

  /**
   * The same of a set near which figures are published: they count as if they had been told here.
   */
  public Told tell(AskedSet asked) {
    Told now = before(asked.persons()).orElseGet(() -> byNeighbours(asked));
    told.add(new Remembered(asked.persons(), now));
    return now;
  }

  /**
   * Whether the exact number of {@code persons} may be published: no other set that was told of
   * differs from them by fewer than k. A figure of the same set tells no more than they do.
   */
  boolean mayBePublished(PersonSet persons) {
    return told.stream()
        .filter(other -> other.told().kind() != Told.Kind.WITHHELD)
        .allMatch(other -> apart(other.persons(), persons));
  }

  /** Whether exact numbers of both tell of none or of k persons at least. */
  boolean apart(PersonSet one, PersonSet other) {
    return one.sameAs(other) || one.leastDifference(other) >= k;
  }

  private Optional<Told> before(PersonSet persons) {
    return told.stream()
        .filter(other -> other.persons().sameAs(persons))
        .map(other -> other.told().asAnswer(k))
        .findFirst();
  }

  private Told byNeighbours(AskedSet asked) {
    PersonSet persons = asked.persons();
    Stream<Told> others =
        told.stream()
            .filter(other -> other.told().kind() != Told.Kind.WITHHELD)
            .filter(other -> other.persons().leastDifference(persons) < k)
            .map(other -> other.told().asAnswer(k));
    List<Told> near = Stream.concat(others, asked.published().stream()).distinct().toList();
    return switch (near.size()) {
      case 0 -> Told.of(persons.size(), k);
      case 1 -> near.get(0);
      default -> Told.WITHHELD;
    };
  }
}
