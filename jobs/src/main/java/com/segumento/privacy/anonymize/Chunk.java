package com.segumento.privacy.anonymize;

import com.segumento.privacy.lattice.Hierarchy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct combinations of a part of a table: by attribute the code of each combination's
 * value, and how many rows share it.
 *
 * @param values by attribute the value of each code; null where codes are those of its hierarchy
 * @param blanks whether any text is empty without being null
 */
@SuppressWarnings("ArrayRecordComponent")
record Chunk(Packed packed, String[][] values, boolean blanks) implements Serializable {

  /** All but the combinations themselves. */
  record Header(int size, long rows, String[][] values, boolean blanks) implements Serializable {}

  Header header() {
    return new Header(packed.size(), Arrays.stream(packed.last()).sum(), values, blanks);
  }

  /** What makes codes of hierarchies of the codes of a chunk, and those of coarser levels. */
  @SuppressWarnings("ArrayRecordComponent")
  record Recoding(List<Map<String, Integer>> codes, int[][] first) implements Serializable {

    /**
     * The recoding.
     *
     * @param known whether, by hierarchy, chunks have its codes already
     * @param levels of the first of the hierarchies, the others stay as they are
     */
    static Recoding of(List<Hierarchy> hierarchies, boolean[] known, int... levels) {
      List<Map<String, Integer>> codes = new ArrayList<>();
      int[][] first = new int[hierarchies.size()][];
      for (int i = 0; i < first.length; i++) {
        codes.add(known[i] ? null : codes(hierarchies.get(i)));
        if (i < levels.length && levels[i] > 0) {
          first[i] = first(hierarchies.get(i), levels[i]);
        }
      }
      return new Recoding(codes, first);
    }

    static Map<String, Integer> codes(Hierarchy hierarchy) {
      Map<String, Integer> codes = new HashMap<>();
      for (int code = 0; code < hierarchy.values(); code++) {
        codes.put(hierarchy.value(code), code);
      }
      return codes;
    }

    private static int[] first(Hierarchy hierarchy, int level) {
      int[] ofLabel = hierarchy.representatives(level);
      int[] first = new int[hierarchy.values()];
      for (int code = 0; code < first.length; code++) {
        first[code] = ofLabel[hierarchy.generalize(code, level)];
      }
      return first;
    }

    private boolean raises() {
      return Arrays.stream(first).anyMatch(map -> map != null);
    }

    /** By code of the chunk's own, the code it becomes; null where it stays. */
    private int[] map(int i, String[] own) {
      if (codes.get(i) == null) {
        return first[i];
      }
      int[] map = new int[own.length];
      for (int code = 0; code < map.length; code++) {
        int found = codes.get(i).getOrDefault(own[code], Packed.NONE);
        map[code] = found == Packed.NONE || first[i] == null ? found : first[i][found];
      }
      return map;
    }
  }

  /**
   * The combinations with other codes; equal ones become one where levels are raised or attributes
   * left out.
   */
  Packed recoded(Recoding recoding) {
    int[][] codes = new int[recoding.codes().size()][];
    for (int i = 0; i < codes.length; i++) {
      int[] map = recoding.map(i, values[i]);
      codes[i] = map == null ? packed.codes()[i] : mapped(packed.codes()[i], map);
    }
    Packed recoded = new Packed(codes, packed.last());
    boolean joins = recoding.raises() || codes.length < values.length;
    return joins ? recoded.summed() : recoded;
  }

  private static int[] mapped(int[] codes, int... map) {
    int[] mapped = new int[codes.length];
    for (int entry = 0; entry < mapped.length; entry++) {
      mapped[entry] = codes[entry] == Packed.NONE ? Packed.NONE : map[codes[entry]];
    }
    return mapped;
  }
}
