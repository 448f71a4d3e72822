package com.segumento.segment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Puts definitions in an order in which each comes after all it reads, else as they were given. */
final class Ordering {
  private final Map<String, ? extends Collection<String>> reads;
  private final Consumer<List<String>> cycles;
  private final Set<String> path = new LinkedHashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> ordered = new ArrayList<>();

  private Ordering(Map<String, ? extends Collection<String>> reads, Consumer<List<String>> cycles) {
    this.reads = reads;
    this.cycles = cycles;
  }

  /**
   * The names in their order.
   *
   * @param reads the names each reads; those that are no key are passed over
   * @param cycles is told each way that leads back to where it began, which is its first and last
   */
  static List<String> of(
      Map<String, ? extends Collection<String>> reads, Consumer<List<String>> cycles) {
    Ordering ordering = new Ordering(reads, cycles);
    reads.keySet().forEach(ordering::visit);
    return ordering.ordered;
  }

  private void visit(String name) {
    if (path.contains(name)) {
      List<String> way = new ArrayList<>(path);
      List<String> cycle = new ArrayList<>(way.subList(way.indexOf(name), way.size()));
      cycle.add(name);
      cycles.accept(cycle);
    } else if (reads.containsKey(name) && seen.add(name)) {
      path.add(name);
      reads.get(name).forEach(this::visit);
      path.remove(name);
      ordered.add(name);
    }
  }
}
