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
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
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
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Holds back new sets of cells that would tell of few persons together with cells of other shapes
 * of the same segment: a cell of fewer dimensions, or of a larger place, is a total of others, in
 * whatever export it is. See {@link SetsToHoldBack} for which, and for what that is.
 *
 * <p>Who was erased has another name in each cell: as many as are in a total and its parts are
 * taken for the same.
 *
 * <p>Of a segment and figure there may be {@link GroupsBehind#LIMIT} groups of persons behind the
 * same cells; of one that has more nothing new is published.
 *
 * @param shape of the export's cells
 */
record StandingTotals(CellSettings settings, String shape) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Field SHAPE = ReleaseMemory.SHAPE;

  /**
   * Segment, cell and figure of new sets that have to wait.
   *
   * @param elements who is behind cells of this shape, by tonight's tables and before
   * @param decisions of {@link StandingDecisions}
   * @param others the memory of cells of other shapes of the export's segments
   */
  List<Row> conflicting(Dataset<Row> elements, Dataset<Row> decisions, Dataset<Row> others) {
    Column ofPersons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    Map<String, Set<String>> cells =
        ofPersons(new GroupsBehind(false).apply(standing(elements, decisions, others, ofPersons)));
    List<Row> held = new ArrayList<>();
    cells.forEach(
        (segment, back) ->
            back.forEach(
                cell -> held.add(RowFactory.create(segment, cell, ReleaseMemory.PERSONS))));
    if (settings.sums().findAny().isPresent()) {
      Dataset<Row> sums = standing(elements, decisions, others, not(ofPersons));
      held.addAll(ofSums(new GroupsBehind(settings.dominance().isPresent()).apply(sums), cells));
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
    List<Row> groups = GroupsBehind.groups(system);
    NavigableMap<String, SetsToHoldBack.Cell> cells = cells(groups);
    if (GroupsBehind.tooMany(system)) {
      cells.values().removeIf(cell -> !cell.changed());
      return new TreeSet<>(cells.keySet());
    }
    List<String> names = List.copyOf(cells.keySet());
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    List<SetsToHoldBack.Behind> behind =
        groups.stream().map(group -> GroupsBehind.behind(group, numbers)).toList();
    boolean shares = !system.<String>getAs(FIGURE.name()).equals(ReleaseMemory.PERSONS);
    Set<Integer> first = new TreeSet<>();
    already.stream().filter(numbers::containsKey).map(numbers::get).forEach(first::add);
    Set<String> back = new TreeSet<>();
    OptionalDouble dominance = shares ? settings.dominance() : OptionalDouble.empty();
    new SetsToHoldBack(settings.k(), shares, dominance, List.copyOf(cells.values()), behind)
        .choose(first)
        .forEach(cell -> back.add(names.get(cell)));
    return back;
  }

  /** In the order of their names, whatever Spark's is. */
  private static NavigableMap<String, SetsToHoldBack.Cell> cells(List<Row> groups) {
    NavigableMap<String, SetsToHoldBack.Cell> cells = new TreeMap<>();
    groups.stream()
        .flatMap(GroupsBehind::cells)
        .forEach(
            each -> {
              String name = each.getString(1);
              cells.computeIfAbsent(name, any -> GroupsBehind.cell(each, kin(name)));
            });
    return cells;
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

  /** Who is behind cells of segments and figures that have new sets, and sets of several shapes. */
  private Dataset<Row> standing(
      Dataset<Row> elements, Dataset<Row> decisions, Dataset<Row> others, Column figures) {
    String[] figure = {SEGMENT.name(), FIGURE.name()};
    Dataset<Row> several =
        decisions
            .filter(CHANGED.col())
            .filter(figures)
            .select(SEGMENT.col(), FIGURE.col())
            .distinct()
            .join(
                others.select(SEGMENT.col(), FIGURE.col()).distinct(), figure, "left_semi"); // 1:1
    return ours(elements, decisions)
        .unionByName(theirs(others))
        .filter(figures)
        .join(broadcast(several), figure, "left_semi"); // n:1
  }

  private Dataset<Row> ours(Dataset<Row> elements, Dataset<Row> decisions) {
    Column[] decided =
        Stream.of(SEGMENT, CELL, FIGURE, CHOICE, CHANGED).map(Field::col).toArray(Column[]::new);
    Column changed = coalesce(CHANGED.col(), lit(false));
    Column stood = STOOD.col().equalTo(1);
    Column now = when(changed, StandingCells.in().equalTo(1)).otherwise(stood);
    return elements
        // n:1; figures of other exports are not decided on, and stand
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
            GroupsBehind.stands(lit(shape), now, stood, changed));
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
            GroupsBehind.stands(SHAPE.col(), lit(true), lit(true), lit(false)));
  }
}
