package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.EVENTS;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.SHARE;
import static com.segumento.privacy.engine.StandingElements.STOOD;
import static com.segumento.privacy.engine.StandingElements.TRUE_NOW;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
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
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds new sets of cells that tell of few persons when the figures of <em>several</em> cells of
 * one segment and shape are added up, and the sum is subtracted from that of an earlier release:
 * who moved from one of them to another is in both sums, and what is left are the few who did not.
 *
 * <p>Between an earlier release and now, persons who came to the same cells and left the same cells
 * are a <em>class</em>. A class of k persons hides its own, whichever cells are added up: all of it
 * is in the difference, or nobody. Persons of a smaller one need others: each cell they came to or
 * left has at least k persons who came to it or left it and did neither elsewhere. Those are in the
 * difference of every sum that has the cell in it. So <em>no</em> two sums of the same cells, of
 * whatever two releases, differ by 1 to k-1 persons.
 *
 * <p>Persons of the same history are counted together once; what is compared after that grows with
 * the histories there are, not with persons.
 *
 * @param oldest a set that was replaced before this business date is not remembered any more
 */
record StandingMoves(int k, LocalDate oldest) {
  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field RELEASE = ReleaseMemory.RELEASE;

  /** A cell, the place of a person's share among all its shares, and what it did there. */
  private static final Field ENTRY = Field.required("entry", DataTypes.NullType);

  private static final Field HISTORY = Field.required("history", DataTypes.NullType);
  private static final Field RANK = Field.required("rank", DataTypes.LongType);
  private static final Field ID = Field.required("id", DataTypes.LongType);
  private static final Field PERSONS = Field.required("persons", DataTypes.LongType);
  private static final Field NOW = Field.required("now", DataTypes.IntegerType);
  private static final Field SPAN = Field.required("span", DataTypes.NullType);
  private static final Field TIMES = Field.required("times", DataTypes.NullType);

  /** What somebody came to, and left, between an earlier release and now. */
  private static final Field MOVED = Field.required("moved", DataTypes.NullType);

  private static final Field CELLS =
      Field.required("cells", new ArrayType(DataTypes.StringType, false));

  /** Releases from and before which sets stood. */
  private static final Field FROM = Field.required("from", DataTypes.LongType);

  private static final Field FROM_DATE = Field.optional("from date", DataTypes.DateType);
  private static final Field UNTIL = Field.optional("until", DataTypes.LongType);
  private static final Field UNTIL_DATE = Field.optional("until date", DataTypes.DateType);
  private static final Field FIRST = Field.required("first", DataTypes.LongType);
  private static final Field ALONE = Field.required("alone", DataTypes.LongType);
  private static final Field FEW = Field.required("few", DataTypes.LongType);
  private static final Field OTHER_FROM = Field.required("other from", DataTypes.LongType);
  private static final Field OTHER_UNTIL = Field.optional("other until", DataTypes.LongType);

  /**
   * How many persons have each history; to be kept for {@link #conflicting}.
   *
   * @param elements of {@link StandingElements}
   */
  static Dataset<Row> histories(Dataset<Row> elements) {
    Field shares = Field.required("shares", DataTypes.NullType);
    Column history =
        transform(
            HISTORY.col(),
            entry ->
                struct(
                    CELL.as(in(entry, CELL)),
                    RANK.as(array_position(shares.col(), in(entry, SHARE))),
                    TRUE_NOW.as(in(entry, TRUE_NOW)),
                    STOOD.as(in(entry, STOOD)),
                    EVENTS.as(array_sort(in(entry, EVENTS)))));
    return elements
        .groupBy(PERSON.col(), SEGMENT.col(), FIGURE.col())
        .agg(
            HISTORY.as(
                collect_list(
                    struct(CELL.col(), SHARE.col(), TRUE_NOW.col(), STOOD.col(), EVENTS.col()))))
        .withColumn(
            shares.name(),
            array_sort(array_distinct(transform(HISTORY.col(), entry -> in(entry, SHARE)))))
        .withColumn(HISTORY.name(), array_sort(history))
        .groupBy(SEGMENT.col(), FIGURE.col(), HISTORY.col())
        .agg(PERSONS.as(count(lit(1))))
        .withColumn(ID.name(), monotonically_increasing_id());
  }

  private static Column in(Column struct, Field field) {
    return struct.getField(field.name());
  }

  /**
   * Segment, cell and figure of new sets that have to wait.
   *
   * @param histories of {@link #histories}, kept
   * @param decisions of {@link StandingDecisions}
   */
  List<Row> conflicting(Dataset<Row> histories, Dataset<Row> decisions) {
    try (KeptRows spans = KeptRows.of(spans(histories, decisions))) {
      Dataset<Row> telling = telling(spans.rows());
      // Mostly there are none, and then there is nothing to plan a join for.
      return telling.isEmpty()
          ? List.of()
          : conflicts(spans.rows(), telling, decisions).collectAsList();
    }
  }

  /**
   * New sets in which somebody is who makes a cell tell of few.
   *
   * @param found of {@link #telling}
   */
  Dataset<Row> conflicts(Dataset<Row> spans, Dataset<Row> found, Dataset<Row> decisions) {
    Dataset<Row> telling =
        found.select(
            SEGMENT.col(),
            FIGURE.col(),
            CELL.col(),
            OTHER_FROM.as(FROM.col()),
            OTHER_UNTIL.as(UNTIL.col()));
    Column together =
        coalesce(OTHER_FROM.col().lt(UNTIL.col()), lit(true))
            .and(coalesce(FROM.col().lt(OTHER_UNTIL.col()), lit(true)));
    return spans
        .withColumn(CELL.name(), explode(CELLS.col()))
        .join(telling, figure()) // n:m, of one cell: the spans of both are few
        .filter(together)
        .select(SEGMENT.col(), FIGURE.col(), explode(CELLS.col()).as(CELL.name()))
        .distinct()
        .join(decisions.filter(CHANGED.col()), figure(), "left_semi")
        .select(SEGMENT.col(), CELL.col(), FIGURE.col());
  }

  private static String[] figure() {
    return Stream.of(SEGMENT, CELL, FIGURE).map(Field::name).toArray(String[]::new);
  }

  /**
   * What persons of each history came to and left until now, since each release of their own; the
   * releases from which and before which that is so.
   */
  Dataset<Row> spans(Dataset<Row> histories, Dataset<Row> decisions) {
    Column now =
        when(coalesce(CHANGED.col(), lit(false)), StandingCells.in()).otherwise(STOOD.col());
    Dataset<Row> entries =
        histories
            .select(
                ID.col(),
                SEGMENT.col(),
                FIGURE.col(),
                PERSONS.col(),
                explode(HISTORY.col()).as(ENTRY.name()))
            .select(
                ID.col(),
                SEGMENT.col(),
                FIGURE.col(),
                PERSONS.col(),
                col("`" + ENTRY.name() + "`.*"));
    Dataset<Row> persons =
        entries
            .join( // n:1; figures of other exports are not decided on, and stand
                decisions.select(
                    SEGMENT.col(), CELL.col(), FIGURE.col(), CHOICE.col(), CHANGED.col()),
                figure(),
                "left")
            .withColumn(NOW.name(), now)
            .groupBy(ID.col(), SEGMENT.col(), FIGURE.col(), PERSONS.col())
            .agg(HISTORY.as(collect_list(struct(CELL.col(), RANK.col(), NOW.col(), EVENTS.col()))));
    return moved(since(persons));
  }

  /** Once from before there was anything, and once from each release they did something with. */
  private static Dataset<Row> since(Dataset<Row> persons) {
    Column never = struct(RELEASE.as(lit(0L)), DATE.as(lit(null).cast(DataTypes.DateType)));
    Column releases =
        flatten(
            transform(
                HISTORY.col(),
                entry ->
                    transform(
                        in(entry, EVENTS),
                        event ->
                            struct(RELEASE.as(in(event, RELEASE)), DATE.as(in(event, DATE))))));
    Column spans =
        transform(
            TIMES.col(),
            (time, i) ->
                struct(time.as(FROM.name()), get(TIMES.col(), i.plus(1)).as(UNTIL.name())));
    return persons
        .withColumn(TIMES.name(), concat(array(never), array_sort(array_distinct(releases))))
        .withColumn(SPAN.name(), explode(spans))
        .withColumn(FROM.name(), FROM.in(SPAN).getField(RELEASE.name()))
        .withColumn(FROM_DATE.name(), FROM.in(SPAN).getField(DATE.name()))
        .withColumn(UNTIL.name(), UNTIL.in(SPAN).getField(RELEASE.name()))
        .withColumn(UNTIL_DATE.name(), UNTIL.in(SPAN).getField(DATE.name()));
  }

  private static Dataset<Row> moved(Dataset<Row> persons) {
    Column other =
        filter(HISTORY.col(), entry -> in(entry, NOW).notEqual(there(in(entry, EVENTS))));
    Column moved =
        transform(
            MOVED.col(),
            entry ->
                concat(
                    when(in(entry, NOW).equalTo(1), "+").otherwise("-"),
                    in(entry, RANK).cast(DataTypes.StringType),
                    lit(" "),
                    in(entry, CELL)));
    return persons
        .withColumn(MOVED.name(), other)
        .filter(size(MOVED.col()).gt(0))
        .select(
            SEGMENT.col(),
            FIGURE.col(),
            array_sort(moved).as(MOVED.name()),
            array_sort(array_distinct(transform(MOVED.col(), entry -> in(entry, CELL))))
                .as(CELLS.name()),
            FROM.col(),
            FROM_DATE.col(),
            UNTIL.col(),
            UNTIL_DATE.col(),
            PERSONS.col());
  }

  /** Whether somebody who did this stood there from a release on: 0 or 1. */
  private static Column there(Column events) {
    return aggregate(
        filter(events, event -> in(event, RELEASE).leq(FROM.col())),
        lit(0),
        (sum, event) -> sum.plus(in(event, ReleaseMemory.CHANGE)));
  }

  /** Cells of which few came or left, between a release that is remembered and now. */
  Dataset<Row> telling(Dataset<Row> spans) {
    Column remembered =
        UNTIL.col().isNull().or(UNTIL.col().gt(FIRST.col()).and(UNTIL_DATE.col().geq(lit(oldest))));
    return byCell(byClass(spans))
        .filter(FEW.col().gt(0).and(ALONE.col().lt(k)).and(remembered))
        .withColumnRenamed(RELEASE.name(), FROM.name());
  }

  /**
   * Of each release that begins or ends a span, how many persons more have moved alike, and few.
   */
  private Dataset<Row> byClass(Dataset<Row> spans) {
    Column from = struct(RELEASE.as(FROM.col()), DATE.as(FROM_DATE.col()), PERSONS.col());
    Column until =
        struct(
            RELEASE.as(UNTIL.col()),
            DATE.as(UNTIL_DATE.col()),
            PERSONS.as(PERSONS.col().multiply(-1)));
    WindowSpec ofClass =
        Window.partitionBy(SEGMENT.col(), FIGURE.col(), MOVED.col()).orderBy(RELEASE.col());
    Column all = sum(PERSONS.col()).over(upTo(ofClass));
    Column few = when(all.between(1, k - 1), all).otherwise(0L);
    return spans
        .select(
            SEGMENT.col(),
            FIGURE.col(),
            MOVED.col(),
            CELLS.col(),
            explode(array(from, until)).as(SPAN.name()))
        .select(
            SEGMENT.col(), FIGURE.col(), MOVED.col(), CELLS.col(), col("`" + SPAN.name() + "`.*"))
        .filter(RELEASE.col().isNotNull())
        .groupBy(SEGMENT.col(), FIGURE.col(), MOVED.col(), CELLS.col(), RELEASE.col())
        .agg(PERSONS.as(sum(PERSONS.col())), DATE.as(max(DATE.col())))
        .filter(PERSONS.col().notEqual(0))
        .withColumn(FEW.name(), few)
        .withColumn(
            FEW.name(), FEW.col().minus(coalesce(lag(FEW.col(), 1).over(ofClass), lit(0L))));
  }

  /** The same by cell, added up to each release, with those who moved in no other cell. */
  private static Dataset<Row> byCell(Dataset<Row> classes) {
    WindowSpec ofCell =
        Window.partitionBy(SEGMENT.col(), FIGURE.col(), CELL.col()).orderBy(RELEASE.col());
    WindowSpec ofFigure =
        Window.partitionBy(SEGMENT.col(), FIGURE.col())
            .orderBy(RELEASE.col())
            .rangeBetween(Window.unboundedPreceding(), Window.currentRow());
    return classes
        .withColumn(ALONE.name(), when(size(CELLS.col()).equalTo(1), PERSONS.col()).otherwise(0L))
        .withColumn(CELL.name(), explode(CELLS.col()))
        .groupBy(SEGMENT.col(), FIGURE.col(), CELL.col(), RELEASE.col())
        .agg(ALONE.as(sum(ALONE.col())), FEW.as(sum(FEW.col())), DATE.as(max(DATE.col())))
        .withColumn(ALONE.name(), sum(ALONE.col()).over(upTo(ofCell)))
        .withColumn(FEW.name(), sum(FEW.col()).over(upTo(ofCell)))
        // A backfill replaces on the newest date there was, not on its own.
        .withColumn(DATE.name(), max(DATE.col()).over(ofFigure))
        .withColumn(UNTIL.name(), lead(RELEASE.col(), 1).over(ofCell))
        .withColumn(UNTIL_DATE.name(), lead(DATE.col(), 1).over(ofCell))
        .withColumn(
            FIRST.name(),
            min(when(RELEASE.col().gt(0), RELEASE.col()))
                .over(Window.partitionBy(SEGMENT.col(), FIGURE.col())));
  }

  private static WindowSpec upTo(WindowSpec window) {
    return window.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  }
}
