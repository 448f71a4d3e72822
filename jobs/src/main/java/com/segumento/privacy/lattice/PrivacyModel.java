package com.segumento.privacy.lattice;

import com.segumento.model.ConfigException;
import java.util.Optional;

/**
 * What an equivalence class must be like to be released. A class that fails one model is suppressed
 * as a whole.
 */
public sealed interface PrivacyModel {

  /**
   * Whether joining two classes that hold gives one that holds, so that rows suppressed at a node
   * are suppressed at every finer one. Of the others only the search without suppression may say
   * that.
   */
  boolean monotonic();

  /**
   * The same, as long as nothing is suppressed: of the whole table's classes at a finer and at a
   * coarser node.
   */
  default boolean monotonicWithoutSuppression() {
    return true;
  }

  /**
   * A monotonic model that holds wherever this one does; nothing where none is known. Rows that it
   * suppresses are suppressed at every finer node, whatever this one does there.
   */
  default Optional<PrivacyModel> implied() {
    return Optional.empty();
  }

  /** This model for one table. */
  Check on(Groups table);

  /** A model made ready for one table; of one thread. */
  @FunctionalInterface
  interface Check {
    boolean holds(ClassStatistics group);
  }

  /**
   * k-anonymity: at least {@code k} distinct persons in a class.
   *
   * @see <a href="https://doi.org/10.1142/S0218488502001648">Sweeney, k-anonymity (2002)</a>
   */
  record KAnonymity(int k) implements PrivacyModel {
    public KAnonymity {
      if (k < 1) {
        throw ConfigException.invalid("privacy.k", k, "an integer of at least 1");
      }
    }

    @Override
    public boolean monotonic() {
      return true;
    }

    @Override
    public Check on(Groups table) {
      if (table.persons() != null && table.persons().limit() < k) {
        throw new IllegalArgumentException("The sets of persons are cut below k");
      }
      return group -> group.persons(k) >= k;
    }
  }

  /**
   * Distinct l-diversity: at least {@code l} different sensitive values in a class.
   *
   * @see <a href="https://doi.org/10.1145/1217299.1217302">Machanavajjhala et al., l-diversity
   *     (2007)</a>
   * @param missing code of what is no value; -1 where everything is one
   */
  record DistinctDiversity(int attribute, int l, int missing) implements PrivacyModel {
    public DistinctDiversity {
      atLeastOne("privacy.l.distinct", l);
    }

    /** One to which everything is a value. */
    public DistinctDiversity(int attribute, int l) {
      this(attribute, l, -1);
    }

    @Override
    public boolean monotonic() {
      return true;
    }

    @Override
    public Check on(Groups table) {
      return group -> {
        ClassStatistics.ValueCounts values = group.values(attribute);
        boolean lacking = missing >= 0 && values.count(missing) > 0;
        return values.distinct() - (lacking ? 1 : 0) >= l;
      };
    }
  }

  /**
   * Entropy l-diversity: the entropy of a class's sensitive values is at least ln l.
   *
   * @see <a href="https://doi.org/10.1145/1217299.1217302">Machanavajjhala et al., l-diversity
   *     (2007)</a>
   */
  record EntropyDiversity(int attribute, double l, Estimator estimator) implements PrivacyModel {
    public EntropyDiversity {
      atLeastOne("privacy.l.entropy", l);
    }

    @Override
    public boolean monotonic() {
      return false;
    }

    @Override
    public Optional<PrivacyModel> implied() {
      return Optional.of(new DistinctDiversity(attribute, (int) Math.ceil(l)));
    }

    @Override
    public boolean monotonicWithoutSuppression() {
      return estimator == Estimator.SHANNON; // a correction for sample sizes is not concave
    }

    @Override
    public Check on(Groups table) {
      return group -> {
        ClassStatistics.ValueCounts values = group.values(attribute);
        return values.distinct() >= l && estimator.atLeast(l, values);
      };
    }
  }

  /**
   * Recursive (c,l)-diversity: the most frequent sensitive value of a class is less than c times as
   * frequent as the l-th and all rarer ones together.
   *
   * @see <a href="https://doi.org/10.1145/1217299.1217302">Machanavajjhala et al., l-diversity
   *     (2007)</a>
   */
  record RecursiveDiversity(int attribute, double c, int l) implements PrivacyModel {
    public RecursiveDiversity {
      atLeastOne("privacy.l.recursive.l", l);
      if (!(c > 0)) {
        throw ConfigException.invalid("privacy.l.recursive.c", c, "a number above 0");
      }
    }

    @Override
    public boolean monotonic() {
      return false;
    }

    @Override
    public Optional<PrivacyModel> implied() {
      return Optional.of(new DistinctDiversity(attribute, l));
    }

    @Override
    public Check on(Groups table) {
      return group -> {
        ClassStatistics.ValueCounts values = group.values(attribute);
        if (values.distinct() < l) {
          return false;
        }
        long[] counts = new long[values.distinct()];
        for (int i = 0; i < counts.length; i++) {
          counts[i] = values.count(values.value(i));
        }
        java.util.Arrays.sort(counts);
        long tail = 0;
        for (int i = 0; i <= counts.length - l; i++) {
          tail += counts[i];
        }
        return counts[counts.length - 1] < c * tail;
      };
    }
  }

  /**
   * t-closeness: the earth mover's distance between a class's distribution of the sensitive
   * attribute and the whole table's is at most {@code t}.
   *
   * @see <a href="https://doi.org/10.1109/ICDE.2007.367856">Li, Li and Venkatasubramanian,
   *     t-closeness (2007)</a>
   */
  record Closeness(int attribute, double t, GroundDistance distance) implements PrivacyModel {
    public Closeness {
      if (!(t >= 0 && t <= 1)) {
        throw ConfigException.invalid("privacy.t.max", t, "a number from 0 to 1");
      }
    }

    @Override
    public boolean monotonic() {
      return false;
    }

    @Override
    public Optional<PrivacyModel> implied() {
      return Optional.of(new Coverage(attribute, t, distance));
    }

    @Override
    public Check on(Groups table) {
      GroundDistance.Measure measure = distance.from(table.sensitive().get(attribute));
      return group -> measure.to(group.values(attribute)) <= t;
    }
  }

  /**
   * What closeness asks of the values of a class, however frequent each is: that all others' shares
   * of the table could be moved to the nearest of them for at most {@code t}. A class with more
   * values only comes nearer.
   */
  record Coverage(int attribute, double t, GroundDistance distance) implements PrivacyModel {
    private static final double ROUNDING = 1e-9; // it must not ask more than closeness does

    @Override
    public boolean monotonic() {
      return true;
    }

    @Override
    public Check on(Groups table) {
      GroundDistance.Measure measure = distance.from(table.sensitive().get(attribute));
      return group -> measure.least(group.values(attribute)) <= t + ROUNDING;
    }
  }

  private static void atLeastOne(String setting, double l) {
    if (!(l >= 1)) {
      throw ConfigException.invalid(setting, l, "a number of at least 1");
    }
  }
}
