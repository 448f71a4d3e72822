package com.segumento.pipeline;

/** Kills the run before its n-th write; the first is 1. Once burnt it is harmless. */
final class Fuse {
  private int left;

  Fuse(int writes) {
    left = writes;
  }

  /** One that never burns. */
  static Fuse none() {
    return new Fuse(Integer.MAX_VALUE);
  }

  void burn() {
    left--;
    if (left == 0) {
      throw new Killed();
    }
  }

  boolean burnt() {
    return left <= 0;
  }

  /** As the death of a process, nothing catches it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
