package com.segumento.privacy.gate;

import java.util.ArrayList;
import java.util.List;

/** A figure of a segment in a cell, with the sets of persons that were behind it. */
final class ComparedFigure {
  private final String segment;
  private final String figure;
  private final int number;
  private final List<PersonSet> sets = new ArrayList<>();
  private long now;

  /**
   * A set.
   *
   * @param release that brought it
   * @param persons in it
   */
  record PersonSet(long release, long persons) {}

  ComparedFigure(String segment, String figure, int number) {
    this.segment = segment;
    this.figure = figure;
    this.number = number;
  }

  String segment() {
    return segment;
  }

  String figure() {
    return figure;
  }

  int number() {
    return number;
  }

  /** In order of their releases. */
  List<PersonSet> sets() {
    return sets;
  }

  /** Adds one that was seen to stand there now. */
  void standing() {
    now++;
  }

  /** How many stand there now. */
  long now() {
    return now;
  }

  /** The number of its set right after a release; -1 before the first. */
  int at(long release) {
    int at = -1;
    while (at + 1 < sets.size() && sets.get(at + 1).release() <= release) {
      at++;
    }
    return at;
  }

  /** Whether a release brought what stands there now. */
  boolean changedWith(long release) {
    return !sets.isEmpty() && sets.get(sets.size() - 1).release() == release;
  }
}
