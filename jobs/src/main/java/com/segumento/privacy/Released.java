package com.segumento.privacy;

import com.segumento.config.Export;
import com.segumento.model.PriorLists;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.gate.Verdict;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.sql.types.StructType;

/**
 * Cells or records the gate passed, still in staging. Only this package makes one, so that nothing
 * else can be published.
 */
public final class Released {
  /**
   * A data file in staging.
   *
   * @param number it goes by
   * @param sha256 of its bytes, as the gate read them
   * @param stem what its published name begins with
   */
  public record DataFile(String uri, int number, String sha256, long rows, String stem) {}

  /**
   * Versions of the release memory.
   *
   * @param before the release was made
   * @param after it is remembered
   */
  public record Memory(long before, long after) {
    /** Of a release that no memory is about. */
    public static final Memory NONE = new Memory(0, 0);
  }

  /**
   * Seconds of a release.
   *
   * @param making it, and remembering it
   * @param judging it
   */
  public record Times(double making, double judging) {}

  private final Export export;
  private final Memory memory;
  private final SourceVersions sources;
  private final LevelChoice choice;
  private final List<DataFile> files;
  private final StructType schema;
  private final long rows;
  private final ProtectionCost cost;
  private final Times times;
  private final long withheld;
  private final int k;
  private final SortedMap<String, String> definitions;
  private final PriorLists prior;

  Released(
      ReleaseRequest request,
      LevelChoice choice,
      int k,
      Verdict verdict,
      Memory memory,
      Times times) {
    this.times = times;
    this.memory = memory;
    this.export = request.export();
    this.sources = request.sources();
    this.prior = request.prior();
    this.choice = choice;
    this.k = k;
    this.files =
        verdict.files().stream()
            .map(
                file ->
                    new DataFile(
                        file.uri(), file.number(), file.sha256(), file.rows(), file.stem()))
            .toList();
    this.schema = verdict.schema();
    this.rows = verdict.rows();
    this.cost = ProtectionCost.of(choice, verdict);
    this.withheld = verdict.withheld();
    this.definitions = verdict.definitions();
  }

  public Export export() {
    return export;
  }

  /** The release memory it was made on, and the one that remembers it. */
  public Memory memory() {
    return memory;
  }

  public SourceVersions sources() {
    return sources;
  }

  /** The levels in force, by attribute. */
  public Map<String, Integer> levels() {
    return choice.levels();
  }

  /** How the levels were come by; for engineers, not for the client. */
  public LevelChoice choice() {
    return choice;
  }

  /** The staged files, by number. */
  public List<DataFile> files() {
    return files;
  }

  /** The files' columns. */
  public StructType schema() {
    return schema;
  }

  /** Cells, with those of what is left of places, or records, in the files. */
  public long rows() {
    return rows;
  }

  /** How long it took. */
  public Times times() {
    return times;
  }

  /** What it cost that cells tell of no fewer than k persons; for engineers, not for the client. */
  public ProtectionCost cost() {
    return cost;
  }

  /**
   * Cells somebody is in who is in no file, or persons that are in none; for engineers, not for the
   * client.
   */
  public long withheld() {
    return withheld;
  }

  /** Distinct persons behind every cell or class are at least so many. */
  public int k() {
    return k;
  }

  /** Definition hashes of the segments that have a cell in the files, by segment. */
  public SortedMap<String, String> definitions() {
    return definitions;
  }

  /** Lists of an audience that were published before, which these go on from. */
  public PriorLists prior() {
    return prior;
  }
}
