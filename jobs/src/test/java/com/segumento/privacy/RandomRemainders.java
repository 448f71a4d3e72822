package com.segumento.privacy;

import com.segumento.model.ReleaseMemory;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A random history of two totals and four parts of a segment, in two exports that change by turns,
 * and what the last release tells of few beside all others, set by set.
 */
public final class RandomRemainders {
  public static final int K = 3;
  public static final int TONIGHT = 5;

  /** Sets are replaced by the fourth release at the latest, and stood with the third. */
  public static final LocalDate OLDEST = date(3);

  /** The shape of the release that is looked at. */
  public static final String OURS = "ours";

  private static final String THEIRS = "theirs";
  private static final int PERSONS = 24;

  private record Deed(String shape, String cell, int person, int release, int change) {}

  private final String segment;
  private final List<Deed> deeds = new ArrayList<>();

  private RandomRemainders(String segment) {
    this.segment = segment;
  }

  /** In half of them tonight's are the totals, and in half the parts. */
  public static RandomRemainders of(int number) {
    Random random = new Random(number);
    RandomRemainders all = new RandomRemainders("s" + number);
    boolean totals = number % 2 == 0;
    for (int release = 1; release <= TONIGHT; release++) {
      boolean ours = release == TONIGHT || random.nextBoolean();
      String shape = ours ? OURS : THEIRS;
      int cells = ours == totals ? 2 : 4;
      for (int person = 0; person < PERSONS; person++) {
        if (random.nextInt(16) < (release < 3 ? 15 : 3)) {
          all.move(shape, person, cell(person, cells, random), release);
        }
      }
    }
    return all;
  }

  /** Its own, mostly; now and then another, or none. */
  private static String cell(int person, int cells, Random random) {
    return switch (random.nextInt(24)) {
      case 0 -> "";
      case 1 -> cells + "/" + random.nextInt(cells);
      default -> cells + "/" + person * cells / PERSONS;
    };
  }

  private void move(String shape, int person, String cell, int release) {
    Map<String, Set<Integer>> cells = standing(shape, release);
    cells.forEach(
        (name, persons) -> {
          if (persons.contains(person) && !name.equals(cell)) {
            deeds.add(new Deed(shape, name, person, release, -1));
          }
        });
    if (!cell.isEmpty() && !cells.getOrDefault(cell, Set.of()).contains(person)) {
      deeds.add(new Deed(shape, cell, person, release, 1));
    }
  }

  public String segment() {
    return segment;
  }

  /** Each is a backfill of the day before the last one's. */
  public static LocalDate date(int release) {
    return LocalDate.of(2026, 3, 31).minusDays(release);
  }

  /** Who stands behind the cells of a shape after all releases up to one. */
  public Map<String, Set<Integer>> standing(String shape, int upTo) {
    Map<String, Set<Integer>> cells = new TreeMap<>();
    for (Deed deed : deeds) {
      if (deed.shape().equals(shape) && deed.release() <= upTo) {
        Set<Integer> cell = cells.computeIfAbsent(deed.cell(), none -> new HashSet<>());
        if (deed.change() > 0) {
          cell.add(deed.person());
        } else {
          cell.remove(deed.person());
        }
      }
    }
    return cells;
  }

  /** Cells of the last release that are other ones. */
  public Set<String> changed() {
    Set<String> changed = new TreeSet<>();
    deeds.stream()
        .filter(deed -> deed.release() == TONIGHT)
        .forEach(deed -> changed.add(deed.cell()));
    return changed;
  }

  /** The last release that changed one of these cells of the other export. */
  private int lastChange(Set<String> cells) {
    return deeds.stream()
        .filter(deed -> deed.shape().equals(THEIRS) && cells.contains(deed.cell()))
        .mapToInt(Deed::release)
        .max()
        .orElse(0);
  }

  /** Cells of the other export in which somebody of these persons ever was. */
  private Set<String> touched(Set<Integer> persons) {
    Set<String> touched = new HashSet<>();
    deeds.stream()
        .filter(deed -> deed.shape().equals(THEIRS) && persons.contains(deed.person()))
        .forEach(deed -> touched.add(deed.cell()));
    return touched;
  }

  /** Cells of the last release that have to wait, for sets that were replaced. */
  public Set<String> waiting() {
    Map<String, Set<Integer>> now = standing(OURS, TONIGHT);
    Set<String> waiting = new TreeSet<>();
    for (int release = 1; release < TONIGHT; release++) {
      int then = release;
      Map<String, Set<Integer>> others = standing(THEIRS, then);
      changed().stream()
          .filter(cell -> then < lastChange(touched(now.get(cell))))
          .filter(cell -> leavesFew(now.get(cell), others))
          .forEach(waiting::add);
      others.forEach(
          (name, other) -> {
            if (then < lastChange(Set.of(name)) && leavesFew(other, now)) {
              changed().stream()
                  .filter(cell -> common(now.get(cell), other) > 0)
                  .forEach(waiting::add);
            }
          });
    }
    return waiting;
  }

  private static boolean leavesFew(Set<Integer> total, Map<String, Set<Integer>> cells) {
    Map<Integer, Integer> times = new HashMap<>();
    int parts = 0;
    for (Set<Integer> cell : cells.values()) {
      long inside = common(cell, total);
      long outside = cell.size() - inside;
      if (outside < K && outside < inside) {
        parts++;
        cell.forEach(person -> times.merge(person, 1, Integer::sum));
      }
    }
    Set<Integer> apart = new HashSet<>(total);
    apart.removeAll(times.keySet());
    Set<Integer> beyond = new HashSet<>(times.keySet());
    beyond.removeAll(total);
    int left = apart.size() + beyond.size();
    return parts > 0 && left > 0 && left < K;
  }

  private static long common(Set<Integer> some, Set<Integer> others) {
    return some.stream().filter(others::contains).count();
  }

  /** Rows of the memory, without tonight's or with them. */
  public List<Row> memory(boolean tonight) {
    return deeds.stream()
        .filter(deed -> tonight || deed.release() < TONIGHT)
        .map(
            deed ->
                RowFactory.create(
                    deed.shape(),
                    segment,
                    deed.cell(),
                    ReleaseMemory.PERSONS,
                    CellFixture.key(deed.person()),
                    BigDecimal.ZERO,
                    deed.change(),
                    (long) deed.release(),
                    Date.valueOf(date(deed.release()))))
        .toList();
  }
}
