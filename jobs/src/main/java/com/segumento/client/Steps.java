package com.segumento.client;

/** Told before each step that writes; tests end the process there. */
@FunctionalInterface
interface Steps {
  Steps ALL = step -> {};

  void before(String step);
}
