package com.segumento.privacy.lattice;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How far apart two values of a sensitive attribute are, from 0 to 1. */
public enum GroundDistance {
  /** Any two different values are 1 apart: half the sum of the differences. */
  EQUAL {
    @Override
    Measure from(Groups.SensitiveCounts table) {
      return new Equal(distribution(table));
    }
  },

  /**
   * The number of steps between two values in their natural order, over the most there are: numbers
   * by size, other values as text.
   */
  ORDERED {
    @Override
    Measure from(Groups.SensitiveCounts table) {
      return new Ordered(distribution(table), table.hierarchy().naturalOrder());
    }
  },

  /** The same in the order of the lines of the attribute's hierarchy. */
  LISTED {
    @Override
    Measure from(Groups.SensitiveCounts table) {
      return new Ordered(
          distribution(table), IntStream.range(0, table.hierarchy().values()).toArray());
    }
  },

  /** The level at which two values get the same label, over the hierarchy's height. */
  HIERARCHICAL {
    @Override
    Measure from(Groups.SensitiveCounts table) {
      return Hierarchical.of(distribution(table), table.hierarchy());
    }
  };

  abstract Measure from(Groups.SensitiveCounts table);

  private static double[] distribution(Groups.SensitiveCounts table) {
    double[] whole = new double[table.hierarchy().values()];
    double total = 0;
    for (int i = 0; i < table.values().length; i++) {
      whole[table.values()[i]] += table.counts()[i];
      total += table.counts()[i];
    }
    for (int value = 0; value < whole.length; value++) {
      whole[value] /= total;
    }
    return whole;
  }

  /** A table's distribution made ready to be compared with; of one thread. */
  interface Measure {
    /** The earth mover's distance to a class's distribution. */
    double to(ClassStatistics.ValueCounts values);

    /** The least there can be to a class with no other values than these. */
    double least(ClassStatistics.ValueCounts values);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Equal(double[] whole) implements Measure {
    @Override
    public double to(ClassStatistics.ValueCounts values) {
      double sum = 1; // of all values that do not occur in the class
      for (int i = 0; i < values.distinct(); i++) {
        int value = values.value(i);
        double share = values.count(value) / (double) values.total();
        sum += Math.abs(share - whole[value]) - whole[value];
      }
      return sum / 2;
    }

    @Override
    public double least(ClassStatistics.ValueCounts values) {
      double missing = 1;
      for (int i = 0; i < values.distinct(); i++) {
        missing -= whole[values.value(i)];
      }
      return missing;
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Ordered(double[] whole, int[] order) implements Measure {
    @Override
    public double to(ClassStatistics.ValueCounts values) {
      double sum = 0;
      double cumulated = 0;
      for (int value : order) {
        cumulated += values.count(value) / (double) values.total() - whole[value];
        sum += Math.abs(cumulated);
      }
      return whole.length < 2 ? 0 : sum / (whole.length - 1);
    }

    @Override
    public double least(ClassStatistics.ValueCounts values) {
      double sum = 0;
      int before = -1; // place of the last value of the class
      for (int place = 0; place <= order.length; place++) {
        if (place == order.length || values.count(order[place]) > 0) {
          for (int other = before + 1; other < place; other++) {
            int down = before < 0 ? Integer.MAX_VALUE : other - before;
            int up = place == order.length ? Integer.MAX_VALUE : place - other;
            sum += whole[order[other]] * Math.min(down, up);
          }
          before = place;
        }
      }
      return whole.length < 2 ? 0 : sum / (whole.length - 1);
    }
  }

  /**
   * The tree of a hierarchy.
   *
   * @param whole by level and label: the table's share
   * @param parents by level below the top and label: the label above
   * @param extra scratch: what a class has too much of
   * @param surplus scratch: what has to leave the children of a label
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Hierarchical(
      double[][] whole, int[][] parents, double[][] extra, double[][] surplus) implements Measure {

    static Hierarchical of(double[] leaves, Hierarchy hierarchy) {
      int[][] parents = hierarchy.parents();
      double[][] whole = new double[parents.length + 1][];
      whole[0] = leaves;
      for (int level = 1; level < whole.length; level++) {
        whole[level] = new double[hierarchy.labels(level)];
        for (int child = 0; child < whole[level - 1].length; child++) {
          whole[level][parents[level - 1][child]] += whole[level - 1][child];
        }
      }
      return new Hierarchical(whole, parents, like(whole), like(whole));
    }

    private static double[][] like(double[][] shape) {
      return Arrays.stream(shape).map(row -> new double[row.length]).toArray(double[][]::new);
    }

    @Override
    public double to(ClassStatistics.ValueCounts values) {
      for (int value = 0; value < whole[0].length; value++) {
        extra[0][value] = values.count(value) / (double) values.total() - whole[0][value];
      }
      double cost = 0;
      for (int level = 1; level < extra.length; level++) {
        int[] parent = parents[level - 1];
        Arrays.fill(extra[level], 0);
        Arrays.fill(surplus[level], 0);
        for (int child = 0; child < parent.length; child++) {
          extra[level][parent[child]] += extra[level - 1][child];
          surplus[level][parent[child]] += Math.max(0, extra[level - 1][child]);
        }
        for (int label = 0; label < extra[level].length; label++) {
          double deficit = surplus[level][label] - extra[level][label];
          cost += level * Math.min(surplus[level][label], deficit) / parents.length;
        }
      }
      return cost;
    }

    @Override
    public double least(ClassStatistics.ValueCounts values) {
      double missing = 0;
      for (int i = 0; i < values.distinct(); i++) {
        extra[0][values.value(i)] = Double.NaN; // marks what is there
      }
      for (int level = 0; level < parents.length; level++) {
        Arrays.fill(extra[level + 1], 0);
        for (int label = 0; label < extra[level].length; label++) {
          if (Double.isNaN(extra[level][label])) {
            extra[level + 1][parents[level][label]] = Double.NaN;
          } else {
            missing += whole[level][label] / parents.length;
          }
        }
      }
      for (int i = 0; i < values.distinct(); i++) {
        extra[0][values.value(i)] = 0;
      }
      return missing;
    }
  }
}
