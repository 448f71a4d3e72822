package com.segumento.segment;

import com.segumento.config.Segments.Segment;
import java.util.List;
import java.util.Optional;

/** {@code where}: a condition over the columns of the person and other segments. */
final class WhereRule implements RuleResolver {
  @Override
  public boolean takes(Segment segment) {
    return segment.where() != null;
  }

  @Override
  public Optional<Rule> resolve(Segment segment, Resolution resolution, List<String> problems) {
    return Resolution.located(
            "where",
            problems,
            found -> resolution.parser().predicate(segment.where(), resolution.scope(), found))
        .map(condition -> Rule.of("where|" + condition.canonical(), condition));
  }
}
