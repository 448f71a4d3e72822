package com.segumento.privacy.anonymize;

import com.segumento.privacy.lattice.Effort;
import com.segumento.privacy.lattice.Groups;
import com.segumento.privacy.lattice.Metric;
import com.segumento.privacy.lattice.OptimumSearch;
import com.segumento.privacy.lattice.Quality;
import com.segumento.privacy.lattice.Solution;
import java.util.Optional;

/**
 * Finds the plan that loses least.
 *
 * @param encoding the table with its hierarchies
 */
record Planner(Demands demands, Encoding encoding) {

  /**
   * What was found.
   *
   * @param start where the search began
   * @param groups the table as it is there
   * @param quality of the result
   * @param latticeSize nodes of the whole lattice
   */
  record Found(Plan plan, Start start, Groups groups, Quality quality, long latticeSize) {}

  /** The best plan; nothing where no plan keeps what is demanded. */
  Optional<Found> find(Combinations.Summary summary) {
    long allowed = demands.allowed(summary.rows());
    Effort effort = demands.effort();
    Start start =
        Start.of(
            encoding,
            encoding.needed(demands.models()),
            summary.combinations(),
            allowed,
            Math.min(effort.memory() / 2, encoding.mostCollected()));
    Groups groups = encoding.groups(start, demands.models());
    OptimumSearch search = search(groups, allowed, start.levels());
    Solution solution = search.run();
    if (solution == null) {
      return Optional.empty();
    }
    if (!start.complete()) {
      double[] least = search.bound(start.necessary());
      if (Metric.compare(least, solution.loss()) < 0) {
        solution = solution.with(solution.checked(), least);
      }
    }
    return Optional.of(found(search, solution, start, groups));
  }

  /**
   * The plan of one node, of which alone the table is rolled up; nothing where it does not keep
   * what is demanded.
   */
  Optional<Found> at(int[] levels, Combinations.Summary summary) {
    long allowed = demands.allowed(summary.rows());
    Groups groups = encoding.groups(Start.at(levels), demands.models());
    OptimumSearch search = search(groups, allowed, levels);
    Solution solution = search.at(levels);
    return solution.suppressed() > allowed
        ? Optional.empty()
        : Optional.of(found(search, solution, Start.at(levels), groups));
  }

  private OptimumSearch search(Groups groups, long allowed, int... start) {
    return new OptimumSearch(
        groups,
        encoding.quasi(),
        demands.models(),
        demands.metric(),
        allowed,
        demands.effort(),
        start);
  }

  private Found found(OptimumSearch search, Solution solution, Start start, Groups groups) {
    OptimumSearch.Outcome outcome = search.outcome(solution.levels());
    return new Found(
        new Plan(encoding.quasi(), solution, outcome.classes()),
        start,
        groups,
        outcome.quality(),
        search.lattice().size());
  }
}
