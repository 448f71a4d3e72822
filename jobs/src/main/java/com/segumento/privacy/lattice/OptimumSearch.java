package com.segumento.privacy.lattice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Finds the node of least information loss among those that keep every privacy model within the
 * suppression limit, over the whole lattice.
 *
 * <p>Nodes are looked at in the order of a lower bound of their loss that needs no classes, so the
 * search ends when the next bound is above the best loss. A node at which the monotonic models
 * suppress too much rules out every finer one; one at which they suppress some rows raises the
 * bound of every finer one. From each node looked at, the most general node that rules it out is
 * found by bisection on a path upwards.
 *
 * <p>Of several nodes of the same least loss the one that suppresses least is taken, then the one
 * with the lowest sum of levels, then the lexicographically first, so that every machine finds the
 * same, with any number of threads.
 *
 * @see <a href="https://doi.org/10.1109/ICDE.2005.42">Bayardo and Agrawal, Data privacy through
 *     optimal k-anonymization (2005)</a>
 */
@SuppressWarnings("ArrayRecordComponent")
public final class OptimumSearch {
  private final Groups groups;
  private final Hierarchy[] hierarchies;
  private final List<PrivacyModel> models;
  private final Lattice lattice;
  private final Metric.Measure measure;
  private final Metric.LowerBound everywhere;
  private final long allowed;
  private final boolean everythingMonotonic;
  private final Effort effort;
  private final int[] start;
  private final Ascent ascent;

  private final RollUps tables;
  private final Pruning pruning = new Pruning();
  private final Frontier frontier;
  private final Map<Long, double[]> judged = new ConcurrentHashMap<>(); // bounds of all above

  /** A search of default effort. */
  public OptimumSearch(
      Groups groups,
      List<Hierarchy> hierarchies,
      List<PrivacyModel> models,
      Metric metric,
      long allowed) {
    this(groups, hierarchies, models, metric, allowed, Effort.DEFAULT, new int[hierarchies.size()]);
  }

  /**
   * A search.
   *
   * @param allowed the most rows that may be suppressed
   * @param start nodes that are finer than this, in any attribute, are left out
   */
  public OptimumSearch(
      Groups groups,
      List<Hierarchy> hierarchies,
      List<PrivacyModel> models,
      Metric metric,
      long allowed,
      Effort effort,
      int[] start) {
    this.groups = groups;
    this.hierarchies = hierarchies.toArray(Hierarchy[]::new);
    this.models = List.copyOf(models);
    this.lattice = new Lattice(hierarchies.stream().mapToInt(Hierarchy::height).toArray());
    this.measure = metric.on(groups, this.hierarchies);
    this.everywhere = measure.bound(null);
    this.allowed = allowed;
    this.effort = effort;
    this.start = start.clone();
    this.ascent = new Ascent(lattice, everywhere);
    this.tables = new RollUps(groups, effort.memory() / 2);
    this.frontier = new Frontier(pruning, effort.memory() / 2 / bytesWaiting());
    this.everythingMonotonic =
        models.stream()
            .allMatch(
                model ->
                    model.monotonic() || (allowed == 0 && model.monotonicWithoutSuppression()));
  }

  private static long bytesWaiting() {
    return 96; // a node in the queue, its bound, and their headers
  }

  /** The lattice searched. */
  public Lattice lattice() {
    return lattice;
  }

  /** A lower bound of the loss of the node with these levels and all coarser ones. */
  public double[] bound(int... levels) {
    return everywhere.at(levels);
  }

  /**
   * What a table comes to at a node.
   *
   * @param classes all of them
   * @param quality how much it still says
   */
  public record Outcome(ClassTable classes, Quality quality) {}

  /** The outcome of a node, such as the one found. */
  public Outcome outcome(int... levels) {
    Node node = new Judge(groups, hierarchies, models).judge(levels);
    return new Outcome(ClassTable.of(node, hierarchies), Quality.of(groups, hierarchies, node));
  }

  /** One node by itself, whether it is allowed or not. */
  public Solution at(int... levels) {
    Node node = new Judge(groups, hierarchies, models).judge(levels);
    return Solution.of(node, measure.loss(node)).with(1, null);
  }

  /** The best node; null where none is allowed. */
  public Solution run() {
    Worker first = new Worker();
    Node top = first.judge(lattice.top(), false);
    if (impossible(top)) {
      return null; // and all others are finer
    }
    frontier.add(waiting(lattice.number(start), Metric.ANYTHING));
    inParallel(first);
    Solution best = pruning.best();
    return best == null ? null : best.with(judged.size(), frontier.left());
  }

  private void inParallel(Worker first) {
    List<Worker> workers = new ArrayList<>(List.of(first));
    while (workers.size() < effort.threads()) {
      workers.add(new Worker());
    }
    ExecutorService threads = Executors.newFixedThreadPool(workers.size());
    try {
      for (Future<Void> worker : threads.invokeAll(workers)) {
        worker.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The search was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The search failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Frontier.Waiting waiting(long number, double[] above) {
    int[] levels = lattice.levels(number);
    double[] bound = everywhere.at(levels);
    return new Frontier.Waiting(
        Arrays.compare(above, bound) > 0 ? above : bound, Lattice.sum(levels), number);
  }

  private boolean impossible(Node node) {
    return (everythingMonotonic ? node.suppressed() : node.monotonicallySuppressed()) > allowed;
  }

  /** One thread of the search. */
  private final class Worker implements Callable<Void> {
    private final Judge judge = new Judge(groups, hierarchies, models);

    @Override
    public Void call() throws InterruptedException {
      try {
        for (Frontier.Waiting next = frontier.take(); next != null; next = frontier.take()) {
          int[] levels = lattice.levels(next.number());
          double[] above = visit(levels, next.number());
          expand(levels, next.number(), above);
          frontier.done();
        }
        return null;
      } catch (RuntimeException | Error e) {
        frontier.giveUp(); // so that no other thread waits for this one
        throw e;
      }
    }

    /** Adds the nodes that are made from this one. */
    private void expand(int[] levels, long number, double[] above) {
      int last = levels.length - 1;
      while (last > 0 && levels[last] == start[last]) {
        last--;
      }
      for (int d = last; d < levels.length; d++) {
        if (levels[d] < lattice.height(d)) {
          Frontier.Waiting next = waiting(lattice.above(number, d), above);
          if (!pruning.worse(next.bound())) {
            frontier.add(next);
          }
        }
      }
    }

    /** Looks at a node unless it is ruled out; gives a bound of all coarser ones. */
    private double[] visit(int[] levels, long number) {
      double[] known = judged.get(number);
      if (known != null) {
        return known;
      }
      if (pruning.rulesOut(levels)) {
        return Metric.ANYTHING;
      }
      if (judged.size() >= effort.nodes()) {
        frontier.add(waiting(number, Metric.ANYTHING)); // it stays unseen
        frontier.giveUp();
        return Metric.ANYTHING;
      }
      Node node = judge(levels, true);
      if (node != null) {
        Metric.LowerBound finer = boundBelow(node);
        if (impossible(node) || pruning.worse(finer.at(levels))) {
          ruleOutAround(levels, finer);
        }
      }
      return judged.get(number);
    }

    /**
     * Counts the classes of a node and applies the models.
     *
     * @param orNothing whether null will do where the node and all above it are too bad to be the
     *     optimum
     */
    private Node judge(int[] levels, boolean orNothing) {
      RollUp source = tables.under(levels);
      Classes classes = Classes.of(source.groups(), hierarchies, levels);
      double[] above = measure.boundAbove(classes);
      judged.put(lattice.number(levels), above);
      if (orNothing && pruning.worse(above)) {
        return null;
      }
      Node node = judge.judge(source, levels, classes, allowed);
      tables.offer(node);
      if (node.suppressed() <= allowed) {
        pruning.offer(Solution.of(node, measure.loss(node)));
      }
      if (impossible(node)) {
        pruning.kill(levels.clone());
      }
      return node;
    }

    /** Lower bounds of the node and all finer ones. */
    private Metric.LowerBound boundBelow(Node node) {
      if (pruning.best() == null || impossible(node)) {
        return everywhere;
      }
      boolean[] kept = everythingMonotonic && allowed > 0 ? node.kept() : node.monotonicallyKept();
      return measure.bound(Marginals.suppressed(groups, hierarchies, node, kept));
    }

    /** Finds the most general node on a path upwards that rules {@code from} out. */
    private void ruleOutAround(int[] from, Metric.LowerBound bound) {
      List<int[]> path = ascent.from(from);
      int low = 0; // rules it out
      int high = path.size(); // does not
      Metric.LowerBound found = bound;
      while (high - low > 1) {
        int middle = (low + high) / 2;
        int[] levels = path.get(middle);
        if (pruning.isDead(levels)) {
          low = middle;
          continue;
        }
        Node node = judge(levels, false);
        Metric.LowerBound finer = boundBelow(node);
        if (impossible(node) || pruning.worse(finer.at(from))) {
          low = middle;
          found = finer;
        } else {
          high = middle;
        }
      }
      if (!pruning.isDead(path.get(low))) {
        pruning.witness(path.get(low), found);
      }
    }
  }
}
