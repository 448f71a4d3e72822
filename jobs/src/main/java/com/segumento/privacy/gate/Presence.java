package com.segumento.privacy.gate;

/** In which sets of a figure a person was, and whether it is there now. */
final class Presence {
  private final ComparedFigure figure;
  private final int[] times;
  private int now;

  Presence(ComparedFigure figure) {
    this.figure = figure;
    this.times = new int[figure.sets().size()];
  }

  ComparedFigure figure() {
    return figure;
  }

  void add(long release, int change) {
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

  /** 1 where it was, 0 where not; in set -1 nobody was. */
  int in(int set) {
    return set < 0 ? 0 : times[set];
  }

  /** 1 where it has come since a set, -1 where it has left. */
  int since(int set) {
    return now - in(set);
  }

  /** Whether it was in some sets only. */
  boolean moved() {
    for (int time : times) {
      if (time != now) {
        return true;
      }
    }
    return false;
  }
}
