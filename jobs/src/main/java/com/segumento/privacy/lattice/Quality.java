package com.segumento.privacy.lattice;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much a generalized table still says: shares from 0, where nothing is left, to 1, where
 * nothing was lost, unless said otherwise.
 *
 * @param granularity how little of their domains the labels cover
 * @param intensity how low in their hierarchies the labels are
 * @param nonUniformEntropy how well the original values can be told from the labels, given how
 *     frequent they are
 * @param squaredError mean over the numeric attributes; nothing where there are none
 * @param discernibility squares of the class sizes, a suppressed row counting as all rows: a loss,
 *     not a share
 * @param averageClassSize rows over classes, the suppressed ones being one
 * @param ambiguity original combinations, on the average, that a row may stand for
 */
public record Quality(
    double granularity,
    double intensity,
    double nonUniformEntropy,
    OptionalDouble squaredError,
    double discernibility,
    double averageClassSize,
    double ambiguity,
    List<OfAttribute> attributes) {

  /**
   * The same of one quasi-identifier.
   *
   * @param valuesBefore distinct values in the table
   * @param labelsAfter distinct labels in kept rows
   */
  public record OfAttribute(
      String attribute,
      int level,
      int valuesBefore,
      int labelsAfter,
      double granularity,
      double intensity,
      double nonUniformEntropy,
      OptionalDouble squaredError) {}

  public Quality {
    attributes = List.copyOf(attributes);
  }

  static Quality of(Groups table, Hierarchy[] hierarchies, Node node) {
    Marginals all = Marginals.of(table, hierarchies);
    Marginals lost = Marginals.suppressed(table, hierarchies, node, node.kept());
    List<OfAttribute> attributes = new ArrayList<>();
    double covered = 0;
    double least = 0;
    double bits = 0;
    double mostBits = 0;
    for (int d = 0; d < hierarchies.length; d++) {
      OneAttribute one = new OneAttribute(all, lost, d, node.levels()[d]);
      attributes.add(one.quality());
      covered += one.covered() / hierarchies.length;
      least += one.least() / hierarchies.length;
      bits += one.bits();
      mostBits += one.mostBits();
    }
    double rows = all.rows();
    return new Quality(
        OneAttribute.left(covered - least, 1 - least),
        attributes.stream().mapToDouble(OfAttribute::intensity).average().orElse(1),
        OneAttribute.left(bits, mostBits),
        attributes.stream()
            .filter(one -> one.squaredError().isPresent())
            .mapToDouble(one -> one.squaredError().getAsDouble())
            .average(),
        node.keptSquares() + rows * node.suppressed(),
        rows / (node.keptClasses() + (node.suppressed() > 0 ? 1 : 0)),
        ambiguity(hierarchies, node, rows),
        attributes);
  }

  private static double ambiguity(Hierarchy[] hierarchies, Node node, double rows) {
    double domain = 1;
    for (Hierarchy hierarchy : hierarchies) {
      domain *= hierarchy.values();
    }
    double sum = domain * node.suppressed();
    for (int c = 0; c < node.kept().length; c++) {
      if (node.kept()[c]) {
        double combinations = node.classes().rows()[c];
        int group = node.classes().representative()[c];
        for (int d = 0; d < hierarchies.length; d++) {
          combinations *= hierarchies[d].size(node.groups().codes()[d][group], node.levels()[d]);
        }
        sum += combinations;
      }
    }
    return sum / rows;
  }

  /** Figures of one attribute at one level, from its counts in all and in suppressed rows. */
  private record OneAttribute(Marginals all, Marginals lost, int d, int level) {

    /** What is left where {@code loss} of at most {@code most} was lost. */
    static double left(double loss, double most) {
      return most > 0 ? Math.max(0, 1 - loss / most) : 1;
    }

    private Hierarchy hierarchy() {
      return all.hierarchy(d);
    }

    double least() {
      return 1.0 / hierarchy().values();
    }

    double covered() {
      double kept = (all.sizes(d, level) - lost.sizes(d, level)) / (double) hierarchy().values();
      return (kept + lost.rows()) / all.rows();
    }

    double bits() {
      long[] labels = all.labels(d, level);
      double sum = 0;
      for (int code = 0; code < hierarchy().values(); code++) {
        double rows = all.count(d, code);
        if (rows > 0) {
          sum += rows * log2(labels[hierarchy().generalize(code, level)] / rows);
        }
      }
      for (double rows : lost.labels(d, level)) {
        if (rows > 0) {
          sum += rows * log2(lost.rows() / rows);
        }
      }
      return sum;
    }

    double mostBits() {
      double sum = 0;
      for (int code = 0; code < hierarchy().values(); code++) {
        double rows = all.count(d, code);
        sum += rows > 0 ? rows * log2(all.rows() / rows) : 0;
      }
      return sum;
    }

    private static double log2(double x) {
      return Math.log(x) / Math.log(2);
    }

    /** Each value taken as the mean of its label in kept rows, or of the table. */
    private OptionalDouble squaredError() {
      double[] numbers = hierarchy().numbers();
      if (numbers == null) {
        return OptionalDouble.empty();
      }
      int labels = hierarchy().labels(level);
      double[] sums = new double[labels];
      double[] rows = new double[labels];
      double sum = 0;
      for (int code = 0; code < numbers.length; code++) {
        double kept = all.count(d, code) - lost.count(d, code);
        rows[hierarchy().generalize(code, level)] += kept;
        sums[hierarchy().generalize(code, level)] += kept * numbers[code];
        sum += all.count(d, code) * numbers[code];
      }
      double mean = sum / all.rows();
      double error = 0;
      double most = 0;
      for (int code = 0; code < numbers.length; code++) {
        int label = hierarchy().generalize(code, level);
        double kept = all.count(d, code) - lost.count(d, code);
        double fromMean = Math.pow(numbers[code] - mean, 2);
        error += kept > 0 ? kept * Math.pow(numbers[code] - sums[label] / rows[label], 2) : 0;
        error += lost.count(d, code) * fromMean;
        most += all.count(d, code) * fromMean;
      }
      return OptionalDouble.of(left(error, most));
    }

    OfAttribute quality() {
      int before = 0;
      for (int code = 0; code < hierarchy().values(); code++) {
        before += all.count(d, code) > 0 ? 1 : 0;
      }
      long[] labels = all.labels(d, level);
      long[] gone = lost.labels(d, level);
      int after = 0;
      for (int label = 0; label < labels.length; label++) {
        after += labels[label] > gone[label] ? 1 : 0;
      }
      double height = hierarchy().height();
      double raised = height == 0 ? 0 : level / height;
      double kept = 1 - lost.rows() / (double) all.rows();
      return new OfAttribute(
          hierarchy().attribute(),
          level,
          before,
          after,
          left(covered() - least(), 1 - least()),
          kept * (1 - raised),
          left(bits(), mostBits()),
          squaredError());
    }
  }
}
