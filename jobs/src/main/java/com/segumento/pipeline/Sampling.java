package com.segumento.pipeline;

import com.segumento.config.Segments;
import com.segumento.config.Segments.Rank;
import java.util.Objects;
import java.util.stream.Stream;

/** Whether a sample of the persons tells of segments what all persons would. */
final class Sampling {
  private Sampling() {}

  /**
   * False where a rule takes a number of persons and not a share, or learns from all of them: of a
   * sample it would mean something else.
   */
  static boolean suits(Segments definitions) {
    boolean learns =
        definitions.traits().values().stream().anyMatch(trait -> trait.cluster() != null)
            || definitions.segments().stream().anyMatch(segment -> segment.lookalike() != null);
    return !learns
        && definitions.segments().stream()
            .map(Segments.Segment::rank)
            .filter(Objects::nonNull)
            .allMatch(Sampling::ofShare);
  }

  private static boolean ofShare(Rank rank) {
    return Stream.of(rank.top(), rank.bottom())
        .filter(Objects::nonNull)
        .allMatch(part -> part.endsWith("%"));
  }
}
