package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.Remainders.CHANGE;
import static com.segumento.privacy.engine.Remainders.ERASED;
import static com.segumento.privacy.engine.Remainders.LIVING;
import static com.segumento.privacy.engine.Remainders.NEW;
import static com.segumento.privacy.engine.Remainders.OTHER;
import static com.segumento.privacy.engine.Remainders.OTHER_LIVING;
import static com.segumento.privacy.engine.Remainders.OTHER_SEGMENT;
import static com.segumento.privacy.engine.Remainders.RELEASE;
import static com.segumento.privacy.engine.Remainders.SHAPE;
import static com.segumento.privacy.engine.Remainders.isKnown;
import static com.segumento.privacy.engine.Remainders.names;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import com.segumento.lake.KeptRows;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds new sets of cells that tell of few persons with totals, or parts, of <em>other
 * segments</em>, now or at a release that is remembered: a segment that is renamed and published by
 * state is a total of the districts it had, and one that is a dimension's value of another is a
 * total of this one's cells. So no two shapes are sure to be no total and parts of each other.
 *
 * <p>A total that is new waits. Of new parts of one that stood before, the one of the fewest
 * persons waits, for these hide who is left.
 *
 * <p>Persons are in many segments. So all that they did is compared only where {@link #probes}, a
 * few persons of each cell of tonight, say that something may be told: of 2k-1 persons of a part k
 * are in its total, and of a total, of which parts leave few, k are in these.
 */
record SegmentRemainders(Remainders remainders) {
  private static final Field PLACE = Field.required("place", DataTypes.IntegerType);
  private static final Field FOUND = Field.required("found", DataTypes.LongType);
  private static final Field FOUND_IN_ALL = Field.required("found in all", DataTypes.LongType);
  private static final Field REACH = Field.required("reach", DataTypes.LongType);
  private static final Field LEAST = Field.required("least", DataTypes.LongType);
  private static final Field FIRST = Field.required("first", DataTypes.NullType);

  /**
   * Segment, cell and figure of new sets that have to wait.
   *
   * @param now of {@link StandingRemainders#now}
   * @param others the memory of cells of other shapes, of all segments
   */
  List<Row> conflicting(Dataset<Row> now, Dataset<Row> others) {
    Dataset<Row> events = Remainders.events(others);
    try (KeptRows tonight = KeptRows.of(now);
        KeptRows met = KeptRows.of(met(tonight.rows(), events))) {
      return met.rows().isEmpty()
          ? List.of()
          : waiting(tonight.rows(), events, met.rows()).collectAsList();
    }
  }

  /** The same of what {@link #met} gave. */
  Dataset<Row> waiting(Dataset<Row> now, Dataset<Row> events, Dataset<Row> met) {
    Dataset<Row> sets = Remainders.sets(events);
    Dataset<Row> sizes = Remainders.sizes(now);
    Dataset<Row> persons = now.select(SEGMENT.col(), CELL.col(), PERSON.col());
    Dataset<Row> ofTotals =
        persons
            .join(totals(met), names(SEGMENT, CELL)) // n:m, few are nearly within another segment
            .join(events, names(PERSON, OTHER_SEGMENT, SHAPE)); // 1:n, all a person did there
    Dataset<Row> ofParts =
        persons
            .join(reaching(parts(met), sets), names(SEGMENT, CELL)) // n:m, as above
            .join(events, names(PERSON, OTHER_SEGMENT, SHAPE, OTHER)); // 1:n
    return remainders
        .newTotals(Remainders.together(ofTotals, sets, sizes))
        .unionByName(smallestParts(Remainders.together(ofParts, sets, sizes)))
        .distinct()
        .select(SEGMENT.col(), CELL.col(), FIGURE.as(lit(ReleaseMemory.PERSONS)));
  }

  /**
   * How often probes of a cell of tonight came to one of another shape and segment, where one may
   * be a part of the other, or together with others of this shape and segment.
   */
  Dataset<Row> met(Dataset<Row> now, Dataset<Row> events) {
    Dataset<Row> came =
        events
            .filter(isKnown().and(CHANGE.col().gt(0)))
            .select(PERSON.col(), OTHER_SEGMENT.col(), SHAPE.col(), OTHER.col());
    WindowSpec parts =
        Window.partitionBy(SEGMENT.col(), CELL.col(), OTHER_SEGMENT.col(), SHAPE.col());
    return probes(now)
        .join(came, PERSON.name()) // n:m, a few of each cell, with all cells each of them was in
        .filter(SEGMENT.col().notEqual(OTHER_SEGMENT.col()))
        .groupBy(
            SEGMENT.col(),
            CELL.col(),
            NEW.col(),
            LIVING.col(),
            OTHER_SEGMENT.col(),
            SHAPE.col(),
            OTHER.col())
        .agg(FOUND.as(count(lit(1))))
        .withColumn(FOUND_IN_ALL.name(), sum(FOUND.col()).over(parts))
        .filter(enough(FOUND).or(NEW.col().and(enough(FOUND_IN_ALL))));
  }

  /**
   * The 2k-1 persons of the first keys in each cell, or all where there are fewer, with how many
   * there are.
   */
  private Dataset<Row> probes(Dataset<Row> now) {
    WindowSpec ofCell = Window.partitionBy(SEGMENT.col(), CELL.col());
    return now.filter(isKnown())
        .withColumn(PLACE.name(), row_number().over(ofCell.orderBy(PERSON.col())))
        .withColumn(LIVING.name(), count(lit(1)).over(ofCell))
        .filter(PLACE.col().leq(2 * remainders.k() - 1))
        .drop(PLACE.name());
  }

  /** Whether no more than k-1 of the probes are missing. */
  private Column enough(Field found) {
    int k = remainders.k();
    return found.col().geq(greatest(lit(1L), least(LIVING.col(), lit(2L * k - 1)).minus(k - 1)));
  }

  /** New cells with the segments and shapes that may have parts of nearly all of them. */
  private Dataset<Row> totals(Dataset<Row> met) {
    return met.filter(NEW.col().and(enough(FOUND_IN_ALL)))
        .select(SEGMENT.col(), CELL.col(), OTHER_SEGMENT.col(), SHAPE.col())
        .distinct();
  }

  /** Cells that may be parts of others, of which one is new. */
  private Dataset<Row> parts(Dataset<Row> met) {
    Column[] total = {SEGMENT.col(), OTHER_SEGMENT.col(), SHAPE.col(), OTHER.col()};
    return met.filter(enough(FOUND))
        .withColumn(NEW.name(), max(NEW.col()).over(Window.partitionBy(total)))
        .withColumn(REACH.name(), sum(LIVING.col()).over(Window.partitionBy(total)))
        .filter(NEW.col())
        .select(
            SEGMENT.col(), CELL.col(), OTHER_SEGMENT.col(), SHAPE.col(), OTHER.col(), REACH.col());
  }

  /** Those that have enough persons together for nearly all of a set of the other cell. */
  private Dataset<Row> reaching(Dataset<Row> parts, Dataset<Row> sets) {
    Dataset<Row> smallest =
        sets.filter(OTHER_LIVING.col().gt(0))
            .groupBy(OTHER_SEGMENT.col(), SHAPE.col(), OTHER.col())
            .agg(LEAST.as(min(OTHER_LIVING.col())));
    return parts
        .join(smallest, names(OTHER_SEGMENT, SHAPE, OTHER)) // n:1
        .filter(REACH.col().gt(LEAST.col().minus(remainders.k())))
        .drop(REACH.name(), LEAST.name());
  }

  /** Of the new parts of each set of which few are left the one of the fewest persons. */
  private Dataset<Row> smallestParts(Dataset<Row> together) {
    Column[] total = {SEGMENT.col(), OTHER_SEGMENT.col(), SHAPE.col(), OTHER.col(), RELEASE.col()};
    return together
        .filter(NEW.col().and(remainders.isPart(LIVING, ERASED)))
        .join(
            remainders.earlierTotals(together),
            names(SEGMENT, OTHER_SEGMENT, SHAPE, OTHER, RELEASE),
            "left_semi")
        .groupBy(total)
        .agg(FIRST.as(min(struct(LIVING.col().plus(ERASED.col()).as(LIVING.name()), CELL.col()))))
        .select(SEGMENT.col(), FIRST.col().getField(CELL.name()).as(CELL.name()));
  }
}
