package com.segumento.reference;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The versions of a reference, by the day each is valid from. One is valid until the next begins,
 * the last without end.
 */
record Versions(TreeSet<LocalDate> starts) {

  /** These versions and one more, or one anew. */
  static Versions of(Collection<LocalDate> starts, LocalDate added) {
    TreeSet<LocalDate> all = new TreeSet<>(starts);
    all.add(added);
    return new Versions(all);
  }

  /** First day on which the version that begins on {@code start} is no longer valid. */
  Optional<LocalDate> end(LocalDate start) {
    return Optional.ofNullable(starts.higher(start));
  }
}
