package com.segumento.privacy.anonymize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Compresses rows as they go by. They are taken as Spark has them: making texts of each value would
 * take longer than all else.
 */
final class Chunks implements Iterator<Chunk> {
  /** Bounds what an executor holds: some 64 bytes a combination. */
  static final int MOST = 1 << 20;

  private final Iterator<InternalRow> rows;
  private final List<Map<UTF8String, Integer>> known;
  private final int most;

  /**
   * The chunks of some rows.
   *
   * @param rows a text for each attribute, then whether any of them is a blank
   * @param known by attribute the codes of its values; null where they are numbered as they come
   * @param most combinations a chunk may hold
   */
  Chunks(Iterator<InternalRow> rows, List<Map<UTF8String, Integer>> known, int most) {
    this.rows = rows;
    this.known = known;
    this.most = most;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Chunk next() {
    if (!rows.hasNext()) {
      throw new NoSuchElementException();
    }
    int columns = known.size();
    List<Map<UTF8String, Integer>> found = new ArrayList<>();
    known.forEach(codes -> found.add(codes == null ? new HashMap<>() : null));
    Counter counter = new Counter(columns);
    int[] codes = new int[columns];
    boolean blanks = false;
    while (counter.size() < most && rows.hasNext()) {
      InternalRow row = rows.next();
      for (int c = 0; c < columns; c++) {
        UTF8String value = row.getUTF8String(c);
        codes[c] =
            found.get(c) == null
                ? known.get(c).getOrDefault(value, Packed.NONE)
                : number(found.get(c), value);
      }
      counter.add(codes, 1);
      blanks |= row.getBoolean(columns);
    }
    return new Chunk(
        counter.packed(), found.stream().map(Chunks::values).toArray(String[][]::new), blanks);
  }

  private static int number(Map<UTF8String, Integer> found, UTF8String value) {
    Integer code = found.get(value);
    if (code == null) {
      code = found.size();
      found.put(value.clone(), code); // the row's own memory is used again
    }
    return code;
  }

  private static String[] values(Map<UTF8String, Integer> found) {
    if (found == null) {
      return null;
    }
    String[] values = new String[found.size()];
    found.forEach((value, code) -> values[code] = value.toString());
    return values;
  }
}
