package com.segumento.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from a client's {@link ReleaseMemory} the sets of persons that no release is compared with
 * any more: those that were replaced before a day, up to the first set of the figure that was not
 * and had anybody in it. All that was done up to that one becomes one row for each person in it,
 * under its release and the newest date there was by then. So every set that is remembered stays
 * what it was, with its release and the day it was replaced; who left before is gone.
 */
public final class MemoryFold {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryFold.class);
  private static final Field SHAPE = ReleaseMemory.SHAPE;
  private static final Field SEGMENT = ReleaseMemory.SEGMENT_ID;
  private static final Field CELL = ReleaseMemory.CELL;
  private static final Field FIGURE = ReleaseMemory.FIGURE;
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);
  private static final Field THERE = Field.required("there", DataTypes.LongType);
  private static final Field LEAST = Field.required("least", DataTypes.LongType);
  private static final Field FIRST = Field.required("first", Field.schema(RELEASE, DATE));

  private final Lake lake;
  private final String path;

  /** Of the memory at {@code path}, if there is one. */
  public MemoryFold(Lake lake, String path) {
    this.lake = lake;
    this.path = path;
  }

  /** Whether it holds a set that {@link #carryOut} would take. */
  public boolean holds(LocalDate oldest) {
    return lake.tables().exists(path)
        && !lake.tables().untouched(path)
        && !firsts(lake.tables().read(path), oldest)
            .filter(LEAST.col().lt(RELEASE.in(FIRST)).or(THERE.col().equalTo(0)))
            .isEmpty();
  }

  /**
   * Takes them, in one commit; older versions of the table still have them.
   *
   * @param oldest a set that was replaced before this day is not remembered any more
   */
  public void carryOut(LocalDate oldest, Map<String, String> note) {
    Dataset<Row> memory = lake.tables().read(path, lake.tables().version(path));
    lake.tables().overwrite(path, folded(memory, oldest).hint("rebalance"), Commit.of(note));
    LOG.info("Folded the release memory: table={} oldest={}", path, oldest);
  }

  /** The rows that are left of {@code memory}, of the same columns. */
  static Dataset<Row> folded(Dataset<Row> memory, LocalDate oldest) {
    String[] figure =
        Stream.of(SHAPE, SEGMENT, CELL, FIGURE).map(Field::name).toArray(String[]::new);
    Column before = RELEASE.col().leq(RELEASE.in(FIRST));
    // n:1, a figure has one first set
    return memory
        .join(firsts(memory, oldest).drop(THERE.name()), figure)
        .withColumn(DATE.name(), when(before, DATE.in(FIRST)).otherwise(DATE.col()))
        .withColumn(RELEASE.name(), greatest(RELEASE.col(), RELEASE.in(FIRST)))
        .groupBy(
            Stream.of(ReleaseMemory.SCHEMA.fieldNames())
                .filter(name -> !name.equals(CHANGE.name()))
                .map(name -> Field.optional(name, DataTypes.NullType).col())
                .toArray(Column[]::new))
        .agg(CHANGE.as(sum(CHANGE.col()).cast(CHANGE.type())))
        .filter(CHANGE.col().notEqual(0))
        .select(
            Stream.of(ReleaseMemory.SCHEMA.fieldNames())
                .map(name -> Field.optional(name, DataTypes.NullType).col())
                .toArray(Column[]::new));
  }

  /**
   * One row per figure: the release of its first set of anybody that is remembered, else its last
   * one, and the first there is a row of.
   */
  private static Dataset<Row> firsts(Dataset<Row> memory, LocalDate oldest) {
    Column[] figure =
        Stream.of(SHAPE, SEGMENT, CELL, FIGURE).map(Field::col).toArray(Column[]::new);
    WindowSpec order = Window.partitionBy(figure).orderBy(RELEASE.col());
    WindowSpec upTo = order.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column remembered =
        THERE.col().gt(0).and(UNTIL.col().isNull().or(UNTIL.col().geq(lit(oldest))));
    Column[] release =
        Stream.concat(Stream.of(figure), Stream.of(RELEASE.col())).toArray(Column[]::new);
    Column dated = struct(RELEASE.col(), DATE.col());
    // What a backfill replaced was seen until the newest date there was before.
    Column newest = max(DATE.col()).over(upTo);
    return memory
        .groupBy(release)
        .agg(DATE.as(max(DATE.col())), THERE.as(sum(CHANGE.col())))
        .withColumn(DATE.name(), newest)
        .withColumn(UNTIL.name(), lead(DATE.col(), 1).over(order))
        .withColumn(THERE.name(), sum(THERE.col()).over(upTo))
        .groupBy(figure)
        .agg(
            LEAST.as(min(RELEASE.col())),
            FIRST.as(coalesce(min(when(remembered, dated)), max(dated))),
            THERE.as(coalesce(max(when(remembered, 1)), lit(0))));
  }
}
