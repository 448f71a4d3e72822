package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Looks for cells that differ by 1 to k-1 persons from one of other labels of the same segment,
 * whether these say it by other dimensions or by other values. It is compared with what stands
 * there, and with what stood there until the release.
 *
 * <p>Sets of about as many persons that have none in common are no less than k apart, unless nearly
 * all of both were erased: then one row in the place of these leads the one to the other. An erased
 * person has other bytes in each cell; as many as there are in both sets are taken to be the same.
 *
 * @param release that is judged
 */
record CellsOfOtherLabels(int k, long release) {
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field FORMER = Field.required("former", DataTypes.BooleanType);
  private static final Field OTHER_CELL = Field.required("other cell", DataTypes.StringType);
  private static final Field GONE = Field.required("gone", DataTypes.LongType);
  private static final Field NOW = Field.required("now", DataTypes.LongType);
  private static final Field NOW_GONE = Field.required("now gone", DataTypes.LongType);
  private static final Field THEN = Field.required("then", DataTypes.LongType);
  private static final Field THEN_GONE = Field.required("then gone", DataTypes.LongType);
  private static final Field BOTH = Field.required("both", DataTypes.LongType);
  private static final Field PLACE = Field.required("place", DataTypes.IntegerType);

  /** Stands for all of a set who were erased. */
  private static final byte[] ALL_GONE = {};

  /**
   * Cells with others they are near to.
   *
   * @param changed segment, cell and person of what the release changed
   * @param memory what may be near to it, with what the release remembers
   */
  Dataset<Row> telling(Dataset<Row> changed, Dataset<Row> memory) {
    Dataset<Row> ours =
        sized(changed, List.of(SEGMENT, CELL))
            .withColumnRenamed(THEN.name(), NOW.name())
            .withColumnRenamed(GONE.name(), NOW_GONE.name());
    Dataset<Row> others =
        sized(sets(memory), List.of(SEGMENT, CELL, FORMER))
            .withColumnRenamed(CELL.name(), OTHER_CELL.name())
            .withColumnRenamed(GONE.name(), THEN_GONE.name());
    Column living = NOW.col().minus(NOW_GONE.col()).plus(THEN.col()).minus(THEN_GONE.col());
    Column apart =
        living.minus(BOTH.col().multiply(2)).plus(abs(NOW_GONE.col().minus(THEN_GONE.col())));
    return ours.join(others, Standing.names(PERSON, SEGMENT)) // n:m, a person is in a cell a shape
        .filter(CELL.col().notEqual(OTHER_CELL.col()))
        .filter(abs(NOW.col().minus(THEN.col())).lt(k))
        .groupBy(SEGMENT.col(), CELL.col(), OTHER_CELL.col(), FORMER.col())
        .agg(
            BOTH.as(sum(when(length(PERSON.col()).gt(0), 1L).otherwise(0L))),
            NOW.as(max(NOW.col())),
            NOW_GONE.as(max(NOW_GONE.col())),
            THEN.as(max(THEN.col())),
            THEN_GONE.as(max(THEN_GONE.col())))
        .filter(apart.gt(0).and(apart.lt(k)));
  }

  /** Segment, cell and person of what stands, and of what did where the release changed it. */
  private Dataset<Row> sets(Dataset<Row> memory) {
    Dataset<Row> persons = memory.filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS));
    Dataset<Row> cells =
        persons.filter(RELEASE.col().equalTo(release)).select(SEGMENT.col(), CELL.col()).distinct();
    Dataset<Row> former =
        persons
            .filter(RELEASE.col().lt(release))
            .join(cells, Standing.names(SEGMENT, CELL), "left_semi"); // n:1
    return standing(persons, false).unionByName(standing(former, true));
  }

  private static Dataset<Row> standing(Dataset<Row> persons, boolean former) {
    return Standing.now(persons)
        .select(SEGMENT.col(), CELL.col(), PERSON.col(), FORMER.as(lit(former)));
  }

  /** Persons with the number of their set, and of its erased ones; these in one row, if any. */
  private Dataset<Row> sized(Dataset<Row> persons, List<Field> set) {
    Column[] of = set.stream().map(Field::col).toArray(Column[]::new);
    Column gone = length(PERSON.col()).notEqual(Cells.KEY_BYTES);
    var all = Window.partitionBy(of);
    Column few = THEN.col().minus(GONE.col()).lt(k);
    return persons
        .withColumn(PERSON.name(), when(gone, lit(ALL_GONE)).otherwise(PERSON.col()))
        .withColumn(THEN.name(), count(lit(1)).over(all))
        .withColumn(PLACE.name(), row_number().over(all.orderBy(PERSON.col())))
        .withColumn(GONE.name(), count(when(length(PERSON.col()).equalTo(0), 1)).over(all))
        // The erased are the first in order.
        .filter(length(PERSON.col()).gt(0).or(PLACE.col().equalTo(1).and(few)))
        .drop(PLACE.name());
  }
}
