package com.segumento.privacy.questions;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.ReleaseMemory;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sets somebody asks about beside cells of two segments over three releases, against whoever tries
 * every cell, every release and every sum of cells.
 */
@ExtendWith(SparkExtension.class)
class PublishedFiguresTest {
  private static final int K = 6;
  private static final int PERSONS = 48;
  private static final int CELLS = 4;
  private static final int SETS = 400;
  private static final List<String> SEGMENTS = List.of("a", "b");

  private final Random random = new Random(20_260_301);

  /** By segment and release, the persons behind each cell; nobody is behind two of them. */
  private final Map<String, List<List<Set<Integer>>>> published = new LinkedHashMap<>();

  @Test
  void findsWhatOneWhoTriesEverythingFinds(SparkSession spark) {
    List<Row> memory = new ArrayList<>();
    SEGMENTS.forEach(segment -> publish(segment, memory));
    Map<String, Set<Integer>> sets = new LinkedHashMap<>();
    for (int i = 0; i < SETS; i++) {
      sets.put("set " + i, asked());
    }
    List<Row> members = new ArrayList<>();
    sets.forEach((name, set) -> set.forEach(p -> members.add(RowFactory.create(name, key(p)))));
    Dataset<Row> asked =
        spark.createDataFrame(members, Field.schema(Memberships.SEGMENT_ID, Persons.PERSON_KEY));
    PublishedFigures figures =
        new PublishedFigures(spark.createDataFrame(memory, ReleaseMemory.SCHEMA), K);

    Map<String, Set<Nearby>> near = figures.near(asked);
    int[] found = new int[3];
    sets.forEach(
        (name, set) -> {
          Set<Told> engine =
              near.getOrDefault(name, Set.of()).stream()
                  .filter(one -> one.apart() < K)
                  .map(Nearby::told)
                  .collect(Collectors.toSet());
          Set<Told> naive = naive(set);
          assertThat(naive).as(name + " " + set).containsAll(engine);
          assertThat(Math.min(2, engine.size()))
              .as(name + " " + set)
              .isEqualTo(Math.min(2, naive.size()));
          found[Math.min(2, naive.size())]++;
        });
    assertThat(Arrays.stream(found).min().orElse(0)).as("none, one, several").isGreaterThan(20);
    assertThat(figures.states(asked).queryExecution().toString())
        .doesNotContain("NestedLoop", "Cartesian");
  }

  private void publish(String segment, List<Row> memory) {
    List<List<Set<Integer>>> releases = new ArrayList<>();
    List<Set<Integer>> before = cells(() -> CELLS);
    for (int release = 1; release <= 3; release++) {
      List<Set<Integer>> now = cells(() -> random.nextInt(CELLS + 2));
      while (now.stream().anyMatch(cell -> cell.size() < K)) {
        now = cells(() -> random.nextInt(CELLS + 2));
      }
      for (int cell = 0; cell < CELLS; cell++) {
        for (int person = 0; person < PERSONS; person++) {
          int change =
              (now.get(cell).contains(person) ? 1 : 0)
                  - (before.get(cell).contains(person) ? 1 : 0);
          if (change != 0) {
            memory.add(row(segment, cell, person, change, release));
          }
        }
      }
      releases.add(now);
      before = now;
    }
    published.put(segment, releases);
  }

  private List<Set<Integer>> cells(java.util.function.IntSupplier cell) {
    List<Set<Integer>> cells = new ArrayList<>();
    for (int i = 0; i < CELLS; i++) {
      cells.add(new TreeSet<>());
    }
    for (int person = 0; person < PERSONS; person++) {
      int in = cell.getAsInt();
      if (in < CELLS) {
        cells.get(in).add(person);
      }
    }
    return cells;
  }

  /** A sum of cells, of any release, but for a few persons, and often half of one more. */
  private Set<Integer> asked() {
    List<Set<Integer>> cells =
        published
            .get(SEGMENTS.get(random.nextInt(2)))
            .get(Math.max(random.nextInt(3), random.nextInt(3)));
    Set<Integer> set = new TreeSet<>();
    cells.stream().filter(cell -> random.nextBoolean()).forEach(set::addAll);
    if (random.nextBoolean()) {
      Set<Integer> halved = cells.get(random.nextInt(CELLS));
      set.removeAll(halved);
      halved.stream().limit(halved.size() / 2).forEach(set::add);
    }
    for (int changes = random.nextInt(random.nextBoolean() ? 2 : 9); changes > 0; changes--) {
      int person = random.nextInt(PERSONS);
      if (!set.remove(person)) {
        set.add(person);
      }
    }
    for (int person = PERSONS; set.size() < K; person++) {
      set.add(person); // somebody nothing was published of
    }
    return set;
  }

  private Set<Told> naive(Set<Integer> asked) {
    Set<Told> near = new HashSet<>();
    for (List<List<Set<Integer>>> releases : published.values()) {
      releases.forEach(cells -> cells.forEach(cell -> add(near, asked, List.of(cell))));
      List<Set<Integer>> standing = releases.get(releases.size() - 1);
      for (int sum = 1; sum < 1 << CELLS; sum++) {
        List<Set<Integer>> cells = new ArrayList<>();
        for (int cell = 0; cell < CELLS; cell++) {
          if ((sum >>> cell & 1) == 1) {
            cells.add(standing.get(cell));
          }
        }
        add(near, asked, cells);
      }
    }
    return near;
  }

  private static void add(Set<Told> near, Set<Integer> asked, List<Set<Integer>> cells) {
    List<Integer> persons = cells.stream().flatMap(Set::stream).toList();
    long common = persons.stream().filter(asked::contains).count();
    long apart = asked.size() + persons.size() - 2 * common;
    if (apart < K && Math.abs(asked.size() - persons.size()) < K && !persons.isEmpty()) {
      near.add(Told.of(persons.size(), K));
    }
  }

  private static Row row(String segment, int cell, int person, int change, long release) {
    return RowFactory.create(
        "shape",
        segment,
        "cell " + cell,
        ReleaseMemory.PERSONS,
        key(person),
        BigDecimal.ZERO,
        change,
        release,
        Date.valueOf(LocalDate.of(2026, 3, 1).plusDays(release)));
  }

  private static byte[] key(int person) {
    return ByteBuffer.allocate(Cells.KEY_BYTES).putInt(person).array();
  }
}
