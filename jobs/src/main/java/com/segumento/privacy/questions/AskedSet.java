package com.segumento.privacy.questions;

import java.util.Set;

/**
 * A set of persons somebody asks about.
 *
 * @param published figures that exports have published of sets not far from it, as {@link
 *     PublishedFigures} finds them
 */
public record AskedSet(PersonSet persons, Set<Nearby> published) {
  public AskedSet {
    published = Set.copyOf(published);
  }

  /** Nobody, in as many parts as the sets of {@link PersonSets#of}. */
  public static AskedSet empty(int k) {
    return new AskedSet(PersonSets.empty(k), Set.of());
  }
}
