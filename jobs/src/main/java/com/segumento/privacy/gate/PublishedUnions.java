package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static com.segumento.privacy.gate.Standing.names;
import static org.apache.spark.sql.functions.lit;

import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Looks for what the cells of three segments tell together, see {@link OverlappingSegments}.
 * Persons are read in their order, cell by cell.
 */
final class PublishedUnions implements MapPartitionsFunction<Row, Row> {
  /** Three segments and the cell they have in common. */
  static final StructType SCHEMA =
      Field.schema(
          CELL,
          Field.required("inner segment", DataTypes.StringType),
          Field.required("second segment", DataTypes.StringType),
          Field.required("outer segment", DataTypes.StringType));

  private static final long serialVersionUID = 1L;
  private static final Field CHANGED = Field.required("changed", DataTypes.BooleanType);

  /** In the place of a person where a row says that the segment's cell is changed. */
  private static final byte[] NOBODY = {};

  private final int k;

  /**
   * A search.
   *
   * @param k fewer of whom nothing may be told
   */
  PublishedUnions(int k) {
    this.k = k;
  }

  /**
   * Cells and three segments that may tell of 1 to k-1 persons, one of which at least is changed.
   *
   * @param standing segment, cell and person of all that stands now
   * @param changed those of them that are of cells the release changed
   */
  Dataset<Row> telling(Dataset<Row> standing, Dataset<Row> changed) {
    Dataset<Row> persons =
        standing
            .join(changed.select(CELL.col()).distinct(), names(CELL), "left_semi") // n:1
            .select(CELL.col(), PERSON.col(), SEGMENT.col(), CHANGED.as(lit(false)));
    Dataset<Row> marks =
        changed
            .select(CELL.col(), SEGMENT.col())
            .distinct()
            .select(CELL.col(), PERSON.as(lit(NOBODY)), SEGMENT.col(), CHANGED.as(lit(true)));
    return persons
        .unionByName(marks)
        .repartition(CELL.col())
        .sortWithinPartitions(CELL.col(), PERSON.col())
        .mapPartitions(this, Encoders.row(SCHEMA));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> persons) {
    List<Row> found = new ArrayList<>();
    OverlappingSegments cell = new OverlappingSegments("", k);
    Set<String> read = new HashSet<>();
    while (persons.hasNext()) {
      Row row = persons.next();
      if (!row.getString(0).equals(cell.cell())) {
        found.addAll(cell.telling());
        cell = new OverlappingSegments(row.getString(0), k);
        // Of a cell in pieces nothing would be found.
        if (!read.add(cell.cell())) {
          throw new IllegalStateException("The persons of a cell are not read in one go");
        }
      }
      if (row.getBoolean(3)) {
        cell.change(row.getString(2));
      } else {
        cell.read(row.getAs(1), row.getString(2));
      }
    }
    found.addAll(cell.telling());
    return found.iterator();
  }
}
