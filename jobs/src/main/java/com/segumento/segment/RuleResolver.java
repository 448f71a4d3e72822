package com.segumento.segment;

import com.segumento.config.Segments.Segment;
import java.util.List;
import java.util.Optional;

/** One kind of rule: from its configuration to a checked {@link Rule}. */
interface RuleResolver {
  /** Every kind there is; a segment has a rule of one of them. */
  List<RuleResolver> ALL =
      List.of(
          new WhereRule(),
          new ListsRule(),
          new SplitRule(),
          new EventRule(),
          new RankRule(),
          new LookalikeRule());

  /** Whether the segment's rule is of this kind. */
  boolean takes(Segment segment);

  /** The rule, or nothing and why. */
  Optional<Rule> resolve(Segment segment, Resolution resolution, List<String> problems);

  /** The rule of a segment, whatever kind it is of. */
  static Optional<Rule> rule(Segment segment, Resolution resolution, List<String> problems) {
    Optional<RuleResolver> kind = ALL.stream().filter(each -> each.takes(segment)).findFirst();
    if (kind.isEmpty()) {
      problems.add("no rule of a known kind is given.");
    }
    return kind.flatMap(resolver -> resolver.resolve(segment, resolution, problems));
  }
}
