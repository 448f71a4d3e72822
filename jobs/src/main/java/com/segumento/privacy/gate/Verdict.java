package com.segumento.privacy.gate;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructType;

/**
 * What the gate found. Only where there is no violation do the other figures mean anything.
 *
 * @param files the data files in staging
 * @param schema of the files
 * @param rows cells, or persons, in them
 * @param cells cells somebody is in, or persons there are, published or not
 * @param rolledUp cells whose persons are published in what is left of places above
 * @param withheld cells of which some person is in no row, or persons that are in none
 * @param definitions definition hashes of the segments that have a published cell
 * @param ofCells none of what is no cell
 */
public record Verdict(
    Set<Violation> violations,
    List<StagedFile> files,
    StructType schema,
    long rows,
    long cells,
    long rolledUp,
    long withheld,
    SortedMap<String, String> definitions,
    CellFigures ofCells) {

  /**
   * A data file.
   *
   * @param number it goes by
   * @param sha256 of its bytes, as they were judged
   * @param stem what its published name begins with
   */
  public record StagedFile(String uri, int number, String sha256, long rows, String stem) {
    /** One of the data. */
    public StagedFile(String uri, int number, String sha256, long rows) {
      this(uri, number, sha256, rows, "part");
    }
  }

  public Verdict {
    files = List.copyOf(files);
    violations =
        Collections.unmodifiableSet(
            violations.isEmpty() ? EnumSet.noneOf(Violation.class) : EnumSet.copyOf(violations));
    definitions = Collections.unmodifiableSortedMap(new TreeMap<>(definitions));
  }

  /** One of what is no cell. */
  Verdict(
      Set<Violation> violations,
      List<StagedFile> files,
      StructType schema,
      long rows,
      long cells,
      long rolledUp,
      long withheld,
      SortedMap<String, String> definitions) {
    this(violations, files, schema, rows, cells, rolledUp, withheld, definitions, CellFigures.NONE);
  }

  /** The same with these violations. */
  public Verdict with(Set<Violation> found) {
    return new Verdict(found, files, schema, rows, cells, rolledUp, withheld, definitions, ofCells);
  }

  /** The same without one violation. */
  Verdict without(Violation one) {
    Set<Violation> others = EnumSet.noneOf(Violation.class);
    others.addAll(violations);
    others.remove(one);
    return with(others);
  }

  /** The same with these violations besides its own. */
  Verdict and(Set<Violation> more) {
    Set<Violation> all = EnumSet.noneOf(Violation.class);
    all.addAll(violations);
    all.addAll(more);
    return with(all);
  }

  static Verdict refused(Violation violation) {
    return new Verdict(
        EnumSet.of(violation), List.of(), new StructType(), 0, 0, 0, 0, new TreeMap<>(Map.of()));
  }
}
