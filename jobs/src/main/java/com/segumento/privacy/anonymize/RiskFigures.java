package com.segumento.privacy.anonymize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How likely persons are to be found again in a table and in what was made of it. In a class C of
 * |C| persons each is found with probability 1/|C|.
 *
 * <ul>
 *   <li>Prosecutor, who knows that a person is in the table: highest max 1/|C|, on the average
 *       classes over persons; at risk are the persons with 1/|C| above 1/k.
 *   <li>Journalist, who does not: the same over the classes of the population. No other population
 *       being given it is the table itself, and his risks are the prosecutor's.
 *   <li>Marketer, who wants as many as he can: the share he would find, classes over persons.
 * </ul>
 *
 * <p>After, persons are those of kept classes: who is suppressed can't be found. A person with rows
 * in several classes counts in each.
 *
 * @param before classes by their size in persons, in the table
 * @param after the same of the kept classes of the result
 * @param k persons in smaller classes than this are at risk
 * @see <a href="https://doi.org/10.1197/jamia.M2716">El Emam and Dankar, Protecting privacy using
 *     k-anonymity (2008)</a>
 */
public record RiskFigures(SortedMap<Long, Long> before, SortedMap<Long, Long> after, int k) {
  private static final long[] BANDS = {1, 2, 3, 5, 10, 20, 50, 100, 1000, Long.MAX_VALUE};
  private static final double PERCENT = 100;

  public RiskFigures {
    before = Collections.unmodifiableSortedMap(before);
    after = Collections.unmodifiableSortedMap(after);
  }

  /** Kept classes. */
  long classes() {
    return classes(after);
  }

  /** Persons of kept classes. */
  long persons() {
    return persons(after);
  }

  /** Persons of the smallest kept class; 0 where there is none. */
  long smallest() {
    return after.isEmpty() ? 0 : after.firstKey();
  }

  /** Persons of the largest kept class; 0 where there is none. */
  long largest() {
    return after.isEmpty() ? 0 : after.lastKey();
  }

  private static long classes(SortedMap<Long, Long> sizes) {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long persons(SortedMap<Long, Long> sizes) {
    long persons = 0;
    for (Map.Entry<Long, Long> size : sizes.entrySet()) {
      persons += size.getKey() * size.getValue();
    }
    return persons;
  }

  private static double highest(SortedMap<Long, Long> sizes) {
    return sizes.isEmpty() ? 0 : 1.0 / sizes.firstKey();
  }

  private static double average(SortedMap<Long, Long> sizes) {
    return sizes.isEmpty() ? 0 : classes(sizes) / (double) persons(sizes);
  }

  private double atRisk(SortedMap<Long, Long> sizes) {
    return sizes.isEmpty() ? 0 : persons(sizes.headMap((long) k)) / (double) persons(sizes);
  }

  /** The figures for {@code report.json}. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("threshold", 1.0 / k);
    figures.put("population", "the table itself");
    figures.put("before", figures(before));
    figures.put("after", figures(after));
    return figures;
  }

  private Map<String, Object> figures(SortedMap<Long, Long> sizes) {
    Map<String, Object> attacker = new LinkedHashMap<>();
    attacker.put("highest_risk", highest(sizes));
    attacker.put("average_risk", average(sizes));
    attacker.put("records_at_risk", atRisk(sizes));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("prosecutor", attacker);
    figures.put("journalist", attacker);
    figures.put("marketer", Map.of("average_risk", average(sizes)));
    figures.put("class_sizes", bands(sizes));
    return figures;
  }

  private static List<Map<String, Object>> bands(SortedMap<Long, Long> sizes) {
    List<Map<String, Object>> bands = new ArrayList<>();
    for (int i = 0; i + 1 < BANDS.length; i++) {
      SortedMap<Long, Long> inside = sizes.subMap(BANDS[i], BANDS[i + 1]);
      Map<String, Object> band = new LinkedHashMap<>();
      band.put("from", BANDS[i]);
      if (BANDS[i + 1] != Long.MAX_VALUE) {
        band.put("to", BANDS[i + 1] - 1);
      }
      band.put("classes", classes(inside));
      band.put("persons", persons(inside));
      bands.add(band);
    }
    return bands;
  }

  /**
   * The figures for charts, in percent, labelled {@code category: before} and {@code category:
   * after}: {@code risk} and {@code class_sizes}.
   */
  public Map<String, Map<String, Double>> breakdowns() {
    Map<String, Double> risk = new LinkedHashMap<>();
    for (String attacker : List.of("Prosecutor", "Journalist")) {
      put(risk, attacker + ", highest", highest(before), highest(after));
      put(risk, attacker + ", average", average(before), average(after));
    }
    put(risk, "Marketer", average(before), average(after));
    put(risk, "Records at risk", atRisk(before), atRisk(after));
    Map<String, Double> sizes = new LinkedHashMap<>();
    for (int i = 0; i + 1 < BANDS.length; i++) {
      put(sizes, band(i), share(before, i), share(after, i));
    }
    Map<String, Map<String, Double>> breakdowns = new LinkedHashMap<>();
    breakdowns.put("risk", risk);
    breakdowns.put("class_sizes", sizes);
    return breakdowns;
  }

  private static void put(Map<String, Double> into, String name, double before, double after) {
    into.put(name + ": before", PERCENT * before);
    into.put(name + ": after", PERCENT * after);
  }

  private static double share(SortedMap<Long, Long> sizes, int band) {
    SortedMap<Long, Long> inside = sizes.subMap(BANDS[band], BANDS[band + 1]);
    return inside.isEmpty() ? 0 : persons(inside) / (double) persons(sizes);
  }

  private static String band(int i) {
    long last = BANDS[i + 1] - 1;
    if (BANDS[i + 1] == Long.MAX_VALUE) {
      return BANDS[i] + " and more";
    }
    return last == BANDS[i] ? Long.toString(last) : BANDS[i] + " to " + last;
  }
}
