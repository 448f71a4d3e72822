package com.segumento.privacy.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The best levels, found by trying all: what each loses is worked out person by person.
 *
 * @param persons all of the client
 * @param distinct values of the sensitive column a cell has to have; 1 where none are asked for
 * @param limit largest share of members in cells that fail
 */
record NaiveLevels(List<Person> persons, int k, int distinct, double limit) {
  private static final List<Integer> TOPS = List.of(2, 2, 5);

  /**
   * A person.
   *
   * @param places from pincode to country; of what is null nothing is known
   */
  record Person(
      Integer age, String gender, String income, List<String> places, Set<String> segments) {
    String label(int dimension, int level) {
      if (level == TOPS.get(dimension)) {
        return "*";
      }
      return switch (dimension) {
        case 0 -> age == null ? "unknown" : level == 0 ? "" + age : "" + Math.floorDiv(age, 10);
        case 1 -> level == 0 ? gender : gender.equals("x") ? "unlisted" : "binary";
        default ->
            places.get(level) == null || (level == 1 && places.get(2) == null)
                ? "unknown"
                : level == 1 ? places.get(1) + ", " + places.get(2) : places.get(level);
      };
    }
  }

  /** Persons by chance, of these places, in the segments a, b and c. */
  static List<Person> persons(int seed, List<List<String>> places) {
    Random random = new Random(seed);
    List<Person> persons = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      Set<String> segments = new TreeSet<>();
      for (String segment : List.of("a", "b", "c")) {
        if (random.nextInt(2) == 0) {
          segments.add(segment);
        }
      }
      persons.add(
          new Person(
              random.nextInt(8) == 0 ? null : 20 + random.nextInt(15 + seed),
              List.of("f", "m", "x").get(random.nextInt(random.nextInt(3) + 1)),
              Arrays.asList("low", "high", null).get(random.nextInt(3)),
              places.get(random.nextInt(places.size())),
              segments));
    }
    return persons;
  }

  /** What tells values of a dimension apart by which loss is measured. */
  private static String value(Person person, int dimension) {
    return dimension == 2 ? "" + person.places() : person.label(dimension, 0);
  }

  /** Levels, what they lose, and how many members are in cells that fail. */
  record Found(List<Integer> levels, double loss, long suppressed) {
    boolean betterThan(Found other) {
      if (other == null || Math.abs(loss - other.loss) > 1e-12) {
        return other == null || loss < other.loss;
      }
      if (suppressed != other.suppressed) {
        return suppressed < other.suppressed;
      }
      int sum = levels.stream().mapToInt(Integer::intValue).sum();
      int sumOfOther = other.levels.stream().mapToInt(Integer::intValue).sum();
      return sum != sumOfOther
          ? sum < sumOfOther
          : Arrays.compare(levels.toArray(Integer[]::new), other.levels.toArray(Integer[]::new))
              < 0;
    }
  }

  /**
   * The best.
   *
   * @param fixed by dimension the level it has to have; null where any will do
   */
  Found best(Integer... fixed) {
    Found best = null;
    for (int age = 0; age <= TOPS.get(0); age++) {
      for (int gender = 0; gender <= TOPS.get(1); gender++) {
        for (int place = 0; place <= TOPS.get(2); place++) {
          List<Integer> levels = List.of(age, gender, place);
          boolean allowed = true;
          for (int d = 0; d < fixed.length; d++) {
            allowed &= fixed[d] == null || fixed[d].equals(levels.get(d));
          }
          Found found = allowed ? at(levels) : null;
          if (found != null && found.betterThan(best)) {
            best = found;
          }
        }
      }
    }
    return best;
  }

  /** What these levels lose; null where too many members would be in cells that fail. */
  private Found at(List<Integer> levels) {
    Map<String, List<Person>> cells = new TreeMap<>();
    for (Person person : persons) {
      for (String segment : person.segments()) {
        String cell = segment;
        for (int d = 0; d < levels.size(); d++) {
          cell += "|" + person.label(d, levels.get(d));
        }
        cells.computeIfAbsent(cell, none -> new ArrayList<>()).add(person);
      }
    }
    Set<String> ids = new HashSet<>(List.of("a", "b", "c"));
    long members = 0;
    long suppressed = 0;
    double[] sums = new double[levels.size() + 1];
    for (List<Person> cell : cells.values()) {
      boolean kept = cell.size() >= k && (distinct == 1 || values(cell) >= distinct);
      members += cell.size();
      suppressed += kept ? 0 : cell.size();
      for (int d = 0; d <= levels.size(); d++) {
        double share =
            d == levels.size()
                ? 1.0 / ids.size()
                : share(d, levels.get(d), cell.get(0)) / (double) domain(d);
        sums[d] += cell.size() * (kept ? share : 1);
      }
    }
    if (suppressed > Math.floor(limit * members)) {
      return null;
    }
    double product = 1;
    for (int d = 0; d <= levels.size(); d++) {
      double least = members / (double) (d == levels.size() ? ids.size() : domain(d));
      double loss = (sums[d] - least) / (members - least);
      product *= Math.pow(1 + Math.floor(Math.max(0, loss) * 1e10) / 1e10, 1.0 / sums.length);
    }
    return new Found(levels, product - 1, suppressed);
  }

  private static long values(List<Person> cell) {
    return cell.stream().map(Person::income).filter(value -> value != null).distinct().count();
  }

  private long domain(int d) {
    return persons.stream().map(person -> value(person, d)).distinct().count();
  }

  /** Values that have the label of this person. */
  private long share(int d, int level, Person one) {
    String label = one.label(d, level);
    return persons.stream()
        .filter(person -> person.label(d, level).equals(label))
        .map(person -> value(person, d))
        .distinct()
        .count();
  }
}
