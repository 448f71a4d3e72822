package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.SHARE;
import static com.segumento.privacy.engine.StandingElements.STOOD;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Profiles;
import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Holds back new sets of cells that would tell of few persons together with cells of other shapes
 * of the same segment: a cell of fewer dimensions, or of a larger place, is a total of others, in
 * whatever export it is. See {@link SetsToHoldBack} for which, and for what that is.
 *
 * <p>Who was erased has another name in each cell: as many as are in a total and its parts are
 * taken for the same.
 *
 * <p>Of a segment and figure there may be {@link #LIMIT} groups of persons behind the same cells;
 * of one that has more nothing new is published.
 *
 * @param shape of the export's cells
 */
record StandingTotals(CellSettings settings, String shape) {
  /** So many groups of a segment and figure are looked at. */
  static final int LIMIT = 100_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Field SHAPE = ReleaseMemory.SHAPE;
  private static final Field NOW = Field.required("now", DataTypes.BooleanType);
  private static final Field BEFORE = Field.required("before", DataTypes.BooleanType);
  private static final Field NEW = Field.required("new", DataTypes.BooleanType);
  private static final Field STANDS =
      Field.required("stands", Field.schema(SHAPE, CELL, NOW, BEFORE, NEW));
  private static final Field BEHIND = Field.required("behind", new ArrayType(STANDS.type(), false));
  private static final Field PERSONS = Field.required("persons", DataTypes.LongType);
  private static final Field KNOWN = Field.required("known", DataTypes.BooleanType);
  private static final Field ALL = Field.required("groups of it", DataTypes.LongType);
  private static final Field GROUPS =
      Field.required("groups", new ArrayType(Field.schema(BEHIND, PERSONS, KNOWN), false));

  /**
   * Segment, cell and figure of new sets that have to wait.
   *
   * @param elements who is behind cells of this shape, by tonight's tables and before
   * @param decisions of {@link StandingDecisions}
   * @param others the memory of cells of other shapes of the export's segments
   */
  List<Row> conflicting(Dataset<Row> elements, Dataset<Row> decisions, Dataset<Row> others) {
    Dataset<Row> systems = systems(elements, decisions, others);
    Column ofPersons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    Map<String, Set<String>> cells = ofPersons(systems.filter(ofPersons));
    List<Row> held = new ArrayList<>();
    cells.forEach(
        (segment, back) ->
            back.forEach(
                cell -> held.add(RowFactory.create(segment, cell, ReleaseMemory.PERSONS))));
    if (settings.sums().findAny().isPresent()) {
      held.addAll(ofSums(systems.filter(not(ofPersons)), cells));
    }
    return held;
  }

  /** By segment, the cells whose new persons are held back. */
  private Map<String, Set<String>> ofPersons(Dataset<Row> systems) {
    Map<String, Set<String>> cells = new TreeMap<>();
    systems
        .toLocalIterator()
        .forEachRemaining(
            system -> cells.put(system.getAs(SEGMENT.name()), heldBack(system, Set.of())));
    return cells;
  }

  /** Sums that are held back though the number of persons is not. */
  private List<Row> ofSums(Dataset<Row> systems, Map<String, Set<String>> cells) {
    List<Row> held = new ArrayList<>();
    Iterator<Row> sums = systems.toLocalIterator();
    while (sums.hasNext()) {
      Row system = sums.next();
      String segment = system.getAs(SEGMENT.name());
      String figure = system.getAs(FIGURE.name());
      Set<String> already = cells.getOrDefault(segment, Set.of());
      Set<String> back = heldBack(system, already);
      back.removeAll(already);
      back.forEach(cell -> held.add(RowFactory.create(segment, cell, figure)));
    }
    return held;
  }

  /** The cells of a system that are held back. */
  private Set<String> heldBack(Row system, Set<String> already) {
    List<Row> groups = system.getList(system.fieldIndex(GROUPS.name()));
    NavigableMap<String, SetsToHoldBack.Cell> cells = cells(groups);
    if (system.<Long>getAs(ALL.name()) > LIMIT) {
      cells.values().removeIf(cell -> !cell.changed());
      return new TreeSet<>(cells.keySet());
    }
    List<String> names = List.copyOf(cells.keySet());
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    List<SetsToHoldBack.Behind> behind =
        groups.stream()
            .map(
                group ->
                    new SetsToHoldBack.Behind(
                        stands(group, numbers), group.getLong(1), group.getBoolean(2)))
            .toList();
    boolean shares = !system.<String>getAs(FIGURE.name()).equals(ReleaseMemory.PERSONS);
    Set<Integer> first = new TreeSet<>();
    already.stream().filter(numbers::containsKey).map(numbers::get).forEach(first::add);
    Set<String> back = new TreeSet<>();
    new SetsToHoldBack(settings.k(), shares, List.copyOf(cells.values()), behind)
        .choose(first)
        .forEach(cell -> back.add(names.get(cell)));
    return back;
  }

  /** In the order of their names, whatever Spark's is. */
  private static NavigableMap<String, SetsToHoldBack.Cell> cells(List<Row> groups) {
    NavigableMap<String, SetsToHoldBack.Cell> cells = new TreeMap<>();
    for (Row group : groups) {
      for (Row each : group.<Row>getList(0)) {
        cells.computeIfAbsent(
            each.getString(1),
            name ->
                new SetsToHoldBack.Cell(each.getString(0), name, each.getBoolean(4), kin(name)));
      }
    }
    return cells;
  }

  private static List<SetsToHoldBack.Stands> stands(Row group, Map<String, Integer> numbers) {
    return group.<Row>getList(0).stream()
        .map(
            each ->
                new SetsToHoldBack.Stands(
                    numbers.get(each.getString(1)), each.getBoolean(2), each.getBoolean(3)))
        .toList();
  }

  /** Of a cell of what is left of a place, its labels but for the place; else nothing. */
  private static String kin(String cell) {
    try {
      Map<String, String> kin = new TreeMap<>();
      boolean left = false;
      for (var label : JSON.readTree(cell).properties()) {
        if (label.getKey().startsWith(Profiles.PLACE.name() + "@")) {
          left = label.getValue().asText().startsWith(Cells.OTHER_IN);
        } else {
          kin.put(label.getKey(), label.getValue().asText());
        }
      }
      return left ? JSON.writeValueAsString(kin) : "";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The release memory holds a cell that is none.");
    }
  }

  /** One row per segment and figure that has new sets, and sets of several shapes. */
  Dataset<Row> systems(Dataset<Row> elements, Dataset<Row> decisions, Dataset<Row> others) {
    String[] figure = {SEGMENT.name(), FIGURE.name()};
    Dataset<Row> several =
        decisions
            .filter(CHANGED.col())
            .select(SEGMENT.col(), FIGURE.col())
            .distinct()
            .join(
                others.select(SEGMENT.col(), FIGURE.col()).distinct(), figure, "left_semi"); // 1:1
    var system = Window.partitionBy(SEGMENT.col(), FIGURE.col());
    return ours(elements, decisions)
        .unionByName(theirs(others))
        // Of somebody who was erased nobody knows which rows are one's: each has its own name.
        .withColumn(KNOWN.name(), octet_length(PERSON.col()).equalTo(Cells.KEY_BYTES))
        .join(broadcast(several), figure, "left_semi") // n:1
        .groupBy(SEGMENT.col(), FIGURE.col(), KNOWN.col(), PERSON.col(), SHARE.col())
        .agg(BEHIND.as(sort_array(collect_set(STANDS.col()))))
        .groupBy(SEGMENT.col(), FIGURE.col(), KNOWN.col(), BEHIND.col())
        .agg(PERSONS.as(count(lit(1))))
        .withColumn(ALL.name(), count(lit(1)).over(system))
        // Of too many only the names of the new cells are of use.
        .withColumn(
            BEHIND.name(),
            when(ALL.col().leq(LIMIT), BEHIND.col())
                .otherwise(filter(BEHIND.col(), each -> each.getField(NEW.name()))))
        .groupBy(SEGMENT.col(), FIGURE.col(), ALL.col(), KNOWN.col(), BEHIND.col())
        .agg(PERSONS.as(sum(PERSONS.col())))
        .groupBy(SEGMENT.col(), FIGURE.col(), ALL.col())
        .agg(GROUPS.as(collect_list(struct(BEHIND.col(), PERSONS.col(), KNOWN.col()))));
  }

  private Dataset<Row> ours(Dataset<Row> elements, Dataset<Row> decisions) {
    Column[] decided =
        Stream.of(SEGMENT, CELL, FIGURE, CHOICE, CHANGED).map(Field::col).toArray(Column[]::new);
    Column changed = coalesce(CHANGED.col(), lit(false));
    Column stood = STOOD.col().equalTo(1);
    Column now = when(changed, StandingCells.in().equalTo(1)).otherwise(stood);
    return elements
        // n:1; cells nobody is in by tonight's tables are not decided on, and stand
        .join(
            decisions.select(decided),
            new String[] {SEGMENT.name(), CELL.name(), FIGURE.name()},
            "left")
        .filter(now.or(stood))
        .select(
            SEGMENT.col(),
            FIGURE.col(),
            PERSON.col(),
            SHARE.col(),
            STANDS.as(
                struct(
                    SHAPE.as(lit(shape)),
                    CELL.col(),
                    NOW.as(now),
                    BEFORE.as(stood),
                    NEW.as(changed))));
  }

  private static Dataset<Row> theirs(Dataset<Row> others) {
    return others
        .groupBy(SHAPE.col(), SEGMENT.col(), CELL.col(), FIGURE.col(), PERSON.col(), SHARE.col())
        .agg(STOOD.as(sum(ReleaseMemory.CHANGE.col())))
        .filter(STOOD.col().gt(0))
        .select(
            SEGMENT.col(),
            FIGURE.col(),
            PERSON.col(),
            SHARE.col(),
            STANDS.as(
                struct(
                    SHAPE.col(),
                    CELL.col(),
                    NOW.as(lit(true)),
                    BEFORE.as(lit(true)),
                    NEW.as(lit(false)))));
  }
}
