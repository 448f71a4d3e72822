package com.segumento.privacy.engine;

import com.segumento.config.Export;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.SuppressionLimit;
import com.segumento.privacy.LevelChoice;
import com.segumento.privacy.ReleaseRequest;
import com.segumento.privacy.lattice.Effort;
import com.segumento.privacy.lattice.Loss;
import com.segumento.privacy.lattice.Metric;
import com.segumento.privacy.lattice.OptimumSearch;
import com.segumento.privacy.lattice.PrivacyModel;
import com.segumento.privacy.lattice.Solution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the levels of an export that lose least of all at which no larger share of the members of
 * its segments than the suppression limit is in cells that are too small. A member is a person in a
 * segment of at least k; segments are never joined, and levels that the export says stay as they
 * are. Those of the last release are kept while they will do.
 *
 * @param rungs by dimension
 * @param settings of the export, at whatever levels
 * @param effort what the search may use
 */
record LevelSearch(
    ReleaseRequest request, CellSettings settings, List<Rungs> rungs, Effort effort) {
  private static final Logger LOG = LoggerFactory.getLogger(LevelSearch.class);
  private static final int BYTES_OF_A_GROUP = 28;
  private static final int BYTES_OF_A_CODE = 4;
  private static final int BYTES_OF_A_VALUE = 20;
  private static final int PERCENT = 100;

  /** Whether there is anything to find or to hold levels to. */
  static boolean needed(Export export) {
    return export.searchesLevels() || export.privacy().suppressionLimit() != null;
  }

  /** Levels that will do. */
  private record Found(Solution solution, List<Rungs> rungs) {
    List<Integer> levels() {
      return IntStream.range(0, rungs.size())
          .mapToObj(d -> rungs.get(d).level(solution.levels()[d + 1]))
          .toList();
    }

    /** A lower bound of what any levels like these lose. */
    double[] least() {
      if (solution.optimal()) {
        return solution.loss();
      }
      return solution.leastPossible().length == 0 ? new double[] {0} : solution.leastPossible();
    }

    /** As {@link Solution}, by the levels themselves. */
    boolean betterThan(Found other) {
      int order = Metric.compare(solution.loss(), other.solution.loss());
      if (order == 0) {
        order = Long.compare(solution.suppressed(), other.solution.suppressed());
      }
      if (order == 0) {
        order = Integer.compare(sum(levels()), sum(other.levels()));
      }
      return order != 0
          ? order < 0
          : Arrays.compare(levels().toArray(Integer[]::new), other.levels().toArray(Integer[]::new))
              < 0;
    }

    private static int sum(List<Integer> levels) {
      return levels.stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * The levels.
   *
   * @param members segment and person key of those in the export's segments
   * @param profiles one row a person
   * @throws PrivacyRefused where there are none, or no persons
   */
  LevelChoice choose(Dataset<Row> members, Dataset<Row> profiles) {
    if (profiles.isEmpty()) {
      throw nobody();
    }
    try (Members table = Members.of(settings, rungs, members, profiles)) {
      Members.Size size = table.size();
      long allowed = SuppressionLimit.allowed(request.export().suppressionLimit(), size.persons());
      List<Members> views = table.views();
      LevelChoice choice = kept(views, allowed);
      if (choice == null) {
        choice = searched(views, size, allowed);
      }
      LOG.info(
          "Levels chosen: client={} export={} how={} levels={}",
          request.workspace().client().client(),
          request.export().name(),
          choice.how(),
          choice.levels());
      return choice;
    }
  }

  /** The levels of the last release where they will do; else null. */
  private LevelChoice kept(List<Members> views, long allowed) {
    if (!request.export().searchesLevels()) {
      return null;
    }
    for (Members view : views) {
      List<Integer> pinned = new ArrayList<>();
      for (Rungs dimension : view.rungs()) {
        dimension.pinned(request.pinned()).ifPresent(pinned::add);
      }
      if (pinned.size() == rungs.size()) {
        int[] levels = pinned.stream().mapToInt(Integer::intValue).toArray();
        Solution solution = search(view, levels, levels, allowed).run();
        return solution == null
            ? null
            : choice(new Found(solution, view.rungs()), LevelChoice.How.PINNED, solution.loss());
      }
    }
    return null;
  }

  private LevelChoice searched(List<Members> views, Members.Size size, long allowed) {
    List<Found> found = new ArrayList<>();
    for (Members view : views) {
      Solution solution = searched(view, size, allowed);
      if (solution != null) {
        found.add(new Found(solution, view.rungs()));
      }
    }
    if (found.isEmpty()) {
      throw refused();
    }
    Found best = found.get(0);
    double[] least = best.least();
    for (Found other : found) {
      best = other.betterThan(best) ? other : best;
      least = Metric.compare(other.least(), least) < 0 ? other.least() : least;
    }
    boolean optimal = Metric.compare(least, best.solution().loss()) >= 0;
    LevelChoice.How how =
        !request.export().searchesLevels()
            ? LevelChoice.How.FIXED
            : optimal ? LevelChoice.How.OPTIMAL : LevelChoice.How.BOUNDED;
    return choice(best, how, least);
  }

  /** The best of these levels; null where none will do. */
  private Solution searched(Members view, Members.Size size, long allowed) {
    int[] first = view.rungs().stream().mapToInt(Rungs::first).toArray();
    int[] high = view.rungs().stream().mapToInt(Rungs::high).toArray();
    int[] necessary = first;
    int[] start = first;
    if (size.combinations() > most()) {
      necessary = necessary(view, allowed);
      start = fitting(view, necessary);
    }
    OptimumSearch search = search(view, start, high, allowed);
    Solution solution = search.run();
    if (solution == null) {
      return null;
    }
    double[] least = search.bound(indices(view, necessary));
    return !Arrays.equals(start, necessary) && Metric.compare(least, solution.loss()) < 0
        ? solution.with(solution.checked(), least)
        : solution;
  }

  /** A search from {@code first} to {@code high}. */
  private OptimumSearch search(Members view, int[] first, int[] high, long allowed) {
    List<PrivacyModel> models = new ArrayList<>();
    models.add(new PrivacyModel.KAnonymity(settings.k()));
    settings
        .diversity()
        .ifPresent(l -> models.add(new PrivacyModel.DistinctDiversity(0, l.distinct())));
    return new OptimumSearch(
        view.groups(first),
        view.hierarchies(high),
        models,
        new Loss(),
        allowed,
        effort,
        indices(view, first));
  }

  /** As the lattice counts: the segment's level, then those of dimensions from their lowest. */
  private static int[] indices(Members view, int... levels) {
    return IntStream.concat(
            IntStream.of(0),
            IntStream.range(0, levels.length).map(d -> view.rungs().get(d).index(levels[d])))
        .toArray();
  }

  private long most() {
    long each = BYTES_OF_A_GROUP + BYTES_OF_A_CODE * (rungs.size() + 1L) + (long) BYTES_OF_A_VALUE;
    return Math.max(1, effort.memory() / 2 / each);
  }

  /** By dimension, the finest level at which it would be allowed alone. */
  private int[] necessary(Members view, long allowed) {
    int[] levels = view.rungs().stream().mapToInt(Rungs::first).toArray();
    for (int d = 0; d < levels.length; d++) {
      while (levels[d] < view.rungs().get(d).high()
          && view.below(settings.k(), d, levels[d]) > allowed) {
        levels[d]++;
      }
    }
    return levels;
  }

  /** Levels from {@code least} on at which the combinations fit the memory. */
  private int[] fitting(Members view, int[] least) {
    int[] levels = least.clone();
    boolean raised = true;
    while (raised && view.at(levels).count() > most()) {
      raised = false;
      for (int d = levels.length - 1; d >= 0 && !raised; d--) {
        raised = levels[d] < view.rungs().get(d).high();
        levels[d] += raised ? 1 : 0;
      }
      LOG.info("Rolling members up: most={} levels={}", most(), levels);
    }
    return levels;
  }

  /**
   * @param least a lower bound of what any levels lose
   */
  private LevelChoice choice(Found found, LevelChoice.How how, double[] least) {
    Map<String, Integer> levels = new LinkedHashMap<>();
    for (int d = 0; d < rungs.size(); d++) {
      levels.put(rungs.get(d).name(), found.levels().get(d));
    }
    double[] loss = found.solution().loss();
    return new LevelChoice(
        levels,
        how,
        OptionalDouble.of(loss[0]),
        Metric.compare(least, loss) < 0 ? OptionalDouble.of(least[0]) : OptionalDouble.empty());
  }

  private PrivacyRefused nobody() {
    return new PrivacyRefused(
        "Export "
            + request.export().name()
            + " of client "
            + request.workspace().client().client()
            + " has no levels, as there are no profiles of "
            + request.workspace().date()
            + ". Nothing of it was published. See in the run's report what ingest took in, and what"
            + " it put into quarantine.");
  }

  private PrivacyRefused refused() {
    return new PrivacyRefused(
        "Export "
            + request.export().name()
            + " of client "
            + request.workspace().client().client()
            + " has no levels at which at most "
            + PERCENT * request.export().suppressionLimit()
            + " % of the members of its segments, those of fewer than k persons apart, are in cells"
            + " that are too small for what its privacy asks for. Nothing of it was published."
            + " Raise privacy.suppression_limit, leave out small segments, or ask for less.");
  }
}
