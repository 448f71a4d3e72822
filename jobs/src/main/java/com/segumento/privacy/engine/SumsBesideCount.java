package com.segumento.privacy.engine;

import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which sums of a row, new tonight, tell of few <em>beside its number of persons</em>. Of a sum
 * that nearly everybody adds the same to, that much for each person, less the sum, is about the
 * others only: those who do not add the upper bound of its clamp, or more than once where everybody
 * has bought once. So also of what both have grown by since a release, and of several sums that are
 * added up and subtracted, as those of two flags of which nearly everybody has one.
 *
 * <p>Number and sum may be of different nights: each set that is new tonight is held against all
 * there were of the other, and each may be left as it stood until tonight.
 */
final class SumsBesideCount {
  /** Of more sums of a row {@link CombinedSums} lets none be new. */
  private static final int MOST = 20;

  /** Of no more sums three are put together, and else two. */
  private static final int MOST_FOR_THREE = 7;

  /** Of no more sums it is asked what several have grown by. */
  private static final int MOST_FOR_GROWTH = 4;

  private static final int NOBODY = -1;

  private final int k;
  private final OptionalDouble dominance;
  private final Map<String, OfRow> rows = new HashMap<>();

  /** Those a person is in, or was. */
  private final List<OfRow> met = new ArrayList<>();

  /**
   * Nobody yet.
   *
   * @param k that what is told must be about where it is about any
   * @param dominance p of the p% rule
   * @param counts numbers of persons of a cell, by segment
   * @param sums of the cell
   */
  SumsBesideCount(
      int k, OptionalDouble dominance, Collection<SetHistory> counts, Collection<SetHistory> sums) {
    this.k = k;
    this.dominance = dominance;
    for (SetHistory count : counts) {
      List<SetHistory> beside = sums.stream().filter(count::isOfSegmentOf).toList();
      if (count.isNew() || beside.stream().anyMatch(SetHistory::isNew)) {
        rows.put(count.of().segment(), new OfRow(count, beside));
      }
    }
  }

  /**
   * A person.
   *
   * @param counts where it is, and was, counted
   * @param sums all it adds, and added
   */
  void add(List<Stay> counts, List<Stay> sums) {
    meet(counts);
    meet(sums);
    met.forEach(OfRow::answer);
    met.clear();
  }

  private void meet(List<Stay> stays) {
    for (Stay stay : stays) {
      OfRow row = rows.get(stay.history().of().segment());
      if (row != null && row.isOpen()) {
        if (row.person.isEmpty()) {
          met.add(row);
        }
        row.person.put(stay.history(), stay);
      }
    }
  }

  /** Adds those whose new set gives way to these, of one sum beside its number. */
  void givingWay(Set<SetHistory.Of> found) {
    rows.values().forEach(row -> row.givingWay(found));
  }

  /** The same of several sums, where none of them gives way already. */
  void givingWayTogether(Set<SetHistory.Of> found) {
    rows.values().forEach(row -> row.givingWay(found, true));
  }

  /** The same of what several have grown by, whatever the number of persons. */
  void grownTogether(Set<SetHistory.Of> found) {
    rows.values().forEach(row -> row.givingWay(found, false));
  }

  /**
   * A figure, as it is or as it was, or what it has changed by.
   *
   * @param sign how often it counts, 1 or -1
   */
  private record Part(SetHistory history, int set, int from, int sign) {
    boolean isNew() {
      return history.isNew() && set == history.sets() - 1;
    }

    /** What somebody is, or adds. */
    long of(Map<SetHistory, Stay> person) {
      Stay stay = person.get(history);
      return stay == null ? 0 : sign * (at(stay, set) - at(stay, from));
    }

    private static long at(Stay stay, int set) {
      return set == NOBODY ? 0 : stay.bySet()[set];
    }

    /** The same less what was there after a release; of no set nothing is subtracted. */
    Part since(long release) {
      return set == NOBODY ? this : new Part(history, set, history.after(release), sign);
    }

    boolean mayHaveGrown() {
      return set == NOBODY || (from != NOBODY && from < set);
    }

    Part signed(int otherSign) {
      return new Part(history, set, from, otherSign);
    }
  }

  /** What may be worked out: a number of persons beside sums. */
  private final class Question {
    final Part count;
    final List<Part> sums;
    final AlikeShares alike = new AlikeShares(k);
    final List<LeftToBound> left = new ArrayList<>();

    Question(Part count, List<Part> sums) {
      this.count = count;
      this.sums = sums;
      if (dominance.isPresent() && isOfWholeSets()) {
        bounds().stream().filter(bound -> bound != 0).map(LeftToBound::new).forEach(left::add);
      }
    }

    private boolean isOfWholeSets() {
      return sums.size() == 1 && count.from == NOBODY && sums.get(0).from == NOBODY;
    }

    /** Whether who is in the same sets as ever has no part in it. */
    boolean isOfChanges() {
      return sums.get(0).from != NOBODY && (count.from != NOBODY || !isBesideCount());
    }

    /** Of several sums bounds tell nothing that those of one do not. */
    List<Long> bounds() {
      return sums.size() == 1 ? ReleaseMemory.bounds(sums.get(0).history.of().figure()) : List.of();
    }

    void add(Map<SetHistory, Stay> person) {
      long counted = count.of(person);
      long added = 0;
      for (Part sum : sums) {
        added += sum.of(person);
      }
      alike.add(counted, added);
      for (LeftToBound each : left) {
        each.add(counted, added);
      }
    }

    boolean isAnswered() {
      return left.isEmpty() && alike.many();
    }

    boolean isBesideCount() {
      return count.set != NOBODY;
    }

    boolean tells() {
      return (isBesideCount() ? alike.tells(bounds()) : alike.few())
          || left.stream().anyMatch(each -> each.dominated(dominance.getAsDouble()));
    }

    /** The sum of the fewest persons, else the number of persons. */
    SetHistory.Of givesWay() {
      return sums.stream()
          .filter(Part::isNew)
          .min(
              Comparator.comparingLong((Part sum) -> sum.history.size(sum.set))
                  .thenComparing(sum -> sum.history.of(), Comparator.reverseOrder()))
          .orElse(count)
          .history
          .of();
    }

    boolean anyOf(Set<SetHistory.Of> found) {
      return Stream.concat(Stream.of(count), sums.stream())
          .filter(Part::isNew)
          .anyMatch(part -> found.contains(part.history.of()));
    }
  }

  private final class OfRow {
    private final SetHistory count;
    private final List<SetHistory> sums;

    /** Those that are published in any case, by which the gate sees what it has to ask. */
    private final long stood;

    private final List<Question> open = new ArrayList<>();

    /** Those of what number and sum have both changed by. */
    private final List<Question> openOfChanges = new ArrayList<>();

    /** One person's, by figure. */
    private final Map<SetHistory, Stay> person = new HashMap<>();

    OfRow(SetHistory count, List<SetHistory> sums) {
      this.count = count;
      this.sums = sums.size() > MOST ? sums.stream().filter(OfRow::hasStood).toList() : sums;
      this.stood = sums.stream().filter(OfRow::hasStood).count();
      for (SetHistory sum : this.sums) {
        wholeSets(sum);
        changes(sum);
      }
      if (stood <= MOST) {
        combine(0, List.of(), stood > MOST_FOR_THREE ? 2 : 3);
      }
    }

    private static boolean hasStood(SetHistory sum) {
      return !sum.isNew() || sum.sets() > 1;
    }

    private void ask(Part counted, List<Part> added) {
      if (counted.isNew() || added.stream().anyMatch(Part::isNew)) {
        Question question = new Question(counted, added);
        (question.isOfChanges() ? openOfChanges : open).add(question);
      }
    }

    private void wholeSets(SetHistory sum) {
      for (int set = 0; set < count.sets(); set++) {
        for (int other = 0; other < sum.sets(); other++) {
          // Who is behind one of them only is not alike.
          if (Math.abs(count.size(set) - sum.size(other)) < k || dominance.isPresent()) {
            ask(new Part(count, set, NOBODY, 1), List.of(new Part(sum, other, NOBODY, 1)));
          }
        }
      }
    }

    private void changes(SetHistory sum) {
      for (int last : lasts(count)) {
        for (int other : lasts(sum)) {
          changes(sum, last, other);
        }
      }
    }

    private void changes(SetHistory sum, int last, int other) {
      NavigableSet<Long> releases = new TreeSet<>();
      IntStream.range(0, last).forEach(set -> releases.add(count.release(set)));
      IntStream.range(0, other).forEach(set -> releases.add(sum.release(set)));
      for (long release : releases) {
        int from = count.after(release);
        int otherFrom = sum.after(release);
        if (from >= 0 && otherFrom >= 0 && from < last && otherFrom < other) {
          ask(new Part(count, last, from, 1), List.of(new Part(sum, other, otherFrom, 1)));
        }
      }
      for (int from = 0; from < last; from++) {
        ask(new Part(count, last, from, 1), List.of(new Part(sum, other, NOBODY, 1)));
      }
      for (int from = 0; from < other; from++) {
        ask(new Part(count, last, NOBODY, 1), List.of(new Part(sum, other, from, 1)));
      }
    }

    /** The set that may be the last in the end: the new one, and what stood there. */
    private static int[] lasts(SetHistory history) {
      int last = history.sets() - 1;
      return history.isNew() && last > 0 ? new int[] {last, last - 1} : new int[] {last};
    }

    private void combine(int next, List<Part> chosen, int most) {
      if (chosen.size() > 1) {
        for (int set : lasts(count)) {
          ask(new Part(count, set, NOBODY, 1), chosen);
          askGrowth(set, chosen);
        }
      }
      if (chosen.size() > 2) {
        askGrowth(NOBODY, chosen);
      }
      for (int sum = next; sum < sums.size() && chosen.size() < most; sum++) {
        for (int set : lasts(sums.get(sum))) {
          Part part = new Part(sums.get(sum), set, NOBODY, 1);
          combine(sum + 1, and(chosen, part), most);
          if (!chosen.isEmpty()) { // else the same comes with all signs turned
            combine(sum + 1, and(chosen, part.signed(-1)), most);
          }
        }
      }
    }

    /**
     * What all have grown by since each release at which all had other sets; with fewer that have,
     * it is asked elsewhere.
     *
     * @param set of the number of persons, too, if any
     */
    private void askGrowth(int set, List<Part> chosen) {
      if (stood > MOST_FOR_GROWTH) {
        return;
      }
      List<Part> all = and(chosen, new Part(count, set, NOBODY, 1));
      NavigableSet<Long> releases = new TreeSet<>();
      for (Part part : all) {
        IntStream.range(0, part.set).forEach(from -> releases.add(part.history.release(from)));
      }
      Set<List<Part>> grown = new LinkedHashSet<>();
      for (long release : releases) {
        List<Part> since = all.stream().map(part -> part.since(release)).toList();
        if (since.stream().allMatch(Part::mayHaveGrown)) {
          grown.add(since);
        }
      }
      grown.forEach(parts -> ask(parts.get(chosen.size()), parts.subList(0, chosen.size())));
    }

    private static List<Part> and(List<Part> some, Part more) {
      List<Part> all = new ArrayList<>(some);
      all.add(more);
      return all;
    }

    boolean isOpen() {
      return !open.isEmpty() || !openOfChanges.isEmpty();
    }

    /** A person's part in each question. */
    void answer() {
      open.forEach(question -> question.add(person));
      open.removeIf(Question::isAnswered);
      if (person.values().stream().anyMatch(Stay::moved)) { // else nothing has changed by it
        openOfChanges.forEach(question -> question.add(person));
        openOfChanges.removeIf(Question::isAnswered);
      }
      person.clear();
    }

    void givingWay(Set<SetHistory.Of> found) {
      Stream.concat(open.stream(), openOfChanges.stream())
          .filter(question -> question.sums.size() == 1 && question.tells())
          .forEach(question -> found.add(question.givesWay()));
    }

    /** Of several sums, beside the number of persons or not. */
    void givingWay(Set<SetHistory.Of> found, boolean besideCount) {
      Stream.concat(open.stream(), openOfChanges.stream())
          .filter(question -> question.sums.size() > 1)
          .filter(question -> question.isBesideCount() == besideCount)
          .filter(question -> !question.anyOf(found) && question.tells())
          .forEach(question -> found.add(question.givesWay()));
    }
  }
}
