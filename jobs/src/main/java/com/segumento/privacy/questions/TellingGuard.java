package com.segumento.privacy.questions;

import com.segumento.privacy.questions.Margins.Draw;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides what is told of one set of persons after another. Figures are multiples of k, rounded
 * down. A set that differs by fewer than k persons from one that was told of is told of as that one
 * was, even where it is smaller than k itself: whoever asks for a segment, and for the same without
 * one person, hears the same twice. Where another set is not far that was told of differently,
 * nothing is told.
 *
 * <p>So any two sets of which different figures were told differ by k persons or more; and beside
 * an exact number that an export has published, every set near it is told of as that number would
 * be: what is heard of both is what would be heard if they were the same. How near is near, and how
 * much a figure falls short, is drawn by {@link Margins} for each question: one person more or less
 * changes how likely an answer is, and seldom the answer, even for somebody who knows all others by
 * name. How much is learned all the same is counted, and bounded, by {@link AnswerBudget}.
 */
public final class TellingGuard {
  private static final Comparator<Nearby> NEAREST =
      Comparator.comparingLong(Nearby::apart).thenComparing(Nearby::told, Told.ORDER);

  private final int k;
  private final List<Remembered> told;
  private final List<Remembered> stated = new ArrayList<>();
  private final Margins margins;

  /**
   * A set that was told of.
   *
   * @param told how; a set that was withheld is withheld again, and keeps no other from being told
   * @param text hash of what was asked; empty where nothing was
   */
  public record Remembered(PersonSet persons, Told told, String text) {
    Remembered(PersonSet persons, Told told) {
      this(persons, told, "");
    }
  }

  /**
   * @param earlier in the order they were told
   */
  public TellingGuard(int k, List<Remembered> earlier, Margins margins) {
    this.k = k;
    this.told = new ArrayList<>(earlier);
    this.margins = margins;
  }

  /** One that leaves nothing to chance. */
  TellingGuard(int k, List<Remembered> earlier) {
    this(k, earlier, Margins.NONE);
  }

  /** What is told of {@code persons}; from then on it counts for all others. */
  Told tell(PersonSet persons) {
    return tell(new AskedSet(persons, Set.of()), "", Optional.empty());
  }

  /** Takes a set for told of whose size is known, such as from the report of a night. */
  public void know(PersonSet persons) {
    Told now = decide(new AskedSet(persons, Set.of()), Margins.NONE.draw(k), Optional.empty());
    stated.add(new Remembered(persons, now));
  }

  /**
   * The same of a set near which figures are published: they count as if they had been told here.
   *
   * @param text hash of what is asked; who asks the same of the same persons hears the same
   * @param within what was told of a set that this one is a part of
   */
  public Told tell(AskedSet asked, String text, Optional<Told> within) {
    Told now =
        before(asked.persons(), text).orElseGet(() -> decide(asked, margins.draw(k), within));
    told.add(new Remembered(asked.persons(), now, text));
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

  private Optional<Told> before(PersonSet persons, String text) {
    return told.stream()
        .filter(other -> !text.isEmpty() && other.text().equals(text))
        .filter(other -> other.persons().sameAs(persons))
        .map(other -> other.told().asAnswer(k))
        .findFirst();
  }

  // One bound is drawn for what is near and another, beyond it, for what is not far: so who is near
  // is near to one figure only, and one person more or less moves neither by more than one.
  private Told decide(AskedSet asked, Draw draw, Optional<Told> within) {
    List<Nearby> known = known(asked);
    Optional<Nearby> nearest =
        known.stream().min(NEAREST).filter(one -> one.apart() < draw.alike());
    return nearest
        .map(
            one ->
                known.stream().anyMatch(other -> one.contradictedBy(other, draw, k))
                    ? Told.WITHHELD
                    : one.told())
        .orElseGet(() -> anew(asked.persons(), draw, within));
  }

  private List<Nearby> known(AskedSet asked) {
    Stream<Nearby> others = told.stream().flatMap(other -> nearby(other, asked, false));
    Stream<Nearby> reported = stated.stream().flatMap(other -> nearby(other, asked, true));
    return Stream.of(others, reported, asked.published().stream()).flatMap(near -> near).toList();
  }

  private Stream<Nearby> nearby(Remembered other, AskedSet asked, boolean known) {
    Told figure = other.told();
    if (figure.kind() == Told.Kind.WITHHELD) {
      return Stream.empty();
    }
    long apart = other.persons().leastDifference(asked.persons());
    boolean published = known || figure.kind() == Told.Kind.EXACT;
    return Stream.of(new Nearby(figure.asAnswer(k), apart, published));
  }

  private Told anew(PersonSet persons, Draw draw, Optional<Told> within) {
    Told own = Told.of(Math.max(0, persons.size() - draw.less()), k);
    return within
        .filter(whole -> whole.kind() != Told.Kind.WITHHELD)
        .filter(whole -> whole.persons() < own.persons())
        .orElse(own);
  }
}
