package com.segumento.privacy.gate;

/**
 * In which sets of a figure a person was, and whether it is there now: as one, or with what it adds
 * to a sum, in millionths.
 */
final class Presence {
  private final ComparedFigure figure;
  private final long[] times;
  private long now;

  Presence(ComparedFigure figure) {
    this.figure = figure;
    this.times = new long[figure.sets().size()];
  }

  ComparedFigure figure() {
    return figure;
  }

  void add(long release, long change) {
    now += change;
    for (int i = 0; i < times.length; i++) {
      if (figure.sets().get(i).release() >= release) {
        times[i] += change;
      }
    }
  }

  boolean now() {
    return now > 0;
  }

  /** 1, or what it added, where it was, 0 where not; in set -1 nobody was. */
  long in(int set) {
    return set < 0 ? 0 : times[set];
  }

  /** 1 where it has come since a set, -1 where it has left; or how much more it adds. */
  long since(int set) {
    return now - in(set);
  }

  /** Whether it was in some sets only, or with something else. */
  boolean moved() {
    for (long time : times) {
      if (time != now) {
        return true;
      }
    }
    return false;
  }
}
