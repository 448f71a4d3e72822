package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.lit;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds new sets that may not be published beside two others in cells of the same labels, see
 * {@link CommonPersons}. Sets of three segments are compared, each of them with the set that is new
 * tonight and with the one that stood there, and at least one is new.
 *
 * <p>The persons of a cell are read once, in one task, in which there are as many numbers as there
 * are pairs of its sets: however many persons there are, and without a row for each pair of sets
 * that a person is in.
 */
final class StandingUnions implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final Field NEW = Field.required("new", DataTypes.BooleanType);

  private final int k;

  /**
   * A search.
   *
   * @param k that three sets must tell of where they tell of anybody
   */
  StandingUnions(int k) {
    this.k = k;
  }

  /**
   * Segments and cells of new sets that give way: of each three the new one of the last segment,
   * every night.
   *
   * @param changed segment, cell and person of the sets that are new tonight
   * @param memory what is remembered of cells of the same labels, of any segment
   */
  Dataset<Row> of(Dataset<Row> changed, Dataset<Row> memory) {
    Dataset<Row> cells = changed.select(CELL.col()).distinct();
    Dataset<Row> standing =
        RememberedCells.standing(
            memory.join(cells, new String[] {CELL.name()}, "left_semi")); // n:1
    return sets(changed, true)
        .unionByName(sets(standing, false))
        .repartition(CELL.col())
        .sortWithinPartitions(CELL.col(), PERSON.col())
        .mapPartitions(this, Encoders.row(Field.schema(SEGMENT, CELL)));
  }

  private static Dataset<Row> sets(Dataset<Row> persons, boolean isNew) {
    return persons.select(CELL.col(), PERSON.col(), SEGMENT.col(), NEW.as(lit(isNew)));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> found = new ArrayList<>();
    Set<String> read = new HashSet<>();
    String cell = null;
    byte[] person = null;
    CommonPersons sets = new CommonPersons(k);
    List<CommonPersons.CellSet> in = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      boolean sameCell = row.getString(0).equals(cell);
      if (!sameCell || !Arrays.equals(row.getAs(1), person)) {
        sets.add(in, known(person));
        in.clear();
        person = row.getAs(1);
      }
      if (!sameCell) {
        if (!read.add(row.getString(0))) {
          throw new IllegalStateException("The persons of a cell are not read in one go");
        }
        give(sets, cell, found);
        sets = new CommonPersons(k);
        cell = row.getString(0);
      }
      in.add(new CommonPersons.CellSet(row.getString(2), row.getBoolean(3)));
    }
    sets.add(in, known(person));
    give(sets, cell, found);
    return found.iterator();
  }

  private static boolean known(byte[] person) {
    return person != null && person.length == Cells.KEY_BYTES;
  }

  private static void give(CommonPersons sets, String cell, List<Row> found) {
    sets.givingWay().forEach(segment -> found.add(RowFactory.create(segment, cell)));
  }
}
