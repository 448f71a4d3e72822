package com.segumento.benchmark;

import java.util.List;

/**
 * Whether a mean over clients may be published.
 *
 * <p>A client that takes part knows its own value, so each rule holds for what is left when any one
 * of the clients is taken away: at least {@code minClients - 1} others, at least {@code k} persons,
 * and nobody with more than {@code maxShare} of the rest. Two clients that put their values
 * together are outside this rule.
 *
 * @param minClients with persons behind the figure, at least
 * @param k distinct persons behind it, at least, whichever client is taken away
 * @param maxShare of what the clients' values add up to, that one of them may have at most,
 *     whichever other one is taken away
 * @see <a href="https://doi.org/10.1007/978-1-4614-0857-6">Hundepool et al., Statistical Disclosure
 *     Control: dominance and p% rule</a>
 */
record ReleaseRule(int minClients, long k, double maxShare) {

  /** Whether the mean of these parts may be published. */
  boolean allows(List<Part> parts) {
    List<Part> behind = parts.stream().filter(part -> part.persons() > 0).toList();
    if (behind.size() < minClients) {
      return false;
    }
    long persons = behind.stream().mapToLong(Part::persons).sum();
    double sum = behind.stream().mapToDouble(Part::value).sum();
    for (int own = 0; own < behind.size(); own++) {
      double rest = sum - behind.get(own).value();
      if (persons - behind.get(own).persons() < k || largest(behind, own) > maxShare * rest) {
        return false;
      }
    }
    return true;
  }

  private static double largest(List<Part> parts, int but) {
    double largest = 0;
    for (int other = 0; other < parts.size(); other++) {
      if (other != but) {
        largest = Math.max(largest, parts.get(other).value());
      }
    }
    return largest;
  }
}
