package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.lit;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.Reason;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds cells that may not be published beside others that were, or are about to be: of all
 * segments in cells of the same labels ({@link StandingPairs}, {@link StandingUnions}), and of the
 * same segment in cells of other labels ({@link OtherLabels}). Only what there can be something to
 * compare with is looked at.
 *
 * @param k that sets must differ by where they are not the same
 * @param oldest a set that was replaced before this business date is not remembered any more
 * @param release the number of the one that is being made
 * @param dominance p of the p% rule
 */
record StandingConflicts(int k, LocalDate oldest, long release, OptionalDouble dominance) {
  static final Field SIZE = Field.required("size", DataTypes.LongType);

  /**
   * Segment, cell and figure of new sets that may not be, some more than once, and {@link
   * StandingDecisions#REASON}; nothing where none can be. With its number of persons all sums of a
   * cell may not be.
   *
   * @param sizes segment, cell and number of persons of the sets that are new tonight
   * @param changed segment, cell and person of them
   * @param stood the same of what stood there before, of all cells of the shape
   * @param proposed the changes that makes, of the columns of the memory
   */
  List<Dataset<Row>> of(
      Dataset<Row> sizes,
      Dataset<Row> changed,
      Dataset<Row> stood,
      Dataset<Row> proposed,
      RememberedCells memory) {
    List<Dataset<Row>> found = new ArrayList<>();
    if (memory.neighbours()) {
      found.add(
          new StandingPairs(k, oldest, release, dominance)
              .of(proposed, memory.ofShape(), memory.summed()));
    }
    if (memory.segments() > 2) {
      found.add(
          persons(new StandingUnions(k).of(changed, memory.ofShape()), Reason.SEVERAL_SEGMENTS));
    }
    if (memory.severalShapes() || memory.earlier()) {
      Dataset<Row> elsewhere =
          RememberedCells.standing(memory.otherShapes())
              .select(SEGMENT.col(), CELL.col(), PERSON.col());
      found.add(
          persons(
              new OtherLabels(k).telling(changed, stood.unionByName(elsewhere)),
              Reason.OTHER_CELLS));
    }
    return found;
  }

  /** The numbers of persons of these cells, for one reason. */
  static Dataset<Row> persons(Dataset<Row> cells, Reason reason) {
    return cells.select(
        SEGMENT.col(),
        CELL.col(),
        FIGURE.as(lit(ReleaseMemory.PERSONS)),
        StandingDecisions.REASON.as(lit(reason.code())));
  }
}
