package com.segumento.privacy.gate;

import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.gate.ComparedFigures.Counted;
import com.segumento.privacy.gate.ComparedFigures.Who;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * The figures of all segments in cells of the same labels: numbers of persons beside each other,
 * and sums beside each other and beside the number of persons of their own segment.
 */
final class ComparedCell {
  private final String cell;
  private final ComparedFigures persons;
  private final ComparedFigures sums;

  /**
   * No figures yet.
   *
   * @param k fewer of whom nothing may be told
   * @param p of the p% rule; 0 for none
   * @param release the one that is judged
   */
  ComparedCell(int k, double p, long release, String cell) {
    this.cell = cell;
    this.persons = new ComparedFigures(k, p, release, cell, Counted.PERSONS);
    this.sums = new ComparedFigures(k, p, release, cell, Counted.SUMS);
  }

  boolean is(String other) {
    return cell.equals(other);
  }

  /** This many were behind a figure from a release on. */
  void had(String segment, String figure, long from, long many) {
    if (figure.equals(ReleaseMemory.PERSONS)) {
      persons.had(segment, figure, from, many);
    }
    sums.had(segment, figure, from, many);
  }

  /** Somebody came to a figure, or left it: person by person, and share by share. */
  void did(Who who, String segment, String figure, long when, int change) {
    if (figure.equals(ReleaseMemory.PERSONS)) {
      persons.did(who, segment, figure, when, change);
    }
    sums.did(who, segment, figure, when, change);
  }

  /** Two figures each, of which one is changed and tells of few beside the other. */
  List<Row> telling() {
    return Stream.of(persons, sums).flatMap(each -> each.telling().stream()).toList();
  }
}
