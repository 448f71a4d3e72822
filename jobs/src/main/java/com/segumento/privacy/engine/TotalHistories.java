package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.EVENTS;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.STOOD;
import static com.segumento.privacy.engine.StandingElements.TRUE_NOW;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What persons did at the numbers of persons of cells of all shapes of a segment, those of the same
 * history counted together: what is compared grows with the histories there are, not with persons.
 *
 * <p>Who was erased has another name in each cell, and so a history at one cell only.
 */
final class TotalHistories {
  static final Field SHAPE = ReleaseMemory.SHAPE;
  static final Field ID = Field.required("id", DataTypes.LongType);

  /** How many have a history. */
  static final Field PERSONS = Field.required("persons", DataTypes.LongType);

  /** Whether it is known who they are. */
  static final Field KNOWN = Field.required("known", DataTypes.BooleanType);

  /** What they did at each cell. */
  static final Field ENTRIES = Field.required("entries", DataTypes.NullType);

  /** Whether they stand there tonight, as it is decided, and whether the cell has a new set. */
  static final Field NOW = Field.required("now", DataTypes.IntegerType);

  static final Field NEW = Field.required("new", DataTypes.BooleanType);

  /** Cells are JSON objects, and so no name of one begins like this. */
  private static final String ALL_OF = "all of ";

  private static final Field ENTRY = Field.required("entry", DataTypes.NullType);

  private TotalHistories() {}

  /** The name of all cells of a shape together, as of one that is the total of what they hold. */
  static Column allOf(Column shape) {
    return concat(lit(ALL_OF), shape);
  }

  /** Whether it is such a name. */
  static Column isAllOf(Column cell) {
    return cell.startsWith(ALL_OF);
  }

  /**
   * Histories of segments that have a new set, and sets of other shapes; to be kept for {@link
   * #decided}.
   *
   * @param elements of {@link StandingElements}, of cells of {@code shape}
   * @param decisions of {@link StandingDecisions}
   * @param others the memory of cells of other shapes of the export's segments
   */
  static Dataset<Row> of(
      Dataset<Row> elements, Dataset<Row> decisions, String shape, Dataset<Row> others) {
    Column persons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    String[] segment = {SEGMENT.name()};
    Dataset<Row> several =
        decisions
            .filter(persons.and(CHANGED.col()))
            .select(SEGMENT.col())
            .distinct()
            .join(others.select(SEGMENT.col()).distinct(), segment, "left_semi"); // 1:1
    Column events = EVENTS.as(array_sort(EVENTS.col()));
    return elements
        .filter(persons)
        .select(
            SEGMENT.col(),
            SHAPE.as(lit(shape)),
            CELL.col(),
            PERSON.col(),
            TRUE_NOW.col(),
            STOOD.col(),
            EVENTS.col())
        .unionByName(theirs(others.filter(persons)))
        .join(broadcast(several), segment, "left_semi") // n:1
        .withColumn(KNOWN.name(), octet_length(PERSON.col()).equalTo(Cells.KEY_BYTES))
        .withColumn(
            ENTRY.name(), struct(SHAPE.col(), CELL.col(), TRUE_NOW.col(), STOOD.col(), events))
        .groupBy(PERSON.col(), KNOWN.col(), SEGMENT.col())
        .agg(ENTRIES.as(array_sort(collect_list(ENTRY.col()))))
        .groupBy(SEGMENT.col(), KNOWN.col(), ENTRIES.col())
        .agg(PERSONS.as(count(lit(1))))
        .withColumn(ID.name(), monotonically_increasing_id());
  }

  private static Dataset<Row> theirs(Dataset<Row> others) {
    Column event =
        struct(
            ReleaseMemory.RELEASE.col(),
            ReleaseMemory.BUSINESS_DATE.col(),
            ReleaseMemory.CHANGE.col());
    return others
        .groupBy(PERSON.col(), SEGMENT.col(), SHAPE.col(), CELL.col())
        .agg(
            TRUE_NOW.as(lit(0)),
            STOOD.as(sum(ReleaseMemory.CHANGE.col()).cast(STOOD.type())),
            EVENTS.as(collect_list(event)));
  }

  /**
   * The same histories as it is decided: one row each, in whose entries there is who stands there
   * tonight; and after the cells of each shape, what is done at {@link #allOf} of it.
   *
   * @param decisions of {@link StandingDecisions}
   */
  static Dataset<Row> decided(Dataset<Row> histories, Dataset<Row> decisions) {
    Dataset<Row> choices =
        decisions
            .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS))
            .select(SEGMENT.col(), CELL.col(), CHOICE.col(), CHANGED.col());
    Column changed = coalesce(CHANGED.col(), lit(false));
    Column now = when(changed, StandingCells.in()).otherwise(STOOD.col());
    Column entry =
        struct(SHAPE.col(), CELL.col(), NOW.as(now), STOOD.col(), NEW.as(changed), EVENTS.col());
    return entries(histories)
        .join(choices, new String[] {SEGMENT.name(), CELL.name()}, "left") // n:1, others stand
        .groupBy(ID.col(), SEGMENT.col(), KNOWN.col(), PERSONS.col(), SHAPE.col())
        .agg(
            ENTRIES.as(collect_list(entry)),
            NOW.as(sum(now).cast(NOW.type())),
            STOOD.as(sum(STOOD.col()).cast(STOOD.type())),
            NEW.as(max(changed)),
            EVENTS.as(flatten(collect_list(EVENTS.col()))))
        .groupBy(ID.col(), SEGMENT.col(), KNOWN.col(), PERSONS.col())
        .agg(ENTRIES.as(flatten(collect_list(concat(ENTRIES.col(), array(together()))))));
  }

  private static Column together() {
    return struct(
        SHAPE.col(), CELL.as(allOf(SHAPE.col())), NOW.col(), STOOD.col(), NEW.col(), EVENTS.col());
  }

  /** One row for each entry of a history. */
  static Dataset<Row> entries(Dataset<Row> histories) {
    return histories
        .select(
            ID.col(),
            SEGMENT.col(),
            KNOWN.col(),
            PERSONS.col(),
            explode(ENTRIES.col()).as(ENTRY.name()))
        .select(
            ID.col(), SEGMENT.col(), KNOWN.col(), PERSONS.col(), col("`" + ENTRY.name() + "`.*"));
  }
}
