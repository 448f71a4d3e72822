package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
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
 * Finds cells that may not be published beside those of another segment that were, or are about to
 * be: two sets of persons that differ by 1 to k-1 persons, one within the other or nearly so, see
 * {@link NearSets}. Whoever subtracts one from the other would learn of these few.
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

  /** In the place of a person where a row says how many are in a set: before all persons. */
  private static final byte[] NOBODY = {};

  /** In the place of a release in rows of sets that are new tonight. */
  private static final long NEW = 0;

  private final int k;
  private final LocalDate oldest;
  private final long release;

  /**
   * A search.
   *
   * @param k that the sets must differ by where they are not the same
   * @param oldest a set that was replaced before this business date is not remembered any more
   * @param release the number of the one that is being made
   */
  StandingPairs(int k, LocalDate oldest, long release) {
    this.k = k;
    this.oldest = oldest;
    this.release = release;
  }

  /**
   * Segments and cells of new sets that give way.
   *
   * @param sizes segment, cell and number of persons of the sets that are new tonight
   * @param changed segment, cell and person of them
   * @param proposed the changes that makes, of the columns of the memory
   * @param memory what is remembered of cells of the same labels, of any segment
   */
  Dataset<Row> of(
      Dataset<Row> sizes, Dataset<Row> changed, Dataset<Row> proposed, Dataset<Row> memory) {
    Dataset<Row> cells = sizes.select(CELL.col()).distinct();
    Dataset<Row> events =
        memory
            .join(cells, new String[] {CELL.name()}, "left_semi") // n:1
            .unionByName(proposed)
            .filter(ReleaseMemory.FIGURE.col().equalTo(ReleaseMemory.PERSONS));
    return rows(sizes, lit(NOBODY), lit(NEW), StandingConflicts.SIZE.col())
        .unionByName(rows(remembered(events), lit(NOBODY), RELEASE.col(), NUMBER.col()))
        .unionByName(rows(changed, PERSON.col(), lit(NEW), lit(1L)))
        .unionByName(rows(events, PERSON.col(), RELEASE.col(), CHANGE.col()))
        .repartition(CELL.col())
        .sortWithinPartitions(CELL.col(), PERSON.col())
        .mapPartitions(this, Encoders.row(Field.schema(SEGMENT, CELL)));
  }

  private static Dataset<Row> rows(
      Dataset<Row> rows, Column person, Column release, Column number) {
    return rows.select(
        CELL.col(),
        PERSON.as(person),
        SEGMENT.col(),
        RELEASE.as(release),
        NUMBER.as(number.cast(NUMBER.type())));
  }

  /** All remembered sets of cells, with how many persons are in them. */
  private Dataset<Row> remembered(Dataset<Row> events) {
    WindowSpec order = Window.partitionBy(SEGMENT.col(), CELL.col()).orderBy(RELEASE.col());
    Column number =
        sum(NUMBER.col()).over(order.rowsBetween(Window.unboundedPreceding(), Window.currentRow()));
    return events
        .groupBy(SEGMENT.col(), CELL.col(), RELEASE.col())
        .agg(NUMBER.as(sum(CHANGE.col())), DATE.as(max(DATE.col())))
        .withColumn(UNTIL.name(), lead(DATE.col(), 1).over(order))
        .withColumn(NUMBER.name(), number)
        .filter(NUMBER.col().gt(0))
        .filter(coalesce(UNTIL.col().geq(lit(oldest)), lit(true)));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> found = new ArrayList<>();
    Set<String> read = new HashSet<>();
    NearSets sets = new NearSets(k, release);
    String cell = null;
    byte[] person = NOBODY;
    while (rows.hasNext()) {
      Row row = rows.next();
      boolean sameCell = row.getString(0).equals(cell);
      if (!sameCell || !Arrays.equals(row.getAs(1), person)) {
        end(sets, person);
        person = row.getAs(1);
      }
      if (!sameCell) {
        if (!read.add(row.getString(0))) {
          throw new IllegalStateException("The persons of a cell are not read in one go");
        }
        give(sets, cell, found);
        sets = new NearSets(k, release);
        cell = row.getString(0);
      }
      add(sets, person.length == 0, row);
    }
    end(sets, person);
    give(sets, cell, found);
    return found.iterator();
  }

  private static void add(NearSets sets, boolean ofSet, Row row) {
    String segment = row.getString(2);
    long release = row.getLong(3);
    if (ofSet && release == NEW) {
      sets.addNew(segment, row.getLong(4));
    } else if (ofSet) {
      sets.addRemembered(segment, release, row.getLong(4));
    } else if (release == NEW) {
      sets.inNew(segment);
    } else {
      sets.changed(segment, release, (int) row.getLong(4));
    }
  }

  private static void end(NearSets sets, byte[] person) {
    if (person.length == 0) {
      sets.compare();
    } else {
      sets.endOfPerson(person.length == Cells.KEY_BYTES);
    }
  }

  private static void give(NearSets sets, String cell, List<Row> found) {
    sets.givingWay().forEach(segment -> found.add(RowFactory.create(segment, cell)));
  }
}
