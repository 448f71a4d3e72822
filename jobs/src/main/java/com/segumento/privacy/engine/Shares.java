package com.segumento.privacy.engine;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the persons of a group add to a sum who have as many different shares in its cells each.
 *
 * @param number of shares of a person
 * @param sizes of the first share, of what the second, third and so on differ from it by, then of
 *     the second share and what those after it differ from that by, to the last; none where nobody
 *     asks for them
 */
record Shares(int number, List<Sizes> sizes) {
  /** Of persons who are counted only. */
  static final Shares NONE = new Shares(1, List.of());

  Shares {
    sizes = List.copyOf(sizes);
  }

  /** Of a share. */
  Sizes of(int share) {
    return apart(share, share);
  }

  /** Of what two shares differ by, the lower number first. */
  private Sizes apart(int share, int other) {
    return sizes.get(share * number - share * (share - 1) / 2 + other - share);
  }

  /** Of the sum of a person's shares, each so many times. */
  Sizes weighed(int... weights) {
    int[] counting = IntStream.range(0, number).filter(share -> weights[share] != 0).toArray();
    if (counting.length == 0) {
      return Sizes.NONE;
    }
    int first = counting[0];
    if (counting.length == 1) {
      return of(first).times(Math.abs(weights[first]));
    }
    if (counting.length == 2 && weights[first] == -weights[counting[1]]) {
      return apart(first, counting[1]).times(Math.abs(weights[first]));
    }
    return IntStream.of(counting)
        .mapToObj(share -> of(share).times(Math.abs(weights[share])).atMost())
        .reduce(Sizes.NONE, Shares::added);
  }

  /** At most the sum of two amounts that are at most so much. */
  private static Sizes added(Sizes some, Sizes more) {
    return new Sizes(some.all(), some.first(), some.second(), some.unknown().add(more.unknown()));
  }
}
