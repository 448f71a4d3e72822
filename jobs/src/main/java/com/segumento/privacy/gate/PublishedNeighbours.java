package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static org.apache.spark.sql.functions.lit;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Looks for cells that differ by 1 to k-1 persons from what another segment has or had there, see
 * {@link NeighbouringSegments}. All that persons did is read in their order, cell by cell.
 */
final class PublishedNeighbours implements MapPartitionsFunction<Row, Row> {
  /** A changed segment, another one, and the cell they have in common. */
  static final StructType SCHEMA =
      Field.schema(CELL, SEGMENT, Field.required("other segment", DataTypes.StringType));

  private static final long serialVersionUID = 1L;
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field PERSONS = Field.required("persons", DataTypes.LongType);

  /** Before all persons: how many there are. */
  private static final byte[] NOBODY = {};

  private final int k;

  /**
   * A search.
   *
   * @param k fewer of whom nothing may be told
   */
  PublishedNeighbours(int k) {
    this.k = k;
  }

  /**
   * Cells with two segments.
   *
   * @param changed segment, cell and number of persons of what the release changed
   * @param sets segment, cell, release and number of persons of all that may be compared with it
   * @param persons where both have their numbers
   * @param memory who came to the same cells and left, of all segments
   */
  Dataset<Row> telling(
      Dataset<Row> changed, Dataset<Row> sets, Column persons, Dataset<Row> memory) {
    Column nobody = lit(NOBODY);
    return rows(changed, nobody, lit(0L), persons)
        .unionByName(rows(sets, nobody, RELEASE.col(), persons))
        .unionByName(rows(memory, PERSON.col(), RELEASE.col(), ReleaseMemory.CHANGE.col()))
        .repartition(CELL.col())
        .sortWithinPartitions(CELL.col(), PERSON.col(), SEGMENT.col())
        .mapPartitions(this, Encoders.row(SCHEMA));
  }

  private static Dataset<Row> rows(
      Dataset<Row> rows, Column person, Column release, Column persons) {
    return rows.select(
        CELL.col(),
        PERSON.as(person),
        SEGMENT.col(),
        RELEASE.as(release),
        PERSONS.as(persons.cast(PERSONS.type())));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> found = new ArrayList<>();
    NeighbouringSegments cell = new NeighbouringSegments("", k);
    Set<String> read = new HashSet<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!row.getString(0).equals(cell.cell())) {
        found.addAll(cell.telling());
        cell = new NeighbouringSegments(row.getString(0), k);
        // Of a cell in pieces nothing would be found.
        if (!read.add(cell.cell())) {
          throw new IllegalStateException("The persons of a cell are not read in one go");
        }
      }
      byte[] person = row.getAs(1);
      String segment = row.getString(2);
      long release = row.getLong(3);
      long persons = row.getLong(4);
      if (person.length > 0) {
        cell.read(person, segment, release, (int) persons);
      } else if (release == 0) {
        cell.changed(segment, persons);
      } else {
        cell.had(segment, release, persons);
      }
    }
    found.addAll(cell.telling());
    return found.iterator();
  }
}
