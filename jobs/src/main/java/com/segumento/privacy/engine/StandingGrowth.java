package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.EVENTS;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.STOOD;
import static com.segumento.privacy.engine.TotalHistories.ID;
import static com.segumento.privacy.engine.TotalHistories.KNOWN;
import static com.segumento.privacy.engine.TotalHistories.NEW;
import static com.segumento.privacy.engine.TotalHistories.NOW;
import static com.segumento.privacy.engine.TotalHistories.PERSONS;
import static com.segumento.privacy.engine.TotalHistories.SHAPE;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.KeptRows;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds new sets of cells that tell of few persons by the <em>growth</em> of a total and of its
 * parts: who subtracts the parts of another shape from the total, tonight and as they stood with a
 * release that is remembered, learns who came to what is left, and who left it.
 *
 * <p>Parts of a cell are those of {@link TotalParts}. Persons the total less its parts counts
 * otherwise now than then must be none, or at least k. Of persons who were erased nobody knows
 * which ones of another cell they are: as many as the total has gained and its parts have are taken
 * for the same.
 *
 * <p>A total that is new waits; of new parts the one that the fewest came to or left, ties by the
 * cell's text, as those k or more are then in the difference too. Where the total is all cells of a
 * shape, one of these waits, chosen alike.
 *
 * @param oldest a set that was replaced before this business date is not remembered any more
 */
record StandingGrowth(int k, LocalDate oldest) {
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;
  private static final Field EVENT = Field.required("event", DataTypes.NullType);
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);

  /** 1 for the total, -1 for a part of it. */
  private static final Field WEIGHT = Field.required("weight", DataTypes.IntegerType);

  /** How often a history counts in the total less its parts, with a release and tonight. */
  private static final Field THEN = Field.required("then", DataTypes.LongType);

  private static final Field TONIGHT = Field.required("tonight", DataTypes.LongType);

  /** Persons who are counted otherwise tonight; of erased ones by how many more. */
  private static final Field OTHERWISE = Field.required("otherwise", DataTypes.LongType);

  private static final Field LIVING = Field.required("living", DataTypes.LongType);
  private static final Field ERASED = Field.required("erased", DataTypes.LongType);

  /** How many are in the total. */
  private static final Field SIZE = Field.required("size", DataTypes.LongType);

  private static final Field FIRST = Field.optional("first", DataTypes.NullType);

  /** The cell of those that are a total together. */
  private static final Field FIRST_OF_ALL = Field.optional("first of all", DataTypes.NullType);

  /**
   * Segment, cell and figure of new sets that have to wait.
   *
   * @param histories of {@link TotalHistories#of}, kept
   * @param decisions of {@link StandingDecisions}
   */
  List<Row> conflicting(Dataset<Row> histories, Dataset<Row> decisions) {
    try (KeptRows decided = KeptRows.of(TotalHistories.decided(histories, decisions));
        KeptRows parts = KeptRows.of(new TotalParts(k).of(decided.rows()))) {
      return parts.rows().isEmpty()
          ? List.of()
          : waiting(decided.rows(), parts.rows()).collectAsList();
    }
  }

  /** The same of histories as they are decided, and parts of which some are new. */
  Dataset<Row> waiting(Dataset<Row> decided, Dataset<Row> parts) {
    Column part =
        when(TotalParts.PART_NEW.col(), struct(TotalParts.MOVED.col(), TotalParts.PART.col()));
    Column first = FIRST.col().getField(TotalParts.PART.name());
    Column total = coalesce(FIRST_OF_ALL.col().getField(CELL.name()), TotalParts.TOTAL.col());
    return parts
        .join(telling(decided, parts), names(), "left_semi") // n:1
        .groupBy(
            SEGMENT.col(), TotalParts.TOTAL.col(), TotalParts.OF.col(), TotalParts.TOTAL_NEW.col())
        .agg(FIRST.as(min(part)))
        .join( // n:1, all of a shape have one first
            firstOfAll(decided), new String[] {SEGMENT.name(), TotalParts.TOTAL.name()}, "left")
        .select(
            SEGMENT.col(),
            CELL.as(when(TotalParts.TOTAL_NEW.col(), total).otherwise(first)),
            FIGURE.as(lit(ReleaseMemory.PERSONS)))
        .distinct();
  }

  /** Of all new cells of a shape the one that the fewest came to or left. */
  private static Dataset<Row> firstOfAll(Dataset<Row> decided) {
    Column moved = abs(NOW.col().minus(STOOD.col())).multiply(PERSONS.col());
    return TotalHistories.entries(decided)
        .filter(NEW.col().and(not(TotalHistories.isAllOf(CELL.col()))))
        .groupBy(SEGMENT.col(), SHAPE.col(), CELL.col())
        .agg(TotalParts.MOVED.as(sum(moved)))
        .groupBy(SEGMENT.col(), TotalParts.TOTAL.as(TotalHistories.allOf(SHAPE.col())))
        .agg(FIRST_OF_ALL.as(min(struct(TotalParts.MOVED.col(), CELL.col()))));
  }

  /** Totals and the shape of their parts, where these tell of few. */
  private Dataset<Row> telling(Dataset<Row> decided, Dataset<Row> parts) {
    WindowSpec ofTotal = Window.partitionBy(total()).orderBy(RELEASE.col());
    Column few = LIVING.col().plus(abs(ERASED.col())).between(1, k - 1);
    return changes(steps(weighed(TotalHistories.entries(decided), parts)))
        .groupBy(with(total(), RELEASE.col()))
        .agg(
            DATE.as(max(DATE.col())),
            LIVING.as(sum(when(KNOWN.col(), OTHERWISE.col()).otherwise(0L))),
            ERASED.as(sum(when(KNOWN.col(), 0L).otherwise(OTHERWISE.col()))),
            SIZE.as(sum(SIZE.col().multiply(PERSONS.col()))))
        .withColumn(LIVING.name(), sum(LIVING.col()).over(upTo(ofTotal)))
        .withColumn(ERASED.name(), sum(ERASED.col()).over(upTo(ofTotal)))
        .withColumn(SIZE.name(), sum(SIZE.col()).over(upTo(ofTotal)))
        // A backfill replaces on the newest date there was, not on its own.
        .withColumn(DATE.name(), max(DATE.col()).over(upTo(ofTotal)))
        .withColumn(UNTIL.name(), lead(DATE.col(), 1).over(ofTotal))
        .filter(SIZE.col().gt(0).and(few).and(coalesce(UNTIL.col().geq(lit(oldest)), lit(true))))
        .select(total());
  }

  /** What histories have to do with each total, once for it and once for each part. */
  private static Dataset<Row> weighed(Dataset<Row> entries, Dataset<Row> parts) {
    Dataset<Row> cells =
        parts
            .select(with(total(), CELL.as(TotalParts.TOTAL.col()), WEIGHT.as(lit(1))))
            .distinct()
            .unionByName(
                parts.select(with(total(), CELL.as(TotalParts.PART.col()), WEIGHT.as(lit(-1)))));
    // n:m, a cell is a part of few
    return entries.join(cells, new String[] {SEGMENT.name(), CELL.name()});
  }

  /** Once before there was anything, and once for each release they did something with. */
  private static Dataset<Row> steps(Dataset<Row> weighed) {
    Column never =
        struct(RELEASE.as(lit(0L)), DATE.as(lit(null).cast(DATE.type())), CHANGE.as(lit(0)));
    Column release = RELEASE.in(EVENT);
    Column change = CHANGE.in(EVENT);
    Column counted = WEIGHT.col().multiply(change);
    return weighed
        .withColumn(EVENT.name(), explode(concat(array(never), EVENTS.col())))
        .groupBy(with(total(), ID.col(), KNOWN.col(), PERSONS.col(), release.as(RELEASE.name())))
        .agg(
            DATE.as(max(DATE.in(EVENT))),
            THEN.as(sum(counted)),
            TONIGHT.as(
                sum(when(release.equalTo(0), WEIGHT.col().multiply(NOW.col())).otherwise(0))),
            SIZE.as(sum(when(WEIGHT.col().equalTo(1), change).otherwise(0))));
  }

  /** By how many more, or fewer, are counted otherwise tonight with each of these releases. */
  private static Dataset<Row> changes(Dataset<Row> steps) {
    WindowSpec all = Window.partitionBy(with(total(), ID.col()));
    WindowSpec order = all.orderBy(RELEASE.col());
    Column then = sum(THEN.col()).over(upTo(order));
    Column tonight = sum(TONIGHT.col()).over(all);
    Column otherwise =
        when(KNOWN.col(), THEN.col().notEqual(TONIGHT.col()).cast(DataTypes.LongType))
            .otherwise(TONIGHT.col().minus(THEN.col()))
            .multiply(PERSONS.col());
    Column before = coalesce(lag(OTHERWISE.col(), 1).over(order), lit(0L));
    return steps
        .withColumn(THEN.name(), then)
        .withColumn(TONIGHT.name(), tonight)
        .withColumn(OTHERWISE.name(), otherwise)
        .withColumn(OTHERWISE.name(), OTHERWISE.col().minus(before));
  }

  private static Column[] total() {
    return new Column[] {SEGMENT.col(), TotalParts.TOTAL.col(), TotalParts.OF.col()};
  }

  private static String[] names() {
    return new String[] {SEGMENT.name(), TotalParts.TOTAL.name(), TotalParts.OF.name()};
  }

  private static Column[] with(Column[] some, Column... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(Column[]::new);
  }

  private static WindowSpec upTo(WindowSpec window) {
    return window.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  }
}
