package com.segumento.privacy.engine;

import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All figures of one kind in cells of the same labels, of all segments, read one person after the
 * other: first all sets that are remembered or new, then who came to them and left them.
 */
final class FiguresOfCell {
  private final int k;
  private final long tonight;
  private final String cell;
  private final String counted;
  private final Map<SetHistory.Of, SetHistory> histories = new HashMap<>();
  private final List<Stay> stays = new ArrayList<>();
  private NearSets sets;
  private NearChanges changes;
  private Stay[] byNumber = {};
  private byte[] element;
  private boolean known;

  /**
   * Nothing yet.
   *
   * @param k that figures may not tell fewer of than
   * @param tonight the number of the release that is being made
   * @param counted what the figures count, as {@link ReleaseMemory#counted}
   */
  FiguresOfCell(int k, long tonight, String cell, String counted) {
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
    histories.computeIfAbsent(of, any -> new SetHistory(any, histories.size())).add(release, size);
  }

  /**
   * Somebody came to a figure, or left it. All that one did comes one after the other.
   *
   * @param person who, or with which share
   * @param isKnown whether it is known which other figures it is in
   */
  void addChange(SetHistory.Of of, byte[] person, boolean isKnown, long release, int change) {
    if (sets == null) {
      compare();
    }
    if (!Arrays.equals(person, element)) {
      end();
      element = person;
      known = isKnown;
    }
    SetHistory history = histories.get(of);
    int set = history == null ? 0 : history.first(release);
    if (history != null && set < history.sets()) {
      stay(history).add(set, change);
    }
  }

  private Stay stay(SetHistory history) {
    Stay stay = byNumber[history.number()];
    if (stay == null) {
      stay = new Stay(history);
      byNumber[history.number()] = stay;
      stays.add(stay);
    }
    return stay;
  }

  private void compare() {
    List<SetHistory> all = new ArrayList<>(histories.values());
    all.forEach(history -> history.complete(tonight));
    all.sort((one, two) -> Integer.compare(one.number(), two.number()));
    sets = new NearSets(k, !counted.equals(ReleaseMemory.PERSONS), all);
    changes = new NearChanges(k, all);
    byNumber = new Stay[all.size()];
  }

  private void end() {
    sets.add(stays, known);
    changes.add(stays, known);
    stays.forEach(stay -> byNumber[stay.history().number()] = null);
    stays.clear();
  }

  /** Figures whose new set gives way. */
  Set<SetHistory.Of> givingWay() {
    Set<SetHistory.Of> found = new TreeSet<>();
    if (sets != null) {
      end();
      sets.givingWay(found);
      changes.givingWay(found);
    }
    return found;
  }
}
