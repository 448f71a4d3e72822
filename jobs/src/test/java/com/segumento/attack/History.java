package com.segumento.attack;

import com.segumento.attack.World.Person;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.engine.PlainNights;
import com.segumento.privacy.engine.PlainNights.Summed;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * All releases of {@link World#NIGHTS} nights: what a client has of them, and, for the judge only,
 * who stands behind each figure.
 */
final class History {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

  /** A person and what it adds to a sum, or to a count. */
  record Element(int person, BigDecimal share) {}

  private record Key(String segment, String cell, String figure) {}

  private final List<Figure> figures = new ArrayList<>();
  private final Map<Figure, Set<Element>> counted = new HashMap<>();
  private final Map<Figure, Map<String, Set<Element>>> summed = new HashMap<>();

  private final Map<Figure, BitSet> persons = new HashMap<>();

  private History() {}

  /** What a client has. */
  List<Figure> figures() {
    return List.copyOf(figures);
  }

  /** Who stands behind the number of persons of a figure. */
  Set<Element> counted(Figure figure) {
    return counted.get(figure);
  }

  /** The numbers of those who stand behind the number of persons of a figure. */
  BitSet persons(Figure figure) {
    return persons.get(figure);
  }

  /** Who stands behind one of its sums, with what each adds. */
  Set<Element> summed(Figure figure, String sum) {
    return summed.get(figure).getOrDefault(sum, Set.of());
  }

  /** Every night the true figures of all cells of k persons: no defence but that. */
  static History naive() {
    History history = new History();
    World world = new World();
    for (int night = 1; night <= World.NIGHTS; night++) {
      if (night > 1) {
        world.next();
      }
      for (Table table : Table.of(night)) {
        history.publishTruth(night, table, world.persons());
      }
    }
    return history;
  }

  private void publishTruth(int night, Table table, List<Person> persons) {
    Map<String, Map<String, List<Person>>> cells = new TreeMap<>();
    for (Person person : persons) {
      for (String segment : person.segments()) {
        if (table.cut().segments().contains(segment)) {
          cells
              .computeIfAbsent(segment, none -> new TreeMap<>())
              .computeIfAbsent(table.label(person), none -> new ArrayList<>())
              .add(person);
        }
      }
    }
    cells.forEach(
        (segment, labels) ->
            labels.forEach(
                (label, all) -> {
                  if (all.size() >= World.K) {
                    Map<String, Set<Element>> summed = summed(table, segment, all);
                    Map<String, BigDecimal> sums = new HashMap<>();
                    summed.forEach((name, elements) -> sums.put(name, sum(elements)));
                    add(
                        new Figure(night, table, segment, label, all.size(), sums),
                        counted(all),
                        summed);
                  }
                }));
  }

  private static BigDecimal sum(Set<Element> elements) {
    return elements.stream().map(Element::share).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** By sum, who adds something to it. */
  private static Map<String, Set<Element>> summed(
      Table table, String segment, List<Person> persons) {
    Map<String, Set<Element>> summed = new HashMap<>();
    for (int i = 0; i < table.sums(segment).size(); i++) {
      int sum = i;
      summed.put(
          table.sums(segment).get(sum).name(),
          persons.stream()
              .map(person -> new Element(person.number(), table.amounts(segment, person).get(sum)))
              .filter(element -> element.share().signum() != 0)
              .collect(Collectors.toSet()));
    }
    return summed;
  }

  private static Set<Element> counted(List<Person> persons) {
    return persons.stream()
        .map(person -> new Element(person.number(), BigDecimal.ZERO))
        .collect(Collectors.toSet());
  }

  private void add(Figure figure, Set<Element> behind, Map<String, Set<Element>> shares) {
    figures.add(figure);
    counted.put(figure, behind);
    BitSet numbers = new BitSet();
    behind.forEach(element -> numbers.set(element.person()));
    persons.put(figure, numbers);
    summed.put(figure, shares);
  }

  /** Every night what the engine lets out. */
  static History guarded(SparkSession spark) {
    History history = new History();
    World world = new World();
    PlainNights nights = new PlainNights(spark, World.K);
    Map<ByteBuffer, Integer> erased = new HashMap<>();
    for (int night = 1; night <= World.NIGHTS; night++) {
      if (night > 1) {
        world.next();
      }
      world.erased().ifPresent(person -> erase(nights, person, erased));
      for (Table table : Table.of(night)) {
        List<Row> rows =
            nights.publish(table.cut(), table.members(world.persons()), FIRST.plusDays(night - 1L));
        history.read(night, table, rows, replay(nights.memory(), erased));
      }
    }
    return history;
  }

  /** An erased person goes on standing behind what was published: the judge knows it still. */
  private static void erase(PlainNights nights, int person, Map<ByteBuffer, Integer> erased) {
    for (Row row : nights.memory()) {
      byte[] nobody =
          PlainNights.erased(
              World.key(person),
              row.<String>getAs(ReleaseMemory.SEGMENT_ID.name()),
              row.<String>getAs(ReleaseMemory.CELL.name()));
      erased.put(ByteBuffer.wrap(nobody), person);
    }
    nights.erase(World.key(person));
  }

  private void read(int night, Table table, List<Row> rows, Map<Key, Set<Element>> behind) {
    for (Row row : rows) {
      String label = table == Table.TOTALS ? "" : row.getAs(table.column());
      String segment = row.getAs("segment_id");
      String cell = table.cell(label);
      long persons = row.<Long>getAs("customers");
      Map<String, BigDecimal> sums = new HashMap<>();
      Map<String, Set<Element>> shares = new HashMap<>();
      for (Summed sum : table.sums(segment)) {
        BigDecimal published = row.getAs(sum.name());
        if (published != null) {
          sums.put(sum.name(), published);
          shares.put(sum.name(), Set.copyOf(behind.get(new Key(segment, cell, sum.figure()))));
        }
      }
      Key counted = new Key(segment, cell, ReleaseMemory.PERSONS);
      Figure figure = new Figure(night, table, segment, label, persons, sums);
      add(figure, Set.copyOf(behind.get(counted)), shares);
    }
  }

  private static Map<Key, Set<Element>> replay(List<Row> memory, Map<ByteBuffer, Integer> erased) {
    Map<Key, Set<Element>> sets = new LinkedHashMap<>();
    for (Row row : memory) {
      String counted = row.getAs(ReleaseMemory.FIGURE.name());
      ByteBuffer bytes = ByteBuffer.wrap(row.getAs(ReleaseMemory.PERSON_KEY.name()));
      int person = erased.containsKey(bytes) ? erased.get(bytes) : bytes.getInt(0);
      BigDecimal share = row.<BigDecimal>getAs(ReleaseMemory.SHARE.name()).stripTrailingZeros();
      Key key =
          new Key(
              row.getAs(ReleaseMemory.SEGMENT_ID.name()),
              row.getAs(ReleaseMemory.CELL.name()),
              counted);
      Set<Element> set = sets.computeIfAbsent(key, none -> new HashSet<>());
      Element element = new Element(person, share);
      if (row.<Integer>getAs(ReleaseMemory.CHANGE.name()) > 0) {
        set.add(element);
      } else {
        set.remove(element);
      }
    }
    return sets;
  }
}
