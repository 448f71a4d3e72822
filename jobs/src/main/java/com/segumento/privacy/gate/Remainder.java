package com.segumento.privacy.gate;

/** What is left of a sum when each of so many persons is taken from it with the same share. */
interface Remainder {
  /**
   * A person.
   *
   * @param counted as how many it counts, or counts more than before; may be below 0
   * @param money what it adds, or adds more, in millionths
   */
  void add(long counted, long money);

  /** Whether it may still tell, whoever is added. */
  boolean isOpen();

  /** Whether it tells of few, who are all. */
  boolean tells();
}
