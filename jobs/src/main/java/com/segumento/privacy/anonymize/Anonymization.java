package com.segumento.privacy.anonymize;

import com.segumento.privacy.lattice.Hierarchy;
import com.segumento.privacy.lattice.Solution;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table at hand, compressed to its combinations, with hierarchies of its attributes and what a
 * generalization of it is held to. What it keeps in memory is freed by {@link #close}.
 */
public final class Anonymization implements AutoCloseable {
  private final InputTable table;
  private final Combinations combinations;
  private final Combinations.Summary summary;
  private final Encoding encoding;
  private final Planner planner;

  private Anonymization(InputTable table, Encoding encoding, Demands demands) {
    this.table = table;
    this.combinations = encoding.combinations();
    this.summary = combinations.summary(List.of());
    this.encoding = encoding;
    this.planner = new Planner(demands, encoding);
  }

  /**
   * One of a table every row of which is a person of its own.
   *
   * @param rows with a column for each attribute; those of quasi-identifiers have values of their
   *     hierarchies
   * @param kept columns of the result
   */
  public static Anonymization of(
      Dataset<Row> rows,
      List<String> kept,
      List<Hierarchy> quasi,
      List<Hierarchy> sensitive,
      Demands demands) {
    InputTable table =
        new InputTable(
            rows,
            quasi.stream().map(Hierarchy::attribute).toList(),
            sensitive.stream().map(Hierarchy::attribute).toList(),
            kept,
            List.of(),
            null);
    Combinations combinations =
        Combinations.of(
            table,
            Stream.concat(quasi.stream(), sensitive.stream())
                .collect(Collectors.toMap(Hierarchy::attribute, Function.identity())));
    try {
      return new Anonymization(
          table, new Encoding(combinations, quasi, sensitive, demands.k()), demands);
    } catch (RuntimeException e) {
      combinations.close();
      throw e;
    }
  }

  /** The table by the plan that loses least; nothing where no plan keeps what is demanded. */
  public Optional<Generalized> optimum() {
    return planner.find(summary).map(this::generalized);
  }

  /** The table at one node; nothing where that does not keep what is demanded. */
  public Optional<Generalized> at(List<Integer> levels) {
    return planner
        .at(levels.stream().mapToInt(Integer::intValue).toArray(), summary)
        .map(this::generalized);
  }

  private Generalized generalized(Planner.Found found) {
    Solution solution = found.plan().solution();
    RiskFigures risk =
        found.start().bottom()
            ? Risk.ofRows(found, encoding.k())
            : Risk.counted(encoding, found.plan(), encoding.k());
    OptionalDouble least =
        solution.optimal()
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                solution.leastPossible().length == 0 ? 0 : solution.leastPossible()[0]);
    return new Generalized(
        table.rows().transform(new ApplyPlan(table, found.plan(), false)::apply),
        summary.rows() - solution.suppressed(),
        IntStream.of(solution.levels()).boxed().toList(),
        solution.loss()[0],
        least,
        Breakdowns.of(found, risk));
  }

  @Override
  public void close() {
    combinations.close();
  }
}
