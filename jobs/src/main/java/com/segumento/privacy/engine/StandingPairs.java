package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.SHARE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.encode;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds figures that may not be published beside those of another segment that were, or are about
 * to be: two sets of persons that differ by 1 to k-1 persons, one within the other or nearly so,
 * see {@link NearSets}, or that changed so, see {@link NearChanges}. Whoever subtracts one from the
 * other would learn of these few. Sums are compared in the same way, by person and share, also
 * those of one segment: of two columns, or of one with other bounds.
 *
 * <p>The persons of a cell are read once, in one task, without a row for each two segments that a
 * person is in; what is counted there grows with the pairs of sets of about as many persons.
 */
final class StandingPairs implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;
  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);
  private static final Field NUMBER = Field.required("number", DataTypes.LongType);
  private static final Field COUNTED = Field.required("counted", DataTypes.StringType);
  private static final Field ELEMENT = Field.required("element", DataTypes.BinaryType);
  private static final Field KNOWN = Field.required("known", DataTypes.BooleanType);
  private static final int SHARE_AT = 8;
  private static final double NONE = 0;

  /** In the place of an element where a row says how many are in a set: before all elements. */
  private static final byte[] NOBODY = {};

  private final int k;
  private final LocalDate oldest;
  private final long release;
  private final double dominance;

  /**
   * A search.
   *
   * @param k that the sets must differ by where they are not the same
   * @param oldest a set that was replaced before this business date is not remembered any more
   * @param release the number of the one that is being made
   * @param dominance p of the p% rule
   */
  StandingPairs(int k, LocalDate oldest, long release, OptionalDouble dominance) {
    this.dominance = dominance.orElse(NONE);
    this.k = k;
    this.oldest = oldest;
    this.release = release;
  }

  /**
   * Segment, cell and figure of new sets that give way, and {@link StandingDecisions#REASON}.
   *
   * @param proposed the changes the new sets make, of the columns of the memory
   * @param memory what is remembered of cells of the same labels, of any segment
   * @param summed segments with sums, beside which their numbers of persons are read once more
   */
  Dataset<Row> of(Dataset<Row> proposed, Dataset<Row> memory, Set<String> summed) {
    Dataset<Row> cells = proposed.select(CELL.col()).distinct();
    Dataset<Row> events =
        memory
            .join(cells, new String[] {CELL.name()}, "left_semi") // n:1
            .unionByName(proposed);
    Column share = encode(SHARE.col().cast(DataTypes.StringType), "UTF-8");
    Column persons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    Column element = when(persons, PERSON.col()).otherwise(concat(PERSON.col(), share));
    Column known = length(PERSON.col()).equalTo(Cells.KEY_BYTES);
    Column counted = array(ReleaseMemory.counted(FIGURE.col()));
    if (!summed.isEmpty()) {
      Column beside = persons.and(SEGMENT.col().isin(summed.toArray()));
      counted =
          when(beside, array(lit(ReleaseMemory.PERSONS), lit(ReleaseMemory.SUMS)))
              .otherwise(counted);
    }
    return rows(remembered(events), counted, lit(NOBODY), lit(true), NUMBER.col(), lit(0))
        .unionByName(rows(events, counted, element, known, CHANGE.col(), SHARE.col()))
        .repartition(CELL.col(), COUNTED.col())
        .sortWithinPartitions(CELL.col(), COUNTED.col(), ELEMENT.col())
        .mapPartitions(
            this, Encoders.row(Field.schema(SEGMENT, CELL, FIGURE, StandingDecisions.REASON)));
  }

  private static Dataset<Row> rows(
      Dataset<Row> rows,
      Column counted,
      Column element,
      Column known,
      Column number,
      Column share) {
    return rows.select(
        CELL.col(),
        COUNTED.as(explode(counted)),
        ELEMENT.as(element),
        KNOWN.as(known),
        SEGMENT.col(),
        FIGURE.col(),
        RELEASE.col(),
        NUMBER.as(number.cast(NUMBER.type())),
        SHARE.as(share.cast(ReleaseMemory.SHARE.type())));
  }

  /** All remembered sets, with how many are in them. */
  private Dataset<Row> remembered(Dataset<Row> events) {
    WindowSpec order =
        Window.partitionBy(SEGMENT.col(), CELL.col(), FIGURE.col()).orderBy(RELEASE.col());
    WindowSpec upTo = order.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    return events
        .groupBy(SEGMENT.col(), CELL.col(), FIGURE.col(), RELEASE.col())
        .agg(NUMBER.as(sum(CHANGE.col())), DATE.as(max(DATE.col())))
        // A backfill replaces on the newest date there was, not on its own.
        .withColumn(DATE.name(), max(DATE.col()).over(upTo))
        .withColumn(UNTIL.name(), lead(DATE.col(), 1).over(order))
        .withColumn(NUMBER.name(), sum(NUMBER.col()).over(upTo))
        .filter(NUMBER.col().gt(0))
        .filter(coalesce(UNTIL.col().geq(lit(oldest)), lit(true)));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> found = new ArrayList<>();
    Set<List<String>> read = new HashSet<>();
    FiguresOfCell cell = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (cell == null || !cell.is(row.getString(0), row.getString(1))) {
        if (!read.add(List.of(row.getString(0), row.getString(1)))) {
          throw new IllegalStateException("The persons of a cell are not read in one go");
        }
        give(cell, found);
        cell = new FiguresOfCell(k, release, row.getString(0), row.getString(1), dominance());
      }
      SetHistory.Of of = new SetHistory.Of(row.getString(4), row.getString(5));
      byte[] element = row.getAs(2);
      if (element.length == 0) {
        cell.addSet(of, row.getLong(6), row.getLong(7));
      } else {
        cell.addChange(of, element(row), row.getLong(6), (int) row.getLong(7));
      }
    }
    give(cell, found);
    return found.iterator();
  }

  private OptionalDouble dominance() {
    return dominance == NONE ? OptionalDouble.empty() : OptionalDouble.of(dominance);
  }

  private static FiguresOfCell.Element element(Row row) {
    return new FiguresOfCell.Element(
        row.getAs(2), row.getBoolean(3), row.getDecimal(SHARE_AT).unscaledValue().longValue());
  }

  private static void give(FiguresOfCell cell, List<Row> found) {
    if (cell != null) {
      cell.givingWay()
          .forEach(
              (of, reason) ->
                  found.add(
                      RowFactory.create(of.segment(), cell.cell(), of.figure(), reason.code())));
    }
  }
}
