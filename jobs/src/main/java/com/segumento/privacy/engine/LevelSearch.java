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

  /**
   * The levels.
   *
   * @param members segment and person key of those in the export's segments
   * @param profiles one row a person
   * @throws PrivacyRefused where there are none
   */
  LevelChoice choose(Dataset<Row> members, Dataset<Row> profiles) {
    try (Members table = Members.of(settings, rungs, members, profiles)) {
      Members.Size size = table.size();
      long allowed = SuppressionLimit.allowed(request.export().suppressionLimit(), size.persons());
      LevelChoice choice = kept(table, allowed);
      if (choice == null) {
        choice = searched(table, size, allowed);
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
  private LevelChoice kept(Members table, long allowed) {
    List<Integer> pinned = new ArrayList<>();
    for (Rungs dimension : rungs) {
      dimension.pinned(request.pinned()).ifPresent(pinned::add);
    }
    if (!request.export().searchesLevels() || pinned.size() < rungs.size()) {
      return null;
    }
    int[] levels = pinned.stream().mapToInt(Integer::intValue).toArray();
    Solution solution = search(table, levels, levels, allowed).run();
    return solution == null ? null : choice(solution, LevelChoice.How.PINNED);
  }

  private LevelChoice searched(Members table, Members.Size size, long allowed) {
    int[] first = rungs.stream().mapToInt(Rungs::first).toArray();
    int[] high = rungs.stream().mapToInt(Rungs::high).toArray();
    int[] necessary = first;
    int[] start = first;
    if (size.combinations() > most()) {
      necessary = necessary(table, allowed);
      start = fitting(table, necessary);
    }
    OptimumSearch search = search(table, start, high, allowed);
    Solution solution = search.run();
    if (solution == null) {
      throw refused();
    }
    double[] least = search.bound(aboveLow(necessary));
    if (!java.util.Arrays.equals(start, necessary) && Metric.compare(least, solution.loss()) < 0) {
      solution = solution.with(solution.checked(), least);
    }
    LevelChoice.How how =
        !request.export().searchesLevels()
            ? LevelChoice.How.FIXED
            : solution.optimal() ? LevelChoice.How.OPTIMAL : LevelChoice.How.BOUNDED;
    return choice(solution, how);
  }

  /** A search from {@code first} to {@code high}. */
  private OptimumSearch search(Members table, int[] first, int[] high, long allowed) {
    List<PrivacyModel> models = new ArrayList<>();
    models.add(new PrivacyModel.KAnonymity(settings.k()));
    settings
        .diversity()
        .ifPresent(l -> models.add(new PrivacyModel.DistinctDiversity(0, l.distinct())));
    return new OptimumSearch(
        table.groups(first),
        table.hierarchies(high),
        models,
        new Loss(),
        allowed,
        effort,
        aboveLow(first));
  }

  /** As the lattice counts: the segment's level, then those of dimensions from their lowest. */
  private int[] aboveLow(int... levels) {
    return IntStream.concat(
            IntStream.of(0),
            IntStream.range(0, levels.length).map(d -> levels[d] - rungs.get(d).low()))
        .toArray();
  }

  private long most() {
    long each = BYTES_OF_A_GROUP + BYTES_OF_A_CODE * (rungs.size() + 1L) + (long) BYTES_OF_A_VALUE;
    return Math.max(1, effort.memory() / 2 / each);
  }

  /** By dimension, the finest level at which it would be allowed alone. */
  private int[] necessary(Members table, long allowed) {
    int[] levels = rungs.stream().mapToInt(Rungs::first).toArray();
    for (int d = 0; d < levels.length; d++) {
      while (levels[d] < rungs.get(d).high() && table.below(settings.k(), d, levels[d]) > allowed) {
        levels[d]++;
      }
    }
    return levels;
  }

  /** Levels from {@code least} on at which the combinations fit the memory. */
  private int[] fitting(Members table, int[] least) {
    int[] levels = least.clone();
    boolean raised = true;
    while (raised && table.at(levels).count() > most()) {
      raised = false;
      for (int d = levels.length - 1; d >= 0 && !raised; d--) {
        raised = levels[d] < rungs.get(d).high();
        levels[d] += raised ? 1 : 0;
      }
      LOG.info("Rolling members up: most={} levels={}", most(), levels);
    }
    return levels;
  }

  private LevelChoice choice(Solution solution, LevelChoice.How how) {
    Map<String, Integer> levels = new LinkedHashMap<>();
    for (int d = 0; d < rungs.size(); d++) {
      levels.put(rungs.get(d).name(), solution.levels()[d + 1] + rungs.get(d).low());
    }
    return new LevelChoice(
        levels,
        how,
        OptionalDouble.of(solution.loss()[0]),
        solution.optimal() || how == LevelChoice.How.PINNED
            ? OptionalDouble.empty()
            : OptionalDouble.of(solution.leastPossible()[0]));
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
