package com.segumento.privacy;

import com.segumento.model.ReleaseMemory;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A segment in a cell, with all sets its figures have had, and what an attacker finds who takes its
 * number of persons as often as it likes from its sums, person by person. Money is in whole units.
 */
final class NaiveRow {
  private static final int FEWEST_OTHERS = 2;

  private final Map<String, List<Version>> histories;
  private final LocalDate oldest;
  private final long tonight;

  /**
   * A set that a release brought; of nobody where it closed the figure.
   *
   * @param adds of each person, what it adds; 1 where persons are counted
   */
  record Version(long release, Date date, Map<Integer, Long> adds) {
    static final Version NONE = new Version(0, new Date(0), Map.of());

    Version {
      date = new Date(date.getTime());
      adds = Map.copyOf(adds);
    }

    long of(int person) {
      return adds.getOrDefault(person, 0L);
    }
  }

  /** Two numbers, one of persons and one of money, that tell of few. */
  record Told(RandomRows.Kind kind, List<String> sums, Set<String> fresh) {
    /** Which of tonight's sets may give way. */
    Set<String> givingWay() {
      Set<String> ofSums = new HashSet<>(fresh);
      ofSums.remove(ReleaseMemory.PERSONS);
      return ofSums.isEmpty() ? fresh : ofSums;
    }
  }

  /** What is remembered of a figure. */
  private record Figure(String name, List<Version> sets, boolean stands, boolean isNew) {
    Version last() {
      return sets.get(sets.size() - 1);
    }

    /** Whether it is the set of tonight. */
    boolean isNewest(Version set) {
      return isNew && set.release == last().release;
    }

    Version at(long release) {
      return sets.stream()
          .filter(set -> set.release <= release)
          .reduce((before, after) -> after)
          .orElse(Version.NONE);
    }
  }

  /** A set that is counted once, or subtracted. */
  private record Part(Figure of, Version set, int sign) {
    boolean isFresh() {
      return of.isNewest(set);
    }

    boolean isAfter(Version before) {
      return before.release > 0 && before.release < set.release;
    }
  }

  /** How much a person adds to the number of persons, and to the sum. */
  private record Question(ToLongFunction<Integer> persons, ToLongFunction<Integer> money) {}

  NaiveRow(Map<String, List<Version>> histories, LocalDate oldest, long tonight) {
    this.histories = Map.copyOf(histories);
    this.oldest = oldest;
    this.tonight = tonight;
  }

  Map<String, List<Version>> histories() {
    return histories;
  }

  /** Figures with a set of tonight. */
  Set<String> fresh() {
    Set<String> fresh = new TreeSet<>();
    histories.keySet().stream()
        .filter(name -> figure(name, Set.of(), false).isNew)
        .forEach(fresh::add);
    return fresh;
  }

  /**
   * All that tells of fewer than k, or lets somebody's part be guessed by the p% rule.
   *
   * @param p of the p% rule; 0 for none
   * @param dropped figures whose set of tonight gives way to what stood there
   * @param stillThere whether the last set of a figure that stands no more is taken to stand
   */
  List<Told> told(int k, double p, Set<String> dropped, boolean stillThere) {
    Figure persons = figure(ReleaseMemory.PERSONS, dropped, stillThere);
    List<Figure> sums =
        histories.keySet().stream()
            .filter(name -> !name.equals(ReleaseMemory.PERSONS))
            .sorted()
            .map(name -> figure(name, dropped, stillThere))
            .filter(sum -> !sum.sets.isEmpty())
            .toList();
    List<Told> told = new ArrayList<>();
    for (Figure sum : sums) {
      for (List<Version> sets : wholes(persons, sum)) {
        Question whole = question(sets);
        Set<String> fresh = fresh(persons, sets.get(0), sum, sets.get(2));
        List<Long> bounds = bounds(sum.name);
        if (few(whole, k, bounds)) {
          told.add(new Told(RandomRows.Kind.WHOLE, List.of(sum.name), fresh));
        }
        if (p > 0 && bounds.stream().anyMatch(bound -> bound != 0 && dominated(whole, bound, p))) {
          told.add(new Told(RandomRows.Kind.DOMINANCE, List.of(sum.name), fresh));
        }
      }
      for (List<Version> sets : changes(persons, sum)) {
        if (few(question(sets), k, bounds(sum.name))) {
          Set<String> fresh = fresh(persons, sets.get(0), sum, sets.get(2));
          told.add(new Told(RandomRows.Kind.CHANGE, List.of(sum.name), fresh));
        }
      }
    }
    int longest = sums.size() <= 7 ? 3 : sums.size() <= 20 ? 2 : 0;
    together(persons, sums, longest, 0, List.of(), k, told);
    return told;
  }

  private Figure figure(String name, Set<String> dropped, boolean stillThere) {
    List<Version> history = new ArrayList<>(histories.get(name));
    if (dropped.contains(name)) {
      history.removeIf(version -> version.release == tonight && !version.adds.isEmpty());
    }
    List<Version> sets =
        IntStream.range(0, history.size())
            .filter(
                i -> i == history.size() - 1 || !newest(history.subList(0, i + 2)).isBefore(oldest))
            .mapToObj(history::get)
            .filter(version -> !version.adds.isEmpty())
            .toList();
    boolean there = !sets.isEmpty();
    Version last = there ? sets.get(sets.size() - 1) : Version.NONE;
    boolean stands = there && !history.get(history.size() - 1).adds.isEmpty();
    return new Figure(name, sets, stands || (there && stillThere), last.release == tonight);
  }

  private static LocalDate newest(List<Version> history) {
    return history.stream()
        .map(version -> version.date.toLocalDate())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Set<String> fresh(Figure persons, Version ofPersons, Figure sum, Version ofSum) {
    Set<String> fresh = new HashSet<>();
    if (persons.isNewest(ofPersons)) {
      fresh.add(persons.name);
    }
    if (sum.isNewest(ofSum)) {
      fresh.add(sum.name);
    }
    return Set.copyOf(fresh);
  }

  /** Each as two sets of persons, the second subtracted, and two of the sum. */
  private static Set<List<Version>> wholes(Figure persons, Figure sum) {
    Set<List<Version>> wholes = new LinkedHashSet<>();
    if (persons.isNew) {
      sum.sets.forEach(set -> wholes.add(whole(persons.last(), set)));
    }
    if (sum.isNew) {
      persons.sets.forEach(set -> wholes.add(whole(set, sum.last())));
    }
    return wholes;
  }

  private static List<Version> whole(Version persons, Version sum) {
    return List.of(persons, Version.NONE, sum, Version.NONE);
  }

  private static Set<List<Version>> changes(Figure persons, Figure sum) {
    Set<List<Version>> changes = new LinkedHashSet<>();
    if (!persons.stands || !sum.stands || !(persons.isNew || sum.isNew)) {
      return changes;
    }
    Version count = persons.last();
    Version money = sum.last();
    for (Figure either : List.of(persons, sum)) {
      for (Version set : either.sets) {
        Version before = persons.at(set.release);
        Version moneyBefore = sum.at(set.release);
        if (before.release > 0 && moneyBefore.release > 0) {
          changes.add(List.of(count, before, money, moneyBefore));
        }
      }
    }
    persons.sets.forEach(set -> changes.add(List.of(count, set, money, Version.NONE)));
    sum.sets.forEach(set -> changes.add(List.of(count, Version.NONE, money, set)));
    return changes;
  }

  private static Question question(List<Version> sets) {
    return new Question(
        person -> sets.get(0).of(person) - sets.get(1).of(person),
        person -> sets.get(2).of(person) - sets.get(3).of(person));
  }

  private static List<Part> parts(Figure figure, int sign) {
    List<Part> parts = new ArrayList<>();
    if (figure.stands) {
      parts.add(new Part(figure, figure.last(), sign));
    }
    if (figure.isNew && figure.sets.size() > 1) {
      parts.add(new Part(figure, figure.sets.get(figure.sets.size() - 2), sign));
    }
    return parts;
  }

  private static long money(List<Part> parts, int person) {
    return parts.stream().mapToLong(part -> part.sign * part.set.of(person)).sum();
  }

  /** The same of sets before, which come after that of persons. */
  private static long money(List<Part> parts, List<Version> before, int person) {
    long money = 0;
    for (int i = 0; i < parts.size(); i++) {
      money += parts.get(i).sign * before.get(i + 1).of(person);
    }
    return money;
  }

  /**
   * All there was at a release at which each figure had an earlier set.
   *
   * @param count null where persons do not matter
   */
  private static Set<List<Version>> before(Part count, List<Part> parts) {
    List<Part> all = new ArrayList<>(parts);
    if (count != null) {
      all.add(0, count);
    }
    Set<List<Version>> before = new LinkedHashSet<>();
    for (Part either : all) {
      for (Version set : either.of.sets) {
        if (all.stream().allMatch(part -> part.isAfter(part.of.at(set.release)))) {
          List<Version> then = new ArrayList<>();
          all.forEach(part -> then.add(part.of.at(set.release)));
          if (count == null) {
            then.add(0, Version.NONE);
          }
          before.add(then);
        }
      }
    }
    return before;
  }

  private static void add(List<Told> told, RandomRows.Kind kind, Part count, List<Part> parts) {
    Set<String> fresh = new HashSet<>();
    Stream.concat(Stream.ofNullable(count), parts.stream())
        .filter(Part::isFresh)
        .forEach(part -> fresh.add(part.of.name));
    if (!fresh.isEmpty()) {
      List<String> names = parts.stream().map(part -> part.of.name).toList();
      told.add(new Told(kind, names, Set.copyOf(fresh)));
    }
  }

  private void together(
      Figure persons,
      List<Figure> sums,
      int longest,
      int next,
      List<Part> parts,
      int k,
      List<Told> told) {
    if (parts.size() > 1) {
      for (Part count : parts(persons, 1)) {
        Question question = new Question(count.set::of, person -> money(parts, person));
        if (few(question, k, List.of())) {
          add(told, RandomRows.Kind.TOGETHER, count, parts);
        }
        for (List<Version> before : before(count, parts)) {
          Question growth =
              new Question(
                  person -> count.set.of(person) - before.get(0).of(person),
                  person -> money(parts, person) - money(parts, before, person));
          if (few(growth, k, List.of())) {
            add(told, RandomRows.Kind.TOGETHER, count, parts);
          }
        }
      }
    }
    if (parts.size() > 2) {
      for (List<Version> before : before(null, parts)) {
        long movers =
            anybody().stream()
                .filter(person -> money(parts, person) != money(parts, before, person))
                .count();
        if (movers > 0 && movers < k) {
          add(told, RandomRows.Kind.GROWTH, null, parts);
        }
      }
    }
    for (int i = next; i < sums.size() && parts.size() < longest; i++) {
      for (int sign : parts.isEmpty() ? new int[] {1} : new int[] {1, -1}) {
        for (Part part : parts(sums.get(i), sign)) {
          List<Part> more = new ArrayList<>(parts);
          more.add(part);
          together(persons, sums, longest, i + 1, more, k, told);
        }
      }
    }
  }

  /** All who are in any set. */
  private Set<Integer> anybody() {
    Set<Integer> anybody = new TreeSet<>();
    histories.values().forEach(sets -> sets.forEach(set -> anybody.addAll(set.adds.keySet())));
    return anybody;
  }

  private boolean few(Question question, int k, List<Long> bounds) {
    for (int one : anybody()) {
      long persons = question.persons.applyAsLong(one);
      long each = persons == 0 ? 0 : question.money.applyAsLong(one) / persons;
      if (each != 0) {
        int alike = 0;
        int others = 0;
        for (int person : anybody()) {
          long counted = question.persons.applyAsLong(person);
          long money = question.money.applyAsLong(person);
          if (counted != 0 && money == each * counted) {
            alike++;
          } else if (counted != 0 || money != 0) {
            others++;
          }
        }
        if (alike > 0 && others > 0 && others < k && (alike >= k || bounds.contains(each))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean dominated(Question question, long each, double p) {
    List<Long> left =
        anybody().stream()
            .map(
                person ->
                    Math.abs(
                        each * question.persons.applyAsLong(person)
                            - question.money.applyAsLong(person)))
            .filter(amount -> amount > 0)
            .sorted(Comparator.reverseOrder())
            .toList();
    long others = left.stream().skip(FEWEST_OTHERS).mapToLong(Long::longValue).sum();
    return !left.isEmpty() && others * 100 < left.get(0) * p;
  }

  /** Read from the name of the sum, as it is told to everybody. */
  private static List<Long> bounds(String sum) {
    String[] clamp = sum.replaceAll(".*\\[(.*)]", "$1").split(", ", -1);
    return List.of((long) Double.parseDouble(clamp[1]), (long) Double.parseDouble(clamp[0]));
  }
}
