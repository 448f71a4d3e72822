package com.segumento.attack;

import java.util.Locale;

/**
 * What an attacker has learned of groups of 1 to k-1 persons, as a judge finds who knows the truth.
 *
 * @param groups that the attacker has learned of, by guesses that are right
 * @param of what the groups are, for people
 * @param note how it came to that, for people; may be empty
 */
record Learned(int groups, String of, String note) {

  /** So many, of which one is called {@code one}. */
  static Learned of(int groups, String one, String many) {
    return new Learned(groups, groups == 1 ? one : many, "");
  }

  @Override
  public String toString() {
    String what = groups == 0 ? "nothing" : String.format(Locale.ROOT, "%,d %s", groups, of);
    return note.isEmpty() ? what : what + " (" + note + ")";
  }
}
