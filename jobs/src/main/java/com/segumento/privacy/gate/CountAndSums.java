package com.segumento.privacy.gate;

import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The number of persons of one segment in a cell, beside its sums there: whoever takes so many
 * times an amount that nearly all add from a sum is left with what the others add. Count and sum
 * may be of different nights, and it is the same with what both have grown by, and with two or
 * three sums added up or subtracted, and what these have grown by; three of them without the
 * number, too. All that the judged release has a part in is asked.
 */
final class CountAndSums {
  /** With more sums anything new is refused by {@link CombinedFigures}. */
  private static final int MOST = 20;

  /** With more of them no three are put together. */
  private static final int MOST_OF_THREE = 7;

  /** With more of them it is not asked what several have grown by. */
  private static final int MOST_OF_GROWTH = 4;

  private static final int NOBODY = -1;

  private final int k;
  private final double p;
  private final long release;
  private final ComparedFigure count;
  private final List<Question> questions = new ArrayList<>();

  /** Those to which only who has moved adds. */
  private final List<Question> changes = new ArrayList<>();

  /** A set of a sum, once or taken away. */
  private record Part(ComparedFigure sum, int set, int sign) {
    long of(Map<ComparedFigure, Presence> adds) {
      Presence presence = adds.get(sum);
      return presence == null ? 0 : sign * presence.in(set);
    }
  }

  /**
   * One number of persons, or what it grew by, beside money.
   *
   * @param set of persons; {@link #NOBODY} where it is of sums only
   * @param before the one subtracted
   * @param now whether it is asked only where the figures stand
   */
  private record Question(int set, int before, List<Part> parts, boolean now, Remainder remainder) {
    void add(Presence counts, Map<ComparedFigure, Presence> adds) {
      long counted = counts == null ? 0 : counts.in(set) - counts.in(before);
      long money = 0;
      for (Part part : parts) {
        money += part.of(adds);
      }
      remainder.add(counted, money);
    }

    boolean isBesideCount() {
      return set != NOBODY;
    }

    boolean tells(ComparedFigure count) {
      return remainder.tells()
          && (!now || (count.now() > 0 && parts.stream().allMatch(part -> part.sum.now() > 0)));
    }
  }

  /**
   * Of nobody yet.
   *
   * @param k fewer of whom nothing may be told
   * @param p of the p% rule; 0 for none
   * @param release the one that is judged
   * @param count the number of persons, of which there are sets
   * @param sums of the same segment and cell, of which there are sets
   */
  CountAndSums(int k, double p, long release, ComparedFigure count, List<ComparedFigure> sums) {
    this.k = k;
    this.p = p;
    this.release = release;
    this.count = count;
    for (ComparedFigure sum : sums) {
      if (changed(count) || changed(sum)) {
        addWholes(sum, bounds(sum));
        addChanges(sum, bounds(sum));
      }
    }
    if (sums.size() <= MOST) {
      addTogether(sums, 0, List.of());
    }
  }

  private static List<Long> bounds(ComparedFigure sum) {
    return ReleaseMemory.bounds(sum.figure());
  }

  private boolean changed(ComparedFigure figure) {
    return figure.changedWith(release);
  }

  private static int last(ComparedFigure figure) {
    return figure.sets().size() - 1;
  }

  private void addWholes(ComparedFigure sum, List<Long> bounds) {
    for (int set = 0; set <= last(count); set++) {
      for (int ofSum = 0; ofSum <= last(sum); ofSum++) {
        boolean ofNewCount = changed(count) && set == last(count);
        boolean ofNewSum = changed(sum) && ofSum == last(sum);
        if (ofNewCount || ofNewSum) {
          List<Part> parts = List.of(new Part(sum, ofSum, 1));
          questions.add(new Question(set, -1, parts, false, new AlikeShares(k, bounds)));
          for (long bound : new LinkedHashSet<>(bounds)) {
            if (p > 0 && bound != 0) {
              Remainder left = new LeftToBound(bound, bounds, p);
              questions.add(new Question(set, -1, parts, false, left));
            }
          }
        }
      }
    }
  }

  /** Of who has not moved in one of the two there is nobody whose share could be taken. */
  private void addChanges(ComparedFigure sum, List<Long> bounds) {
    Set<Long> releases = new TreeSet<>();
    count.sets().forEach(set -> releases.add(set.release()));
    sum.sets().forEach(set -> releases.add(set.release()));
    Set<List<Integer>> both = new LinkedHashSet<>();
    releases.forEach(since -> both.add(List.of(count.at(since), sum.at(since))));
    for (List<Integer> before : both) {
      int ofCount = before.get(0);
      int ofSum = before.get(1);
      if (ofCount >= 0 && ofSum >= 0 && ofCount < last(count) && ofSum < last(sum)) {
        changes.add(change(sum, ofCount, ofSum, bounds));
      }
    }
    for (int before = 0; before < last(count); before++) {
      questions.add(change(sum, before, -1, bounds));
    }
    for (int before = 0; before < last(sum); before++) {
      questions.add(change(sum, -1, before, bounds));
    }
  }

  private Question change(ComparedFigure sum, int ofCount, int ofSum, List<Long> bounds) {
    List<Part> parts = List.of(new Part(sum, last(sum), 1), new Part(sum, ofSum, -1));
    return new Question(last(count), ofCount, parts, true, new AlikeShares(k, bounds));
  }

  private void addTogether(List<ComparedFigure> sums, int next, List<Part> parts) {
    if (parts.size() > 1) {
      boolean told = parts.stream().anyMatch(this::isNew);
      boolean growth = sums.size() <= MOST_OF_GROWTH;
      if (told || changed(count)) {
        addTogether(last(count), parts, growth);
      }
      if (told && changed(count) && last(count) > 0) {
        addTogether(last(count) - 1, parts, growth);
      }
      if (told && growth && parts.size() > 2) {
        addGrowth(NOBODY, parts);
      }
    }
    if (parts.size() == (sums.size() > MOST_OF_THREE ? 2 : 3)) {
      return;
    }
    for (int i = next; i < sums.size(); i++) {
      ComparedFigure sum = sums.get(i);
      for (int sign = 1; sign >= (parts.isEmpty() ? 1 : -1); sign -= 2) {
        addTogether(sums, i + 1, and(parts, new Part(sum, last(sum), sign)));
        if (changed(sum) && last(sum) > 0) {
          addTogether(sums, i + 1, and(parts, new Part(sum, last(sum) - 1, sign)));
        }
      }
    }
  }

  private boolean isNew(Part part) {
    return changed(part.sum) && part.set == last(part.sum);
  }

  private void addTogether(int set, List<Part> parts, boolean growth) {
    questions.add(new Question(set, NOBODY, parts, true, new AlikeShares(k, List.of())));
    if (growth) {
      addGrowth(set, parts);
    }
  }

  /** What all have come to add since releases at which each had another set, of persons as well. */
  private void addGrowth(int set, List<Part> parts) {
    Set<Long> releases = new TreeSet<>();
    count.sets().forEach(one -> releases.add(one.release()));
    parts.forEach(part -> part.sum.sets().forEach(one -> releases.add(one.release())));
    Set<List<Integer>> all = new LinkedHashSet<>();
    for (long since : releases) {
      List<Integer> before = new ArrayList<>();
      before.add(set == NOBODY ? NOBODY : count.at(since));
      parts.forEach(part -> before.add(part.sum.at(since)));
      boolean grown = set == NOBODY || (before.get(0) >= 0 && before.get(0) < set);
      for (int i = 0; i < parts.size(); i++) {
        grown &= before.get(i + 1) >= 0 && before.get(i + 1) < parts.get(i).set;
      }
      if (grown) {
        all.add(before);
      }
    }
    for (List<Integer> before : all) {
      List<Part> grown = new ArrayList<>(parts);
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        grown.add(new Part(part.sum, before.get(i + 1), -part.sign));
      }
      Remainder left = set == NOBODY ? new FewAmounts(k) : new AlikeShares(k, List.of());
      changes.add(new Question(set, before.get(0), List.copyOf(grown), true, left));
    }
  }

  private static List<Part> and(List<Part> parts, Part more) {
    List<Part> all = new ArrayList<>(parts);
    all.add(more);
    return List.copyOf(all);
  }

  /**
   * A person, under one name.
   *
   * @param counts when it counted; null where it never did
   * @param adds all it adds to sums of the cell
   */
  void add(Presence counts, Map<ComparedFigure, Presence> adds) {
    add(questions, counts, adds);
    if (!changes.isEmpty() && moved(counts, adds)) {
      add(changes, counts, adds);
    }
  }

  private static boolean moved(Presence counts, Map<ComparedFigure, Presence> adds) {
    return (counts != null && counts.moved()) || adds.values().stream().anyMatch(Presence::moved);
  }

  private static void add(
      List<Question> open, Presence counts, Map<ComparedFigure, Presence> adds) {
    open.removeIf(
        question -> {
          question.add(counts, adds);
          return !question.remainder.isOpen();
        });
  }

  /** Sums that tell of few beside the number; of several that do together, the first. */
  Set<ComparedFigure> telling() {
    Set<ComparedFigure> telling = new LinkedHashSet<>();
    told(true).forEach(question -> telling.add(question.parts.get(0).sum));
    return telling;
  }

  /** Sums that tell of few together, by what they have grown by: of each of them the first two. */
  Set<List<ComparedFigure>> growing() {
    Set<List<ComparedFigure>> growing = new LinkedHashSet<>();
    told(false)
        .forEach(
            question -> growing.add(List.of(question.parts.get(0).sum, question.parts.get(1).sum)));
    return growing;
  }

  private Stream<Question> told(boolean besideCount) {
    return Stream.of(questions, changes)
        .flatMap(List::stream)
        .filter(question -> question.isBesideCount() == besideCount && question.tells(count));
  }
}
