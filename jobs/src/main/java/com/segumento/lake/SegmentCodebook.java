package com.segumento.lake;

import com.segumento.model.ClientId;
import com.segumento.model.SegmentCodes;
import io.delta.exceptions.DeltaConcurrentModificationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * A client's {@link SegmentCodes}: finds the codes of segments, and gives codes to those that are
 * new or defined anew. Adds rows and changes none, so that the codes of all nights stay what they
 * are.
 *
 * <p>A code stands for one definition and a definition has one code, also where nights of several
 * dates are computed at once: a member would be counted twice otherwise. So codes are given in
 * turns, each of which Delta lets one process have; the others look again.
 */
public final class SegmentCodebook {
  private static final String APPLICATION = "segment-codes";
  private static final int MOST_ATTEMPTS = 20;

  private final SparkSession spark;
  private final DeltaTables tables;
  private final String path;

  private record Defined(String id, String hash) {}

  private SegmentCodebook(SparkSession spark, DeltaTables tables, String path) {
    this.spark = spark;
    this.tables = tables;
    this.path = path;
  }

  /** The codebook of a client, declared where it is not there yet. */
  public static SegmentCodebook open(SparkSession spark, Lake lake, ClientId client) {
    String path = lake.layout().table(client, SegmentCodes.NAME);
    lake.tables().declare(path, SegmentCodes.SCHEMA, List.of());
    return new SegmentCodebook(spark, lake.tables(), path);
  }

  /**
   * The codes of definitions, in their order.
   *
   * @param hashes of the definitions, by segment
   * @param note of the commit, where codes have to be given
   */
  public List<Integer> codes(Map<String, String> hashes, Map<String, String> note) {
    List<Defined> wanted =
        hashes.entrySet().stream()
            .map(segment -> new Defined(segment.getKey(), segment.getValue()))
            .toList();
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      long turn = tables.committedVersion(path, APPLICATION).orElse(0) + 1; // before it is read
      Map<Defined, Integer> known = known();
      if (known.keySet().containsAll(wanted)) {
        return wanted.stream().map(known::get).toList();
      }
      give(turn, wanted, known, note);
    }
    throw new IllegalStateException(
        "No codes could be given to segments: other processes gave theirs first "
            + MOST_ATTEMPTS
            + " times.");
  }

  // Nothing comes of it where another process has had the turn: Delta drops the write or refuses
  // it.
  private void give(
      long turn, List<Defined> wanted, Map<Defined, Integer> known, Map<String, String> note) {
    int next = known.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    List<Row> added = new ArrayList<>();
    for (Defined segment : wanted) {
      if (!known.containsKey(segment)) {
        added.add(RowFactory.create(next++, segment.id(), segment.hash()));
      }
    }
    try {
      tables.append(
          path,
          spark.createDataFrame(added, SegmentCodes.SCHEMA).coalesce(1),
          new Commit(Optional.of(new Commit.Once(APPLICATION, turn)), note));
    } catch (DeltaConcurrentModificationException e) {
      return; // told by the next look
    }
  }

  private Map<Defined, Integer> known() {
    Map<Defined, Integer> known = new HashMap<>();
    if (tables.untouched(path)) {
      return known;
    }
    // As many rows as there have been definitions.
    for (Row row : tables.read(path).to(SegmentCodes.SCHEMA).collectAsList()) {
      known.put(new Defined(row.getString(1), row.getString(2)), row.getInt(0));
    }
    return known;
  }
}
