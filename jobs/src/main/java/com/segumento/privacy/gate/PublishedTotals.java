package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static com.segumento.privacy.gate.Standing.SHARE;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Looks for what totals and parts tell together: the cells of all exports of a client are one
 * system of equations, whatever their dimensions and levels, and so a cell of fewer dimensions, or
 * of a larger place, is a total of others. All sets that stand behind cells of the export's
 * segments are looked at, those published tonight and those of earlier that still stand; each
 * segment and figure apart. A segment that has cells of one shape only has no totals. Sums that can
 * be worked out so are held against the p% rule ({@link WorkedOutSums}).
 *
 * <p>Of a segment there may be {@link #LIMIT} groups of persons behind the same cells, which are
 * about as many as there are cells where one shape divides the other, and more where they cross; a
 * segment of more is refused.
 *
 * @param limit so many groups of a segment and figure are looked at
 */
record PublishedTotals(Standing standing, int limit) {
  /** So many groups of a segment and figure are looked at. */
  static final int LIMIT = 100_000;

  private static final Field SHAPES = Field.required("shapes", DataTypes.LongType);
  private static final Field CHANGED = Field.required("changed", DataTypes.BooleanType);
  private static final Field THERE = Field.required("there", DataTypes.BooleanType);
  private static final Field LATELY = Field.required("lately", DataTypes.BooleanType);
  private static final Field STANDS =
      Field.required("stands", Field.schema(ReleaseMemory.SHAPE, CELL, CHANGED, THERE));
  private static final Field BEHIND = Field.required("behind", new ArrayType(STANDS.type(), false));
  private static final Field PERSONS = Field.required("persons", DataTypes.LongType);
  private static final Field KNOWN = Field.required("known", DataTypes.BooleanType);
  private static final Field ALL = Field.required("groups of it", DataTypes.LongType);
  private static final Field NUMBER = Field.required("number", DataTypes.IntegerType);
  private static final Field GROUPS =
      Field.required("groups", new ArrayType(Field.schema(BEHIND, PERSONS, KNOWN), false));

  PublishedTotals(Standing standing) {
    this(standing, LIMIT);
  }

  /** What is wrong. */
  Set<Violation> violations() {
    Set<Violation> found = EnumSet.noneOf(Violation.class);
    WorkedOutSums sums = new WorkedOutSums();
    Iterator<Row> systems = systems().toLocalIterator();
    while (systems.hasNext() && !found.contains(Violation.TOTALS)) {
      Row system = systems.next();
      if (system.<Long>getAs(ALL.name()) > limit) {
        found.add(Violation.TOO_MANY_GROUPS);
      } else if (tells(system, sums)) {
        found.add(Violation.TOTALS);
      }
    }
    if (sums.dominated(Standing.now(ofSegments()), standing.claim().dominance())) {
      found.add(Violation.DOMINANCE);
    }
    return found;
  }

  private boolean tells(Row system, WorkedOutSums sums) {
    List<Row> groups = system.getList(system.fieldIndex(GROUPS.name()));
    Map<String, Integer> numbers = numbers(groups);
    String[] shapes = new String[numbers.size()];
    Set<Integer> changed = new TreeSet<>();
    Map<List<Integer>, Long> persons = new HashMap<>();
    Map<Integer, Long> erased = new HashMap<>();
    for (Row group : groups) {
      List<Row> cells = group.getList(0);
      cells.forEach(cell -> shapes[numbers.get(cell.getString(1))] = cell.getString(0));
      List<Row> there = cells.stream().filter(cell -> cell.getBoolean(3)).toList();
      // What they left may be what made them one of few in those they are in.
      boolean left = there.size() < cells.size();
      there.stream()
          .filter(cell -> left || cell.getBoolean(2))
          .forEach(cell -> changed.add(numbers.get(cell.getString(1))));
      if (!group.getBoolean(2)) {
        there.forEach(
            cell -> erased.merge(numbers.get(cell.getString(1)), group.getLong(1), Long::sum));
      } else if (!there.isEmpty()) {
        persons.merge(
            there.stream().map(cell -> numbers.get(cell.getString(1))).sorted().toList(),
            group.getLong(1),
            Long::sum);
      }
    }
    boolean shares = !system.<String>getAs(FIGURE.name()).equals(ReleaseMemory.PERSONS);
    int k = standing.claim().k();
    CellGroups all = new CellGroups(k, List.of(shapes), changed, shares, groups(persons), erased);
    if (shares && standing.claim().dominance() > 0) {
      add(sums, system, all, numbers);
    }
    return all.tellByDifference() || all.boundTightly();
  }

  private static void add(
      WorkedOutSums sums, Row system, CellGroups all, Map<String, Integer> numbers) {
    String segment = system.getAs(SEGMENT.name());
    String figure = system.getAs(FIGURE.name());
    Map<Integer, String> names = new HashMap<>();
    numbers.forEach((name, number) -> names.put(number, name));
    for (Map<Integer, Integer> difference : all.differences()) {
      Map<String, Integer> cells = new HashMap<>();
      difference.forEach((cell, weight) -> cells.put(names.get(cell), weight));
      sums.addDifference(segment, figure, cells);
    }
    all.told()
        .forEach(cells -> sums.addGroup(segment, figure, cells.stream().map(names::get).toList()));
  }

  /** Numbers of cells, in an order that is not Spark's, so that the same is found every time. */
  private static Map<String, Integer> numbers(List<Row> groups) {
    Set<String> names = new TreeSet<>();
    groups.forEach(group -> group.<Row>getList(0).forEach(cell -> names.add(cell.getString(1))));
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    return numbers;
  }

  private static List<CellGroups.Group> groups(Map<List<Integer>, Long> persons) {
    return persons.entrySet().stream()
        .map(each -> new CellGroups.Group(each.getKey(), each.getValue()))
        .toList();
  }

  private Dataset<Row> ofSegments() {
    return standing.memory().filter(SEGMENT.col().isInCollection(standing.claim().segments()));
  }

  /** One row per segment and figure of several shapes that the release changed. */
  Dataset<Row> systems() {
    Dataset<Row> memory = ofSegments();
    Column now = ReleaseMemory.RELEASE.col().equalTo(standing.versions().release());
    Dataset<Row> several =
        memory
            .groupBy(SEGMENT.col(), FIGURE.col())
            .agg(SHAPES.as(count_distinct(ReleaseMemory.SHAPE.col())), CHANGED.as(max(now)))
            .filter(SHAPES.col().gt(1).and(CHANGED.col()))
            .select(SEGMENT.col(), FIGURE.col());
    return inOneRow(
        behind(
                memory.join(several, Standing.names(SEGMENT, FIGURE), "left_semi"), // n:1
                now)
            // Of somebody who was erased nobody knows which rows are one's: each has its own name.
            .withColumn(KNOWN.name(), length(PERSON.col()).equalTo(Cells.KEY_BYTES))
            .groupBy(SEGMENT.col(), FIGURE.col(), KNOWN.col(), BEHIND.col())
            .agg(PERSONS.as(count(lit(1)))));
  }

  /** One row per person, and share: the cells one is behind, and those one has left just now. */
  private static Dataset<Row> behind(Dataset<Row> memory, Column now) {
    Dataset<Row> cells =
        memory.groupBy(SEGMENT.col(), FIGURE.col(), CELL.col()).agg(CHANGED.as(max(now)));
    return memory
        .groupBy(
            ReleaseMemory.SHAPE.col(),
            SEGMENT.col(),
            CELL.col(),
            FIGURE.col(),
            PERSON.col(),
            SHARE.col())
        .agg(THERE.as(sum(ReleaseMemory.CHANGE.col()).gt(0)), LATELY.as(max(now)))
        .filter(THERE.col().or(LATELY.col()))
        .join(cells, Standing.names(SEGMENT, FIGURE, CELL)) // n:1
        .withColumn(
            STANDS.name(),
            struct(ReleaseMemory.SHAPE.col(), CELL.col(), CHANGED.col(), THERE.col()))
        .groupBy(PERSON.col(), SEGMENT.col(), FIGURE.col(), SHARE.col())
        .agg(BEHIND.as(sort_array(collect_set(STANDS.col()))));
  }

  /** Of a system of too many groups one group only. */
  private Dataset<Row> inOneRow(Dataset<Row> groups) {
    var system = Window.partitionBy(SEGMENT.col(), FIGURE.col());
    return groups
        .withColumn(ALL.name(), count(lit(1)).over(system))
        .withColumn(
            NUMBER.name(),
            when(ALL.col().gt(limit), row_number().over(system.orderBy(PERSONS.col())))
                .otherwise(1))
        .filter(NUMBER.col().equalTo(1))
        .groupBy(SEGMENT.col(), FIGURE.col(), ALL.col())
        .agg(GROUPS.as(collect_list(struct(BEHIND.col(), PERSONS.col(), KNOWN.col()))));
  }
}
