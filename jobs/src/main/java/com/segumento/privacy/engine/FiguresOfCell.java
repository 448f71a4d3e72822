package com.segumento.privacy.engine;

import com.segumento.model.Cells;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All figures of one kind in cells of the same labels, of all segments, read one person after the
 * other: first all sets that are remembered or new, then who came to them and left them. With sums
 * come the numbers of persons of their rows.
 */
final class FiguresOfCell {
  private final int k;
  private final long tonight;
  private final String cell;
  private final String counted;
  private final OptionalDouble dominance;
  private final Map<SetHistory.Of, SetHistory> histories = new HashMap<>();

  /** Of numbers of persons beside sums. */
  private final Map<SetHistory.Of, SetHistory> counts = new HashMap<>();

  private NearSets sets;
  private NearChanges changes;
  private NearChanges growth;
  private CombinedSums combined;
  private SumsBesideCount besideCount;
  private Stays counting = new Stays(0);
  private Stays elements = new Stays(0);
  private Stays amounts = new Stays(0);
  private Element element;

  /** A person, or one with a share of a sum. */
  static final class Element {
    private final byte[] bytes;
    private final boolean known;
    private final long share;

    /**
     * One.
     *
     * @param bytes the person's key, and its share
     * @param known whether it is known which other figures the person is in
     * @param share in millionths; of one beyond nine trillion the lower 64 bits
     */
    Element(byte[] bytes, boolean known, long share) {
      this.bytes = bytes;
      this.known = known;
      this.share = share;
    }

    boolean is(Element other) {
      return other != null && Arrays.equals(bytes, other.bytes);
    }

    boolean isOfPersonOf(Element other) {
      int key = known ? Cells.KEY_BYTES : ReleaseMemory.ERASED_BYTES;
      return other != null
          && known == other.known
          && Arrays.equals(bytes, 0, key, other.bytes, 0, key);
    }
  }

  /**
   * Nothing yet.
   *
   * @param k that figures may not tell fewer of than
   * @param tonight the number of the release that is being made
   * @param counted what the figures count, as {@link ReleaseMemory#counted}
   * @param dominance p of the p% rule
   */
  FiguresOfCell(int k, long tonight, String cell, String counted, OptionalDouble dominance) {
    this.dominance = dominance;
    this.k = k;
    this.tonight = tonight;
    this.cell = cell;
    this.counted = counted;
  }

  String cell() {
    return cell;
  }

  boolean is(String thisCell, String thisCounted) {
    return thisCell.equals(cell) && thisCounted.equals(counted);
  }

  /** There is, or was, a set of so many since a release. */
  void addSet(SetHistory.Of of, long release, long size) {
    Map<SetHistory.Of, SetHistory> kind = kind(of);
    kind.computeIfAbsent(of, any -> new SetHistory(any, kind.size())).add(release, size);
  }

  private Map<SetHistory.Of, SetHistory> kind(SetHistory.Of of) {
    return isBeside(of) ? counts : histories;
  }

  private boolean isBeside(SetHistory.Of of) {
    return sums() && of.figure().equals(ReleaseMemory.PERSONS);
  }

  /**
   * Somebody came to a figure, or left it. All that one did comes one after the other.
   *
   * @param who with which share
   */
  void addChange(SetHistory.Of of, Element who, long release, int change) {
    if (sets == null) {
      compare();
    }
    if (!who.is(element)) {
      end(!who.isOfPersonOf(element));
      element = who;
    }
    SetHistory history = kind(of).get(of);
    int set = history == null ? 0 : history.first(release);
    if (history == null || set == history.sets()) {
      return;
    }
    if (isBeside(of)) {
      counting.of(history).add(set, change);
      return;
    }
    elements.of(history).add(set, change);
    if (sums()) {
      amounts.of(history).add(set, change * who.share);
    }
  }

  /** Those of somebody in figures of the cell. */
  private static final class Stays {
    private final Stay[] byNumber;
    private final List<Stay> all = new ArrayList<>();

    Stays(int figures) {
      byNumber = new Stay[figures];
    }

    Stay of(SetHistory history) {
      Stay stay = byNumber[history.number()];
      if (stay == null) {
        stay = new Stay(history);
        byNumber[history.number()] = stay;
        all.add(stay);
      }
      return stay;
    }

    void clear() {
      all.forEach(stay -> byNumber[stay.history().number()] = null);
      all.clear();
    }
  }

  private boolean sums() {
    return !counted.equals(ReleaseMemory.PERSONS);
  }

  private void compare() {
    List<SetHistory> all = complete(histories);
    sets = new NearSets(k, sums(), all);
    changes = new NearChanges(k, false, all);
    growth = new NearChanges(k, true, all);
    combined = new CombinedSums(k, sums() ? all : List.of());
    besideCount = new SumsBesideCount(k, dominance, complete(counts), sums() ? all : List.of());
    elements = new Stays(all.size());
    amounts = new Stays(all.size());
    counting = new Stays(counts.size());
  }

  private List<SetHistory> complete(Map<SetHistory.Of, SetHistory> kind) {
    List<SetHistory> all = new ArrayList<>(kind.values());
    all.forEach(history -> history.complete(tonight));
    all.sort(Comparator.comparingInt(SetHistory::number));
    return all;
  }

  private void end(boolean person) {
    if (element == null) {
      return;
    }
    sets.add(elements.all, element.known);
    changes.add(elements.all, element.known);
    if (sums() && !element.known) {
      growth.add(elements.all, false);
    }
    elements.clear();
    if (person) {
      if (sums() && element.known) {
        growth.add(amounts.all, true);
      }
      combined.add(amounts.all);
      besideCount.add(counting.all, amounts.all);
      amounts.clear();
      counting.clear();
    }
  }

  /** Figures whose new set gives way. */
  Map<SetHistory.Of, Reason> givingWay() {
    Set<SetHistory.Of> found = new TreeSet<>();
    Map<SetHistory.Of, Reason> why = new TreeMap<>();
    if (sets != null) {
      end(true);
      sets.givingWay(found);
      changes.givingWay(found);
      growth.givingWay(found);
      found.forEach(of -> why.put(of, Reason.ANOTHER_SEGMENT));
      besideCount.givingWay(found);
      found.forEach(of -> why.putIfAbsent(of, Reason.NEARLY_ALIKE));
      // Last several sums, as what gives way already helps.
      combined.givingWay(found);
      besideCount.grownTogether(found);
      found.forEach(of -> why.putIfAbsent(of, Reason.SUMS_TOGETHER));
      besideCount.givingWayTogether(found);
      found.forEach(of -> why.putIfAbsent(of, Reason.NEARLY_ALIKE));
    }
    return why;
  }
}
