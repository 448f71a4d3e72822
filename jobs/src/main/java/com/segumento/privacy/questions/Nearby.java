package com.segumento.privacy.questions;

/**
 * A figure that is known of a set not far from one that is asked for.
 *
 * @param told the figure as an answer tells it
 * @param apart so many persons are in one of the sets alone
 * @param published whether an export has published it, or a report states it, and no answer told it
 */
public record Nearby(Told told, long apart, boolean published) {
  /**
   * Whether an answer like this figure would contradict the other one. Sums of published cells, and
   * segments, lie k persons apart and more, and each is told of as it is.
   */
  boolean contradictedBy(Nearby other, Margins.Draw draw, int k) {
    long least = published && other.published ? k : draw.apart();
    return !other.told.equals(told) && other.apart < least;
  }
}
