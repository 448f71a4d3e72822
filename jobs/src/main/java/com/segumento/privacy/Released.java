package com.segumento.privacy;

import com.segumento.config.Export;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.gate.Verdict;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.sql.types.StructType;

/**
 * Cells the gate passed, still in staging. Only this package makes one, so that nothing else can be
 * published.
 */
public final class Released {
  private final Export export;
  private final SourceVersions sources;
  private final LevelChoice choice;
  private final String file;
  private final String sha256;
  private final StructType schema;
  private final long rows;
  private final long rolledUp;
  private final long withheld;
  private final int k;
  private final SortedMap<String, String> definitions;

  Released(Export export, SourceVersions sources, LevelChoice choice, int k, Verdict verdict) {
    this.export = export;
    this.sources = sources;
    this.choice = choice;
    this.k = k;
    this.file = verdict.file();
    this.sha256 = verdict.sha256();
    this.schema = verdict.schema();
    this.rows = verdict.rows();
    this.rolledUp = verdict.rolledUp();
    this.withheld = verdict.withheld();
    this.definitions = verdict.definitions();
  }

  public Export export() {
    return export;
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

  /** The staged file. */
  public String file() {
    return file;
  }

  /** Of the file's bytes, as the gate read them. */
  public String sha256() {
    return sha256;
  }

  /** The file's columns. */
  public StructType schema() {
    return schema;
  }

  /** Cells in the file, with those of what is left of places. */
  public long rows() {
    return rows;
  }

  /**
   * Cells that are too small and whose persons are in the file by a place above; for engineers, not
   * for the client.
   */
  public long rolledUp() {
    return rolledUp;
  }

  /** Cells somebody is in who is not in the file; for engineers, not for the client. */
  public long withheld() {
    return withheld;
  }

  /** Distinct persons behind every cell are at least so many. */
  public int k() {
    return k;
  }

  /** Definition hashes of the segments that have a cell in the file, by segment. */
  public SortedMap<String, String> definitions() {
    return definitions;
  }
}
