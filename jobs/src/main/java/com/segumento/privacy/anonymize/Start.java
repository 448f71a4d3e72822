package com.segumento.privacy.anonymize;

import com.segumento.privacy.lattice.Hierarchy;
import com.segumento.privacy.lattice.Lattice;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where in the lattice a search begins, so that the table as it is there fits the memory it may
 * use. Levels that no allowed node can have are passed over for nothing; what has to be passed over
 * beyond them costs the certainty of the optimum.
 *
 * @param levels the table is brought to the driver at these
 * @param necessary no node finer than these, in any attribute, is allowed
 * @param merged whether combinations have to be put together before they come to the driver
 */
@SuppressWarnings("ArrayRecordComponent")
record Start(int[] levels, int[] necessary, boolean merged) {
  private static final Logger LOG = LoggerFactory.getLogger(Start.class);

  /** Whether no allowed node is passed over. */
  boolean complete() {
    return Lattice.below(levels, necessary);
  }

  /** Whether nothing at all is passed over. */
  boolean bottom() {
    return Lattice.sum(levels) == 0;
  }

  /** At one node, whatever it takes. */
  static Start at(int... levels) {
    return new Start(levels, levels, true);
  }

  /**
   * The finest start that fits.
   *
   * @param needed attributes that are told apart
   * @param combinations of the table, at most
   * @param allowed rows that may be suppressed
   * @param memory bytes for the groups
   */
  static Start of(
      Encoding encoding, List<Hierarchy> needed, long combinations, long allowed, long memory) {
    int[] bottom = new int[encoding.quasi().size()];
    // Codes, the number of rows, a sensitive value's code and number each, a person's hash.
    long each = 16L + 4L * bottom.length + 20L * (needed.size() - bottom.length);
    each += encoding.combinations().table().person() == null ? 0 : 12;
    long most = Math.max(1, memory / each);
    if (combinations <= most) {
      return new Start(bottom, bottom, false);
    }
    int[] necessary = necessary(encoding, allowed);
    int[] levels = necessary.clone();
    while (encoding.encoded(levels, needed).count() > most && raise(encoding.quasi(), levels)) {
      LOG.info("Rolling the table up: combinations={} most={}", combinations, most);
    }
    return new Start(levels, necessary, true);
  }

  /** By attribute, the finest level at which it would be allowed alone. */
  private static int[] necessary(Encoding encoding, long allowed) {
    int[] levels = new int[encoding.quasi().size()];
    long[][] rowsByCode = encoding.rowsByCode();
    for (int d = 0; d < levels.length; d++) {
      Hierarchy hierarchy = encoding.quasi().get(d);
      while (levels[d] < hierarchy.height()
          && suppressed(hierarchy, rowsByCode[d], levels[d], encoding.k()) > allowed) {
        levels[d]++;
      }
    }
    return levels;
  }

  private static long suppressed(Hierarchy hierarchy, long[] rows, int level, int k) {
    long[] byLabel = new long[hierarchy.labels(level)];
    for (int code = 0; code < hierarchy.values(); code++) {
      byLabel[hierarchy.generalize(code, level)] += rows[code];
    }
    long suppressed = 0;
    for (long label : byLabel) {
      suppressed += label < k ? label : 0;
    }
    return suppressed;
  }

  /** Raises the attribute with most labels; false where all are at their top. */
  private static boolean raise(List<Hierarchy> quasi, int[] levels) {
    int most = -1;
    for (int d = 0; d < levels.length; d++) {
      if (levels[d] < quasi.get(d).height()
          && (most < 0 || quasi.get(d).labels(levels[d]) > quasi.get(most).labels(levels[most]))) {
        most = d;
      }
    }
    if (most >= 0) {
      levels[most]++;
    }
    return most >= 0;
  }
}
