package com.segumento.attack;

import java.util.List;
import java.util.function.Function;

/** Tries an attack on all releases without a defence, and on those of the product. */
record Trial(History off, History on) {

  /**
   * An attack and what comes of it.
   *
   * @param guesses of an attacker who has these releases
   * @param defence what stops it; empty where nothing does
   */
  Attack attack(String name, String does, Function<Releases, List<Guess>> guesses, String defence) {
    return new Attack(
        name,
        does,
        new Judge(off).judge(guesses.apply(new Releases(off.figures()))),
        new Judge(on).judge(guesses.apply(new Releases(on.figures()))),
        defence);
  }

  /** The same of numbers and sums that are added up and subtracted. */
  Attack ofBalances(
      String name, String does, Function<Releases, List<Balance>> guesses, String defence) {
    return new Attack(
        name,
        does,
        new Judge(off).judgeBalances(guesses.apply(new Releases(off.figures()))),
        new Judge(on).judgeBalances(guesses.apply(new Releases(on.figures()))),
        defence);
  }
}
