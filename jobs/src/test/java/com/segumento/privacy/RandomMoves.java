package com.segumento.privacy;

import com.segumento.model.ReleaseMemory;
import java.math.BigDecimal;
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

/**
 * A random history of who came to cells of a segment and left them, release by release, and what
 * the last one tells of few when cells are added up: by the rule, and by trying all sums there are.
 */
public final class RandomMoves {
  public static final int K = 3;
  public static final int TONIGHT = 5;

  /** All of them had a release on this day, or a later one. */
  public static final LocalDate OLDEST = date(2);

  private static final List<String> CELLS = List.of("a", "b", "c");
  private static final int PERSONS = 18;

  /** A person's share of a figure of a cell. */
  public record Element(String cell, int person, int share) {}

  /** An element that came, or left, with a release. */
  public record Deed(Element element, int release, int change) {}

  /** Where somebody came to, or left, with which of its shares. */
  private record Step(String cell, int share, int change) {}

  private final String segment;
  private final boolean sums;
  private final List<Deed> deeds = new ArrayList<>();

  private RandomMoves(String segment, boolean sums) {
    this.segment = segment;
    this.sums = sums;
  }

  /** Groups of persons, some of them small, come, leave, move and spend. */
  public static RandomMoves of(int number) {
    Random random = new Random(number);
    RandomMoves moves = new RandomMoves("s" + number, number % 2 == 1);
    for (int release = 1; release <= TONIGHT; release++) {
      Set<Element> standing = moves.standing(release);
      Set<Element> next = new HashSet<>(standing);
      for (int i = release == 1 ? 5 : random.nextInt(3); i > 0; i--) {
        moves.change(next, random);
      }
      for (Element one : next) {
        if (!standing.contains(one)) {
          moves.deeds.add(new Deed(one, release, 1));
        }
      }
      for (Element one : standing) {
        if (!next.contains(one)) {
          moves.deeds.add(new Deed(one, release, -1));
        }
      }
    }
    return moves;
  }

  private void change(Set<Element> standing, Random random) {
    int first = random.nextInt(PERSONS);
    String from = CELLS.get(random.nextInt(CELLS.size()));
    String to = CELLS.get(random.nextInt(CELLS.size()));
    int kind = random.nextInt(3);
    int share = sums ? 1 + random.nextInt(2) : 0;
    int many = random.nextInt(5) == 0 ? 1 + random.nextInt(2) : K + random.nextInt(3);
    for (int person = first; person < first + many; person++) {
      int number = person % PERSONS;
      if (kind != 0) {
        standing.removeIf(one -> one.person() == number && one.cell().equals(from));
      }
      if (kind != 1) {
        standing.add(new Element(to, number, share));
      }
    }
  }

  public String segment() {
    return segment;
  }

  public String figure() {
    return sums ? "sum of spend in [0, 9]" : ReleaseMemory.PERSONS;
  }

  public List<Deed> deeds() {
    return List.copyOf(deeds);
  }

  /** Each is a backfill of the day before the last one's. */
  public static LocalDate date(int release) {
    return LocalDate.of(2026, 3, 31).minusDays(release);
  }

  /** Who stood there before a release. */
  public Set<Element> standing(int before) {
    Set<Element> standing = new HashSet<>();
    for (Deed deed : deeds) {
      if (deed.release() < before) {
        if (deed.change() > 0) {
          standing.add(deed.element());
        } else {
          standing.remove(deed.element());
        }
      }
    }
    return standing;
  }

  /** Cells that are other ones since the last release. */
  public Set<String> changed() {
    Set<String> changed = new TreeSet<>();
    deeds.stream()
        .filter(deed -> deed.release() == TONIGHT)
        .forEach(deed -> changed.add(deed.element().cell()));
    return changed;
  }

  /** What each person came to and left since the set of a release. */
  private Map<Integer, Set<Step>> steps(int since) {
    Map<Integer, TreeSet<Integer>> shares = new HashMap<>();
    deeds.forEach(
        deed ->
            shares
                .computeIfAbsent(deed.element().person(), none -> new TreeSet<>())
                .add(deed.element().share()));
    Set<Element> then = standing(since + 1);
    Set<Element> now = standing(TONIGHT + 1);
    Map<Integer, Set<Step>> steps = new TreeMap<>();
    Set<Element> all = new HashSet<>(then);
    all.addAll(now);
    for (Element one : all) {
      int change = (now.contains(one) ? 1 : 0) - (then.contains(one) ? 1 : 0);
      if (change != 0) {
        int rank = shares.get(one.person()).headSet(one.share()).size();
        steps
            .computeIfAbsent(one.person(), none -> new HashSet<>())
            .add(new Step(one.cell(), rank, change));
      }
    }
    return steps;
  }

  private static Set<String> cells(Set<Step> steps) {
    Set<String> cells = new TreeSet<>();
    steps.forEach(step -> cells.add(step.cell()));
    return cells;
  }

  /** Cells that tell of few by the rule, since the set of one release. */
  private Set<String> telling(int since) {
    Map<Integer, Set<Step>> steps = steps(since);
    Set<String> telling = new TreeSet<>();
    for (String cell : CELLS) {
      long alone = steps.values().stream().filter(each -> cells(each).equals(Set.of(cell))).count();
      boolean few =
          steps.values().stream()
              .filter(each -> cells(each).contains(cell))
              .anyMatch(each -> steps.values().stream().filter(each::equals).count() < K);
      if (few && alone < K) {
        telling.add(cell);
      }
    }
    return telling;
  }

  private int first() {
    return deeds.stream().mapToInt(Deed::release).min().orElse(TONIGHT);
  }

  /** Cells that have to wait tonight. */
  public Set<String> conflicting() {
    Set<String> waiting = new TreeSet<>();
    for (int since = first(); since < TONIGHT; since++) {
      Set<String> telling = telling(since);
      for (Set<Step> each : steps(since).values()) {
        Set<String> cells = cells(each);
        if (cells.stream().anyMatch(telling::contains)) {
          waiting.addAll(cells);
        }
      }
    }
    waiting.retainAll(changed());
    return waiting;
  }

  /** Cells by which the last release tells of few. */
  public Set<String> telling() {
    Set<String> found = new TreeSet<>();
    for (int since = first(); since < TONIGHT; since++) {
      for (String cell : telling(since)) {
        if (steps(since).values().stream()
            .map(RandomMoves::cells)
            .anyMatch(
                cells -> cells.contains(cell) && cells.stream().anyMatch(changed()::contains))) {
          found.add(cell);
        }
      }
    }
    return found;
  }

  /** Whether the rule finds anything, of this release or an earlier one's doing. */
  public boolean tells() {
    for (int since = first(); since < TONIGHT; since++) {
      if (!telling(since).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Whether any sum of any cells differs by 1 to k-1 persons from that of an earlier release. */
  public boolean anySumTells() {
    for (int since = first(); since < TONIGHT; since++) {
      for (int bits = 1; bits < 1 << CELLS.size(); bits++) {
        long persons = apart(since, bits);
        if (persons > 0 && persons < K) {
          return true;
        }
      }
    }
    return false;
  }

  private long apart(int since, int bits) {
    Map<Integer, BigDecimal> more = new HashMap<>();
    add(standing(TONIGHT + 1), bits, 1, more);
    add(standing(since + 1), bits, -1, more);
    return more.values().stream().filter(each -> each.signum() != 0).count();
  }

  private void add(Set<Element> standing, int bits, int sign, Map<Integer, BigDecimal> more) {
    for (Element one : standing) {
      if ((bits >> CELLS.indexOf(one.cell()) & 1) == 1) {
        int adds = sums ? one.share() : 1;
        more.merge(one.person(), BigDecimal.valueOf((long) sign * adds), BigDecimal::add);
      }
    }
  }
}
