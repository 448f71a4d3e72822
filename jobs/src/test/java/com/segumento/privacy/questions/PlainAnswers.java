package com.segumento.privacy.questions;

import com.segumento.config.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Answers about sets of numbered persons, one after another, guarded as previews are. */
public final class PlainAnswers {
  private final int k;
  private final Margins margins;
  private final Optional<AnswerBudget> budget;
  private final List<TellingGuard.Remembered> told = new ArrayList<>();

  private PlainAnswers(int k, Margins margins, Optional<AnswerBudget> budget) {
    this.k = k;
    this.margins = margins;
    this.budget = budget;
  }

  /** As the product gives them, with what is so by default; chance begins at a seed. */
  public static PlainAnswers of(int k, long seed) {
    Platform.Answers usual = new Platform.Answers(null, null, null);
    AnswerBudget budget =
        new AnswerBudget(usual.figures(), usual.refusals(), Duration.ofDays(usual.days()));
    return new PlainAnswers(k, Margins.of(new SplittableRandom(seed)), Optional.of(budget));
  }

  /** With nothing left to chance, and as many as are asked for. */
  public static PlainAnswers certain(int k) {
    return new PlainAnswers(k, Margins.NONE, Optional.empty());
  }

  /**
   * What is told of them, after all that was told before.
   *
   * @throws com.segumento.model.PrivacyRefused where nothing is told any more
   */
  public Told tell(Collection<Integer> persons) {
    long refusals = told.stream().filter(one -> one.told().equals(Told.WITHHELD)).count();
    budget.ifPresent(
        limit ->
            limit.require(
                "acme",
                new AnswerBudget.Spent(told.size(), refusals, Optional.of(Instant.EPOCH)),
                1));
    PersonSet set = set(persons);
    Told now =
        new TellingGuard(k, told, margins).tell(new AskedSet(set, Set.of()), "", Optional.empty());
    told.add(new TellingGuard.Remembered(set, now));
    return now;
  }

  /** What would be told of them by somebody who remembers nothing: rounded, and no more. */
  public Told tellAtOnce(Collection<Integer> persons) {
    return new TellingGuard(k, List.of()).tell(set(persons));
  }

  /** Whether nothing was told of them, though of others something is. */
  public static boolean isRefusal(Object answer) {
    return answer.equals(Told.WITHHELD);
  }

  private PersonSet set(Collection<Integer> persons) {
    long[] parts = new long[PersonSets.parts(k)];
    for (int person : persons) {
      SplittableRandom hash = new SplittableRandom(person);
      parts[hash.nextInt(parts.length)] ^= hash.nextLong();
    }
    return new PersonSet(persons.size(), parts);
  }
}
