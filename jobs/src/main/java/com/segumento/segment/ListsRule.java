package com.segumento.segment;

import com.segumento.config.Segments.Segment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Not;

/**
 * {@code include} and {@code exclude}: members of any of the one list, of everyone without it, and
 * of none of the other.
 */
final class ListsRule implements RuleResolver {
  @Override
  public boolean takes(Segment segment) {
    return segment.include() != null || segment.exclude() != null;
  }

  @Override
  public Optional<Rule> resolve(Segment segment, Resolution resolution, List<String> problems) {
    int before = problems.size();
    Set<String> include = known(segment.include(), "include", resolution, problems);
    Set<String> exclude = known(segment.exclude(), "exclude", resolution, problems);
    if (problems.size() > before) {
      return Optional.empty();
    }
    Expression condition =
        segment.include() == null
            ? new Not(InSegment.any(exclude))
            : exclude.isEmpty()
                ? InSegment.any(include)
                : new And(InSegment.any(include), new Not(InSegment.any(exclude)));
    String everyone = segment.include() == null ? "everyone" : String.join(",", include);
    return Optional.of(
        Rule.of(
            "lists|" + everyone + "|" + String.join(",", exclude),
            SqlExpression.condition(condition)));
  }

  // In order and once each: neither changes who is a member.
  private static Set<String> known(
      Collection<String> ids, String place, Resolution resolution, List<String> problems) {
    Set<String> known = new TreeSet<>();
    for (String id : ids == null ? List.<String>of() : ids) {
      if (resolution.knows(id, place, problems)) {
        known.add(id);
      }
    }
    return known;
  }
}
