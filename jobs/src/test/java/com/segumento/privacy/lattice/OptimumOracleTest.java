package com.segumento.privacy.lattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The search against a look at every node of small random lattices, by the definitions alone. */
class OptimumOracleTest {
  private static final double SAME = 1e-9;

  /** A model in both worlds. */
  private record Both(PrivacyModel model, NaiveTable.Model naive) {}

  /** A metric in both worlds. */
  private record Measured(Metric metric, NaiveLoss naive) {}

  @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
  void findsTheBestOfAllNodes(@ForAll long seed) {
    Random random = new Random(seed);
    NaiveTable table = table(random);
    List<Both> models = models(table, random);
    Measured measured = measured(table, random);
    List<Hierarchy> quasi = hierarchies(table.quasi(), "q");
    int allowed = random.nextInt(table.rows().size() + 1);
    Effort effort = new Effort(1 + random.nextInt(2), 1 << 20, Long.MAX_VALUE);

    Solution found =
        new OptimumSearch(
                groups(table, quasi),
                quasi,
                models.stream().map(Both::model).toList(),
                measured.metric(),
                allowed,
                effort,
                new int[quasi.size()])
            .run();

    List<NaiveTable.Model> naive = models.stream().map(Both::naive).toList();
    Best best = best(table, naive, measured.naive(), allowed);
    if (found == null) {
      assertThat(best.loss()).isInfinite();
      return;
    }
    Set<Integer> suppressed = table.suppressed(naive, found.levels());
    assertThat(found.optimal()).isTrue();
    assertThat(found.levels()).isEqualTo(best.levels());
    assertThat(found.suppressed()).isEqualTo(suppressed.size()).isLessThanOrEqualTo(allowed);
    assertThat(found.loss()[0])
        .isCloseTo(measured.naive().of(table, suppressed, found.levels()), within(SAME))
        .isCloseTo(best.loss(), within(SAME));
  }

  /** The first of all nodes: by loss, then what it suppresses, its sum of levels, its levels. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Best(int[] levels, double loss, int suppressed) {

    boolean before(Best other) {
      if (Math.abs(loss - other.loss) > SAME) {
        return loss < other.loss;
      }
      int order = Integer.compare(suppressed, other.suppressed);
      if (order == 0) {
        order = Integer.compare(IntStream.of(levels).sum(), IntStream.of(other.levels).sum());
      }
      return (order == 0 ? Arrays.compare(levels, other.levels) : order) < 0;
    }
  }

  private static Best best(
      NaiveTable table, List<NaiveTable.Model> models, NaiveLoss loss, int allowed) {
    Best best = new Best(new int[0], Double.POSITIVE_INFINITY, 0);
    for (int[] node : table.nodes()) {
      Set<Integer> suppressed = table.suppressed(models, node);
      Best one = new Best(node, loss.of(table, suppressed, node), suppressed.size());
      if (suppressed.size() <= allowed && one.before(best)) {
        best = one;
      }
    }
    return best;
  }

  private static NaiveTable table(Random random) {
    List<List<List<String>>> quasi = new ArrayList<>();
    for (int d = 0; d < 1 + random.nextInt(3); d++) {
      quasi.add(lines(random, 1 + random.nextInt(5), random.nextInt(4), random.nextBoolean()));
    }
    List<List<List<String>>> sensitive = new ArrayList<>();
    for (int s = 0; s < 1 + random.nextInt(2); s++) {
      sensitive.add(lines(random, 2 + random.nextInt(3), 1 + random.nextInt(2), true));
    }
    int size = 1 + random.nextInt(14);
    boolean rowsOnly = random.nextBoolean();
    List<List<Integer>> rows = new ArrayList<>();
    List<List<Integer>> values = new ArrayList<>();
    List<Integer> persons = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      rows.add(quasi.stream().map(lines -> random.nextInt(lines.size())).toList());
      values.add(sensitive.stream().map(lines -> random.nextInt(lines.size())).toList());
      persons.add(rowsOnly ? row : random.nextInt(size));
    }
    return new NaiveTable(quasi, sensitive, rows, values, persons);
  }

  /** Lines in natural order; each level joins labels of the one below, the last maybe all. */
  private static List<List<String>> lines(
      Random random, int values, int height, boolean oneAtTheTop) {
    List<List<String>> lines = new ArrayList<>();
    IntStream.range(0, values).forEach(v -> lines.add(new ArrayList<>(List.of("v" + v))));
    for (int level = 1; level <= height; level++) {
      boolean top = oneAtTheTop && level == height;
      int labels = 1 + random.nextInt(values);
      java.util.Map<String, String> above = new java.util.TreeMap<>();
      for (List<String> line : lines) {
        String label = top ? "*" : "l" + level + "-" + random.nextInt(labels);
        line.add(above.computeIfAbsent(line.get(level - 1), below -> label));
      }
    }
    return lines;
  }

  private static List<Both> models(NaiveTable table, Random random) {
    List<Both> models = new ArrayList<>();
    int k = 1 + random.nextInt(4);
    models.add(new Both(new PrivacyModel.KAnonymity(k), NaiveTable.anonymity(k)));
    for (int i = random.nextInt(3); i > 0; i--) {
      models.add(model(random.nextInt(table.sensitive().size()), random));
    }
    return models;
  }

  private static Both model(int attribute, Random random) {
    int l = 1 + random.nextInt(3);
    double t = (random.nextInt(9) + 0.377) / 10; // nothing ends on it but for rounding
    GroundDistance distance = List.of(GroundDistance.values()).get(random.nextInt(3));
    return switch (random.nextInt(4)) {
      case 0 ->
          new Both(
              new PrivacyModel.DistinctDiversity(attribute, l), NaiveTable.distinct(attribute, l));
      case 1 ->
          new Both(
              new PrivacyModel.EntropyDiversity(attribute, l + 0.1, Estimator.SHANNON),
              NaiveTable.entropy(attribute, l + 0.1));
      case 2 ->
          new Both(
              new PrivacyModel.RecursiveDiversity(attribute, 1.5, l),
              NaiveTable.recursive(attribute, 1.5, l));
      default ->
          new Both(
              new PrivacyModel.Closeness(attribute, t, distance),
              NaiveTable.closeness(attribute, t, distance));
    };
  }

  private static Measured measured(NaiveTable table, Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Measured(new Height(), NaiveLoss.height());
      case 1 -> new Measured(new Discernibility(false), NaiveLoss.discernibility());
      case 2 -> new Measured(new AverageClassSize(), NaiveLoss.averageClassSize());
      case 3 -> new Measured(new Precision(false), NaiveLoss.precision());
      case 4 -> new Measured(new NonUniformEntropy(false), NaiveLoss.entropy());
      default -> loss(table, random);
    };
  }

  private static Measured loss(NaiveTable table, Random random) {
    List<Double> weights = new ArrayList<>();
    java.util.Map<String, Double> named = new java.util.TreeMap<>();
    for (int d = 0; d < table.quasi().size(); d++) {
      double weight = d == 0 ? 1 : (1 + random.nextInt(4)) / 4.0; // the first is the heaviest
      weights.add(weight);
      named.put("q" + d, 3 * weight);
    }
    double balance = random.nextInt(11) / 10.0;
    boolean geometric = random.nextBoolean();
    return new Measured(
        new Loss(
            named,
            balance,
            geometric ? Loss.Aggregate.GEOMETRIC_MEAN : Loss.Aggregate.ARITHMETIC_MEAN),
        NaiveLoss.shares(weights, balance, geometric));
  }

  private static List<Hierarchy> hierarchies(List<List<List<String>>> all, String prefix) {
    return IntStream.range(0, all.size())
        .mapToObj(i -> Hierarchy.of(prefix + i, all.get(i)))
        .toList();
  }

  /** One group a row, joined as the product joins them. */
  private static Groups groups(NaiveTable table, List<Hierarchy> quasi) {
    int size = table.rows().size();
    int[][] codes = new int[quasi.size()][size];
    for (int d = 0; d < codes.length; d++) {
      for (int row = 0; row < size; row++) {
        codes[d][row] = table.rows().get(row).get(d);
      }
    }
    int[] offsets = IntStream.rangeClosed(0, size).toArray();
    long[] ones = IntStream.range(0, size).mapToLong(row -> 1).toArray();
    List<Groups.SensitiveCounts> sensitive = new ArrayList<>();
    List<Hierarchy> domains = hierarchies(table.sensitive(), "s");
    for (int s = 0; s < domains.size(); s++) {
      int attribute = s;
      sensitive.add(
          new Groups.SensitiveCounts(
              domains.get(s),
              offsets,
              table.values().stream().mapToInt(values -> values.get(attribute)).toArray(),
              ones));
    }
    boolean rowsOnly = new TreeSet<>(table.persons()).size() == size;
    Groups.PersonSets persons =
        rowsOnly
            ? null
            : new Groups.PersonSets(
                offsets, table.persons().stream().mapToLong(p -> 7919L * p).toArray(), 4);
    return new Groups(codes, ones, sensitive, persons).joined(quasi);
  }
}
