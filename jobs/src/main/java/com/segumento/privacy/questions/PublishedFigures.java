package com.segumento.privacy.questions;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.KeptRows;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.ReleaseMemory;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * What exports have published that an answer could be subtracted from: the exact number of persons
 * of each cell, at each release that is remembered, and the sums of any cells of a segment and
 * shape as they stand now. Persons are compared with those who stand behind the figures, whom the
 * release memory knows, and not with tonight's tables.
 *
 * <p>Of all sums of cells the nearest is found without trying them: it has the cells of which the
 * greater part of the persons is in the set. The second nearest has one cell more, or less. Where
 * both are nearer than k, two different figures are, and nothing can be told.
 *
 * @param memory rows of {@link ReleaseMemory#SCHEMA}, of the persons that are looked at
 * @param k figures are told as multiples of it
 */
public record PublishedFigures(Dataset<Row> memory, int k) {
  private static final Field SET = Memberships.SEGMENT_ID;
  private static final Field PERSON = Persons.PERSON_KEY;
  private static final Field SHAPE = ReleaseMemory.SHAPE;
  private static final Field CELL = ReleaseMemory.CELL;
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;
  private static final Field OF = Field.required("of", DataTypes.StringType);
  private static final Field SETS = Field.required("sets", DataTypes.NullType);
  private static final Field SIZE = Field.required("size", DataTypes.LongType);
  private static final Field THERE = Field.required("there", DataTypes.LongType);
  private static final Field COMMON = Field.required("common", DataTypes.LongType);
  private static final Field STANDS = Field.required("stands", DataTypes.BooleanType);
  private static final Field APART = Field.required("apart", DataTypes.LongType);
  private static final Field NEXT = Field.optional("next", DataTypes.NullType);
  private static final Field GAP = Field.required("gap", DataTypes.LongType);
  private static final Field PLUS = Field.required("plus", DataTypes.LongType);

  /**
   * How each published figure not far from a set would be told; sets with none are not in it.
   *
   * @param sets one row per set and member: {@code segment_id}, here the set's name, and the person
   */
  public Map<String, Set<Nearby>> near(Dataset<Row> sets) {
    Map<String, Set<Nearby>> near = new TreeMap<>();
    try (KeptRows states = KeptRows.of(states(sets))) {
      figures(states.rows())
          .collectAsList() // a few a set
          .forEach(
              row ->
                  near.computeIfAbsent(row.getAs(SET.name()), any -> new HashSet<>())
                      .add(nearby(row)));
    }
    return near;
  }

  private Nearby nearby(Row row) {
    long apart = row.getAs(APART.name());
    return new Nearby(Told.of(row.<Long>getAs(THERE.name()), k), apart, true);
  }

  /** One row per set, cell that shares persons with it, and release that changed the cell. */
  Dataset<Row> states(Dataset<Row> sets) {
    Dataset<Row> events = events();
    Dataset<Row> common = common(sets, events);
    WindowSpec pair =
        Window.partitionBy(SET.col(), OF.col(), SHAPE.col(), CELL.col()).orderBy(RELEASE.col());
    Dataset<Row> sizes = sets.groupBy(SET.col()).agg(SIZE.as(count(lit(1))));
    return common
        .select(SET.col(), OF.col(), SHAPE.col(), CELL.col())
        .distinct()
        .join(releases(events), names(OF, SHAPE, CELL)) // 1:n, each release of the cell
        .join(common, names(SET, OF, SHAPE, CELL, RELEASE), "left") // 1:1
        .withColumn(COMMON.name(), upToNow(COMMON, pair))
        .join(sizes, SET.name()) // n:1
        .filter(THERE.col().gt(0));
  }

  /** Who came to stand behind a cell, and who left it. */
  private Dataset<Row> events() {
    return memory
        .filter(ReleaseMemory.FIGURE.col().equalTo(ReleaseMemory.PERSONS))
        .select(
            OF.as(ReleaseMemory.SEGMENT_ID.col()),
            SHAPE.col(),
            CELL.col(),
            RELEASE.col(),
            CHANGE.col(),
            PERSON.col());
  }

  /** How many persons of a set came to a cell at a release, less those who left. */
  private static Dataset<Row> common(Dataset<Row> sets, Dataset<Row> events) {
    // Few combinations of sets, so that a person is joined once and not once a set.
    return sets.groupBy(PERSON.col())
        .agg(SETS.as(sort_array(collect_set(SET.col()))))
        .join(events, PERSON.name()) // 1:n, all a person ever did at cells
        .groupBy(SETS.col(), OF.col(), SHAPE.col(), CELL.col(), RELEASE.col())
        .agg(COMMON.as(sum(CHANGE.col())))
        .withColumn(SET.name(), explode(SETS.col()))
        .groupBy(SET.col(), OF.col(), SHAPE.col(), CELL.col(), RELEASE.col())
        .agg(COMMON.as(sum(COMMON.col())));
  }

  /** How many stood behind each cell after each release, and whether they still do. */
  private static Dataset<Row> releases(Dataset<Row> events) {
    WindowSpec cell = Window.partitionBy(OF.col(), SHAPE.col(), CELL.col()).orderBy(RELEASE.col());
    return events
        .groupBy(OF.col(), SHAPE.col(), CELL.col(), RELEASE.col())
        .agg(THERE.as(sum(CHANGE.col())))
        .withColumn(STANDS.name(), lead(RELEASE.col(), 1).over(cell).isNull())
        .withColumn(THERE.name(), upToNow(THERE, cell));
  }

  private static Column upToNow(Field changes, WindowSpec order) {
    return coalesce(
        sum(changes.col())
            .over(order.rowsBetween(Window.unboundedPreceding(), Window.currentRow())),
        lit(0L));
  }

  private Dataset<Row> figures(Dataset<Row> states) {
    Column apart = SIZE.col().plus(THERE.col()).minus(COMMON.col().multiply(2));
    Column figure = THERE.col().minus(THERE.col().mod(lit(k)));
    return states
        .filter(apart.lt(reach()))
        .select(SET.col(), THERE.col(), APART.as(apart))
        .union(sums(states))
        .groupBy(SET.col(), THERE.as(figure))
        .agg(APART.as(min(APART.col())));
  }

  private Dataset<Row> sums(Dataset<Row> states) {
    Column without = THERE.col().minus(COMMON.col().multiply(2)); // what adding the cell adds
    Column in = without.lt(0);
    Column plus = when(in, THERE.col().multiply(-1)).otherwise(THERE.col());
    Dataset<Row> nearest =
        states
            .filter(STANDS.col())
            .groupBy(SET.col(), OF.col(), SHAPE.col())
            .agg(
                SIZE.as(max(SIZE.col())),
                APART.as(max(SIZE.col()).plus(sum(least(without, lit(0L))))),
                THERE.as(sum(when(in, THERE.col()).otherwise(0L))),
                NEXT.as(
                    min(
                        struct(
                            GAP.as(org.apache.spark.sql.functions.abs(without)), PLUS.as(plus)))));
    Column gap = NEXT.col().getField(GAP.name());
    Column flipped = THERE.col().plus(NEXT.col().getField(PLUS.name()));
    return near(nearest, APART.col(), THERE.col())
        .union(near(nearest, APART.col().plus(gap), flipped));
  }

  // Who moved may stand behind two cells and is in their sum twice: numbers are compared as well.
  private Dataset<Row> near(Dataset<Row> sums, Column apart, Column there) {
    Column sizes = org.apache.spark.sql.functions.abs(there.minus(SIZE.col()));
    return sums.select(SET.col(), THERE.as(there), APART.as(greatest(apart, sizes)))
        .filter(APART.col().lt(reach()).and(THERE.col().gt(0)));
  }

  private int reach() {
    return Margins.reach(k);
  }

  private static String[] names(Field... fields) {
    return Stream.of(fields).map(Field::name).toArray(String[]::new);
  }
}
