package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static com.segumento.privacy.gate.Standing.SHARE;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Looks for what sums of several cells of a segment tell when they are subtracted from those of an
 * earlier release: the few who did not just move from one of the cells to another.
 *
 * <p>What each person did at the cells since a release adds up to where it came and what it left.
 * Persons of whom that is the same are in the differences of the same sums; k of them hide each
 * other. Where there are fewer, a cell of theirs must have k persons, at least, who came to it or
 * left it and did neither at any other: these are in the difference of every sum of that cell.
 *
 * @param release that is judged
 * @param oldest a set that was replaced before this business date is not remembered any more
 */
record PublishedMoves(int k, long release, LocalDate oldest) {
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;
  private static final Field PLACE = Field.required("place", DataTypes.IntegerType);
  private static final Field LATELY = Field.required("lately", DataTypes.IntegerType);
  private static final Field DEEDS = Field.required("deeds", DataTypes.NullType);
  private static final Field PERSONS = Field.required("persons", DataTypes.LongType);
  private static final Field CUT = Field.required("cut", DataTypes.NullType);
  private static final Field SINCE = Field.required("since", DataTypes.NullType);
  private static final Field NET = Field.required("net", DataTypes.NullType);
  private static final Field CELLS =
      Field.required("cells", new ArrayType(DataTypes.StringType, false));
  private static final Field ALONE = Field.required("alone", DataTypes.LongType);
  private static final Field FEW = Field.required("few", DataTypes.LongType);
  private static final Field FRESH = Field.required("fresh", DataTypes.LongType);
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);

  /**
   * Figures of cells by which the release lets sums tell of few.
   *
   * @param memory rows of cells of one shape, with what the release remembers
   */
  Dataset<Row> telling(Dataset<Row> memory) {
    WindowSpec cell =
        Window.partitionBy(SEGMENT.col(), FIGURE.col(), CELL.col()).orderBy(RELEASE.col());
    WindowSpec upTo = cell.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    return classes(memory)
        .withColumn(ALONE.name(), when(size(CELLS.col()).equalTo(1), PERSONS.col()))
        .withColumn(FRESH.name(), when(LATELY.col().equalTo(1), PERSONS.col()))
        .withColumn(CELL.name(), explode(CELLS.col()))
        .groupBy(SEGMENT.col(), FIGURE.col(), CELL.col(), RELEASE.col())
        .agg(
            FEW.as(sum(FEW.col())),
            ALONE.as(coalesce(sum(ALONE.col()), lit(0))),
            FRESH.as(coalesce(sum(FRESH.col()), lit(0))),
            DATE.as(max(DATE.col())))
        // What was released of any cell of the segment by then, whatever its day.
        .withColumn(
            DATE.name(),
            max(DATE.col())
                .over(
                    Window.partitionBy(SEGMENT.col(), FIGURE.col())
                        .orderBy(RELEASE.col())
                        .rangeBetween(Window.unboundedPreceding(), Window.currentRow())))
        .select(
            SEGMENT.col(),
            FIGURE.col(),
            CELL.col(),
            FEW.as(sum(FEW.col()).over(upTo)),
            ALONE.as(sum(ALONE.col()).over(upTo)),
            FRESH.as(sum(FRESH.col()).over(upTo)),
            UNTIL.as(lead(DATE.col(), 1).over(cell)))
        .filter(FEW.col().gt(0).and(FRESH.col().gt(0)))
        .filter(ALONE.col().lt(k).and(UNTIL.col().geq(lit(oldest))));
  }

  /** How many persons more, or fewer, have done the same since a release than before it. */
  private Dataset<Row> classes(Dataset<Row> memory) {
    Column[] same = {SEGMENT.col(), FIGURE.col(), NET.col(), CELLS.col(), LATELY.col()};
    WindowSpec order = Window.partitionBy(same).orderBy(RELEASE.col());
    Column all =
        sum(PERSONS.col())
            .over(order.rowsBetween(Window.unboundedPreceding(), Window.currentRow()));
    Column few = when(all.lt(k), all).otherwise(0);
    return nets(memory)
        .groupBy(SEGMENT.col(), FIGURE.col(), NET.col(), CELLS.col(), LATELY.col(), RELEASE.col())
        .agg(PERSONS.as(sum(PERSONS.col())), DATE.as(max(DATE.col())))
        .filter(PERSONS.col().notEqual(0))
        .withColumn(FEW.name(), few)
        .withColumn(FEW.name(), FEW.col().minus(coalesce(lag(FEW.col(), 1).over(order), lit(0))));
  }

  /**
   * What was done from a release up to now, by how many: a row that adds them where that begins to
   * be so, and one that takes them away where it ends.
   */
  private Dataset<Row> nets(Dataset<Row> memory) {
    Column end = CUT.in(CUT);
    Column since = SINCE.in(CUT);
    WindowSpec figure = Window.partitionBy(SEGMENT.col(), FIGURE.col());
    Column until = in(end, RELEASE);
    Column begin = coalesce(since, SINCE.col());
    return deeds(memory)
        .withColumn(CUT.name(), cuts())
        .withColumn(CUT.name(), explode(ends()))
        .withColumn(NET.name(), array_sort(net(end)))
        .withColumn(SINCE.name(), min(end).over(figure))
        // Before the first release there was nothing to subtract from.
        .filter(until.gt(in(SINCE.col(), RELEASE)).and(size(NET.col()).gt(0)))
        .select(
            SEGMENT.col(),
            FIGURE.col(),
            NET.col(),
            array_sort(array_distinct(transform(NET.col(), each -> in(each, CELL))))
                .as(CELLS.name()),
            when(lately(), 1).otherwise(0).as(LATELY.name()),
            explode(
                    array(
                        at(in(begin, RELEASE), in(begin, DATE), PERSONS.col()),
                        at(until, in(end, DATE), PERSONS.col().multiply(-1))))
                .as(CUT.name()))
        .select(
            SEGMENT.col(),
            FIGURE.col(),
            NET.col(),
            CELLS.col(),
            LATELY.col(),
            col("`" + CUT.name() + "`.*"));
  }

  /** The releases something was done in, in order. */
  private static Column cuts() {
    return array_sort(
        array_distinct(
            transform(
                DEEDS.col(),
                deed -> struct(RELEASE.as(in(deed, RELEASE)), DATE.as(in(deed, DATE))))));
  }

  /** Each of them with the one before it, which the first has none of. */
  private static Column ends() {
    return transform(
        CUT.col(),
        (cut, i) ->
            struct(
                cut.as(CUT.name()),
                when(i.gt(0), org.apache.spark.sql.functions.get(CUT.col(), i.minus(1)))
                    .as(SINCE.name())));
  }

  /** What was done in all up to a release, by cell and place; what cancels out is left out. */
  private Column net(Column end) {
    return filter(
        transform(
            array_distinct(transform(since(end), deed -> key(deed))),
            key ->
                struct(
                    CELL.as(in(key, CELL)),
                    PLACE.as(in(key, PLACE)),
                    CHANGE.as(
                        aggregate(
                            filter(since(end), deed -> key(deed).equalTo(key)),
                            lit(0),
                            (sum, deed) -> sum.plus(in(deed, CHANGE)))))),
        each -> in(each, CHANGE).notEqual(0));
  }

  /** Whether a cell of it was changed by what is judged. */
  private static Column lately() {
    return exists(
        DEEDS.col(),
        deed ->
            in(deed, LATELY)
                .equalTo(1)
                .and(exists(NET.col(), each -> in(each, CELL).equalTo(in(deed, CELL)))));
  }

  private static Column at(Column release, Column date, Column persons) {
    return struct(RELEASE.as(release), DATE.as(date), PERSONS.as(persons));
  }

  private static Column since(Column end) {
    return filter(DEEDS.col(), deed -> in(deed, RELEASE).geq(in(end, RELEASE)));
  }

  private static Column key(Column deed) {
    return struct(CELL.as(in(deed, CELL)), PLACE.as(in(deed, PLACE)));
  }

  private static Column in(Column struct, Field field) {
    return struct.getField(field.name());
  }

  /** How many persons did the same at the figures of all cells; of sums, with as many shares. */
  private Dataset<Row> deeds(Dataset<Row> memory) {
    Dataset<Row> changed =
        memory
            .filter(RELEASE.col().equalTo(release))
            .select(SEGMENT.col(), FIGURE.col(), CELL.col(), LATELY.as(lit(1)))
            .distinct();
    WindowSpec person = Window.partitionBy(PERSON.col(), SEGMENT.col(), FIGURE.col());
    return memory
        .join(broadcast(changed), Standing.names(SEGMENT, FIGURE, CELL), "left") // n:1
        .withColumn(PLACE.name(), dense_rank().over(person.orderBy(SHARE.col())))
        .groupBy(PERSON.col(), SEGMENT.col(), FIGURE.col())
        .agg(
            DEEDS.as(
                array_sort(
                    collect_list(
                        struct(
                            RELEASE.col(),
                            CELL.col(),
                            PLACE.col(),
                            CHANGE.col(),
                            LATELY.as(coalesce(LATELY.col(), lit(0))),
                            DATE.col())))))
        .groupBy(SEGMENT.col(), FIGURE.col(), DEEDS.col())
        .agg(PERSONS.as(count(lit(1))));
  }
}
