package com.segumento.privacy.questions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/** Answers about sets of numbered persons, one after another, guarded as previews are. */
public final class PlainAnswers {
  private final int k;
  private final List<TellingGuard.Remembered> told = new ArrayList<>();

  public PlainAnswers(int k) {
    this.k = k;
  }

  /** What is told of them, after all that was told before. */
  public Told tell(Collection<Integer> persons) {
    PersonSet set = set(persons);
    Told now = new TellingGuard(k, told).tell(set);
    told.add(new TellingGuard.Remembered(set, now));
    return now;
  }

  /** What would be told of them by somebody who remembers nothing: rounded, and no more. */
  public Told tellAtOnce(Collection<Integer> persons) {
    return new TellingGuard(k, List.of()).tell(set(persons));
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
