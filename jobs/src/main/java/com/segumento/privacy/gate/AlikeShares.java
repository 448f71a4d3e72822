package com.segumento.privacy.gate;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether all but 1 to k-1 persons add the same: the remainder is theirs alone. What so many add is
 * known where it is a bound of the sum, or where k do.
 */
final class AlikeShares implements Remainder {
  private final int k;
  private final List<Long> bounds;
  private final List<Share> shares = new ArrayList<>();
  private long persons;

  /** An amount that some add for each time they count. */
  private static final class Share {
    final long each;
    long persons;

    Share(long each) {
      this.each = each;
    }
  }

  /**
   * Nobody yet.
   *
   * @param k fewer of whom nothing may be told
   * @param bounds of the sum, in millionths; empty where several are combined
   */
  AlikeShares(int k, List<Long> bounds) {
    this.k = k;
    this.bounds = List.copyOf(bounds);
  }

  @Override
  public void add(long counted, long money) {
    if (counted == 0 && money == 0) {
      return;
    }
    boolean known = false;
    for (Share share : shares) {
      if (counted != 0 && money == share.each * counted) {
        share.persons++;
        known = true;
      }
    }
    // What only later ones add at least k others do not.
    if (!known && persons < k && counted != 0 && money != 0) {
      Share share = new Share(money / counted);
      share.persons++;
      shares.add(share);
    }
    persons++;
    shares.removeIf(share -> others(share) >= k);
  }

  private long others(Share share) {
    return persons - share.persons;
  }

  @Override
  public boolean isOpen() {
    return persons < k || !shares.isEmpty();
  }

  @Override
  public boolean tells() {
    return shares.stream()
        .filter(share -> others(share) > 0 && others(share) < k)
        .anyMatch(share -> share.persons >= k || bounds.contains(share.each));
  }
}
