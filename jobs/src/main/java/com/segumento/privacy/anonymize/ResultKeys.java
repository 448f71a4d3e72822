package com.segumento.privacy.anonymize;

import com.segumento.privacy.lattice.ClassTable;
import com.segumento.privacy.lattice.Hierarchy;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a result as whole numbers: which label each quasi-identifier has, or that they are
 * suppressed, and which value each sensitive attribute.
 *
 * @param labels by attribute and code of a value, the code of its label
 * @param texts by attribute and code of a label; null where it is none
 * @param hashes the same as numbers that depend on the texts alone
 * @param quasi how many of the attributes are quasi-identifiers
 * @param classes more than the highest number that labels of quasi-identifiers make; this one
 *     stands for those that are suppressed
 * @param listed classes, ascending; null where none is suppressed
 * @param listedAreKept whether they are those that are kept, or those that are not
 * @param keepsSuppressed whether suppressed rows stay
 */
@SuppressWarnings("ArrayRecordComponent")
record ResultKeys(
    int[][] labels,
    String[][] texts,
    long[][] hashes,
    int quasi,
    long classes,
    long[] listed,
    boolean listedAreKept,
    boolean keepsSuppressed)
    implements Serializable {
  /** The key of rows that are not written. */
  static final long DROPPED = -1;

  private static final long LARGEST = 1L << 62;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** The keys of a plan's result; nothing where there are more of them than numbers. */
  static Optional<ResultKeys> of(Encoding encoding, Plan plan, boolean keepsSuppressed) {
    int quasi = plan.quasi().size();
    List<Hierarchy> all = new ArrayList<>(plan.quasi());
    all.addAll(encoding.sensitive());
    int[][] labels = new int[all.size()][];
    String[][] texts = new String[all.size()][];
    long[][] hashes = new long[all.size()][];
    long classes = 1;
    long keys = 1;
    for (int i = 0; i < labels.length; i++) {
      int level = i < quasi ? plan.level(i) : 0;
      labels[i] = labels(all.get(i), level);
      texts[i] = texts(all.get(i), level);
      hashes[i] = Arrays.stream(texts[i]).mapToLong(ResultKeys::hash).toArray();
      if (keys > LARGEST / (texts[i].length + 1)) {
        return Optional.empty();
      }
      keys *= texts[i].length;
      classes = i < quasi ? keys : classes;
      keys += i == quasi - 1 ? 1 : 0; // those that are suppressed
    }
    ResultKeys made =
        new ResultKeys(labels, texts, hashes, quasi, classes, null, true, keepsSuppressed);
    return Optional.of(plan.suppresses() ? made.listing(plan.classes()) : made);
  }

  private static int[] labels(Hierarchy hierarchy, int level) {
    int[] labels = new int[hierarchy.values()];
    for (int code = 0; code < labels.length; code++) {
      labels[code] = hierarchy.generalize(code, level);
    }
    return labels;
  }

  /** An empty text and none are one value. */
  private static String[] texts(Hierarchy hierarchy, int level) {
    String[] texts = new String[hierarchy.labels(level)];
    for (int label = 0; label < texts.length; label++) {
      String text = hierarchy.text(label, level);
      texts[label] = level == 0 && text.isEmpty() ? null : text;
    }
    return texts;
  }

  private static long hash(String text) {
    long hash = text == null ? 0 : 1;
    for (byte one : text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8)) {
      hash = mixed(hash ^ one);
    }
    return hash;
  }

  private static long mixed(long hash) {
    long mixed = hash * MIX;
    return mixed ^ (mixed >>> 29);
  }

  private ResultKeys listing(ClassTable table) {
    int kept = 0;
    for (boolean one : table.kept()) {
      kept += one ? 1 : 0;
    }
    boolean areKept = kept <= table.size() / 2;
    long[] some = new long[areKept ? kept : table.size() - kept];
    int size = 0;
    for (int c = 0; c < table.size(); c++) {
      if (table.kept()[c] == areKept) {
        long key = 0;
        for (int d = quasi - 1; d >= 0; d--) {
          key = key * texts[d].length + table.labels()[d][c];
        }
        some[size++] = key;
      }
    }
    Arrays.sort(some);
    return new ResultKeys(labels, texts, hashes, quasi, classes, some, areKept, keepsSuppressed);
  }

  /** The key of a combination. */
  long key(Packed rows, int at) {
    long key = 0;
    for (int d = quasi - 1; d >= 0; d--) {
      key = key * texts[d].length + labels[d][rows.codes()[d][at]];
    }
    if (listed != null && Arrays.binarySearch(listed, key) >= 0 != listedAreKept) {
      if (!keepsSuppressed) {
        return DROPPED;
      }
      key = classes;
    }
    long values = 0;
    for (int s = labels.length - 1; s >= quasi; s--) {
      values = values * texts[s].length + labels[s][rows.codes()[s][at]];
    }
    return key + values * (classes + 1);
  }

  /** A number by which rows are put into an order that depends on what they say alone. */
  long order(long key) {
    long hash = 0;
    for (int i = 0; i < labels.length; i++) {
      int label = label(key, i);
      hash = mixed(hash ^ (label < 0 ? hash(Domains.TOP) : hashes[i][label]));
    }
    return hash;
  }

  /** What a row says of an attribute. */
  String text(long key, int attribute) {
    int label = label(key, attribute);
    return label < 0 ? Domains.TOP : texts[attribute][label];
  }

  /** Below 0 where it is suppressed. */
  private int label(long key, int attribute) {
    long rest = attribute < quasi ? key % (classes + 1) : key / (classes + 1);
    if (attribute < quasi && rest == classes) {
      return -1;
    }
    for (int i = attribute < quasi ? 0 : quasi; i < attribute; i++) {
      rest /= texts[i].length;
    }
    return (int) (rest % texts[attribute].length);
  }
}
