package com.segumento.benchmark;

import com.segumento.benchmark.Contribution.Subject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes the figures of one subject: the mean over clients, each of which weighs the same, whatever
 * its size. Shares and means only, rounded; how many clients or persons there are is not told.
 *
 * <p>Labels whose figure may not be published are put together as {@link #OTHER}. Shares add up to
 * one, so the rest is known whether it is published or not: it has to meet the same rule, and takes
 * in the smallest other figures until it does.
 *
 * @param decimals kept
 */
record MakeFigures(ReleaseRule rule, int decimals) {
  /** Label of the rest. */
  static final String OTHER = "other";

  /** One figure; of a mean the label is empty. */
  record Figure(Subject subject, String label, double value) {}

  /**
   * The figures that may be published.
   *
   * @param clients all that take part
   * @param earlier sets of earlier periods: a figure is published only where the rule holds for
   *     those of {@code clients} alone that are not in one of them, too
   */
  List<Figure> of(
      Subject subject, Collection<Contribution> clients, Collection<Set<String>> earlier) {
    List<List<Contribution>> groups = groups(clients, earlier);
    Map<String, Double> published = new TreeMap<>();
    List<String> rest = new ArrayList<>();
    for (String label : labels(subject, clients)) {
      if (allowed(groups, one -> one.of(subject).getOrDefault(label, NONE))) {
        published.put(label, mean(clients, one -> one.of(subject).getOrDefault(label, NONE)));
      } else {
        rest.add(label);
      }
    }
    while (!published.isEmpty()
        && !rest.isEmpty()
        && !allowed(groups, one -> together(one, subject, rest))) {
      String smallest = smallest(published);
      rest.add(smallest);
      published.remove(smallest);
    }
    if (published.isEmpty()) {
      return List.of(); // the rest is everybody
    }
    if (!rest.isEmpty()) {
      published.merge(OTHER, mean(clients, one -> together(one, subject, rest)), Double::sum);
    }
    return published.entrySet().stream()
        .map(figure -> new Figure(subject, figure.getKey(), rounded(figure.getValue())))
        .toList();
  }

  private static final Part NONE = new Part(0, 0);

  /** All clients, and those that came since each earlier set. */
  private static List<List<Contribution>> groups(
      Collection<Contribution> clients, Collection<Set<String>> earlier) {
    List<List<Contribution>> groups = new ArrayList<>();
    groups.add(List.copyOf(clients));
    for (Set<String> set : earlier) {
      List<Contribution> came =
          clients.stream().filter(one -> !set.contains(one.client())).toList();
      if (!came.isEmpty()) {
        groups.add(came);
      }
    }
    return groups;
  }

  private boolean allowed(List<List<Contribution>> groups, Function<Contribution, Part> part) {
    return groups.stream().allMatch(group -> rule.allows(group.stream().map(part).toList()));
  }

  private static double mean(Collection<Contribution> clients, Function<Contribution, Part> part) {
    return clients.stream().mapToDouble(one -> part.apply(one).value()).average().orElseThrow();
  }

  private static Part together(Contribution one, Subject subject, Collection<String> labels) {
    long persons = 0;
    double value = 0;
    for (String label : labels) {
      Part part = one.of(subject).getOrDefault(label, NONE);
      persons += part.persons();
      value += part.value();
    }
    return new Part(persons, value);
  }

  private static Set<String> labels(Subject subject, Collection<Contribution> clients) {
    TreeSet<String> labels = new TreeSet<>();
    clients.forEach(one -> labels.addAll(one.of(subject).keySet()));
    return labels;
  }

  private static String smallest(Map<String, Double> published) {
    return published.entrySet().stream()
        .min(Comparator.comparing(Map.Entry<String, Double>::getValue))
        .orElseThrow()
        .getKey();
  }

  private double rounded(double value) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).doubleValue();
  }
}
