package com.segumento.attack;

/**
 * An attack, with what was learned by it.
 *
 * @param name by which it is known
 * @param does what the attacker does
 * @param off without the defence
 * @param on with it
 * @param defence what stops it; empty where it succeeds
 * @param missing why it succeeds; empty where it does not
 */
record Attack(String name, String does, Learned off, Learned on, String defence, String missing) {

  /** One that is stopped. */
  Attack(String name, String does, Learned off, Learned on, String defence) {
    this(name, does, off, on, defence, "");
  }

  /** The same where nothing stops it. */
  Attack succeeding(String why) {
    return new Attack(name, does, off, on, "", why);
  }

  boolean succeeds() {
    return defence.isEmpty();
  }

  @Override
  public String toString() {
    return name;
  }
}
