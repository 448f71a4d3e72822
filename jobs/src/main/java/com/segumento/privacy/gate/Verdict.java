package com.segumento.privacy.gate;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructType;

/**
 * What the gate found. Only where there is no violation do the other figures mean anything.
 *
 * @param file the one data file in staging
 * @param sha256 of its bytes
 * @param rows cells in it
 * @param schema of the file
 * @param cells cells somebody is in, published or not
 * @param rolledUp cells whose persons are published in what is left of places above
 * @param withheld cells of which some person is in no row
 * @param definitions definition hashes of the segments that have a published cell
 */
public record Verdict(
    Set<Violation> violations,
    String file,
    String sha256,
    StructType schema,
    long rows,
    long cells,
    long rolledUp,
    long withheld,
    SortedMap<String, String> definitions) {

  public Verdict {
    violations =
        Collections.unmodifiableSet(
            violations.isEmpty() ? EnumSet.noneOf(Violation.class) : EnumSet.copyOf(violations));
    definitions = Collections.unmodifiableSortedMap(new TreeMap<>(definitions));
  }

  static Verdict refused(Violation violation) {
    return new Verdict(
        EnumSet.of(violation), "", "", new StructType(), 0, 0, 0, 0, new TreeMap<>(Map.of()));
  }
}
