package com.segumento.segment.order;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds where orders of persons are cut, exactly, for any number of them at once: three jobs, one
 * of which sorts the persons' places by ranges.
 */
public final class CutPoints {
  /** Stands below every key. */
  private static final byte[] LOWEST = {};

  /** In place of a row where nobody stands before a cut. */
  private static final Long NOBODY = -1L;

  private CutPoints() {}

  /**
   * The answers to {@code cuttings}, in their order, as columns over the columns of a person: pure
   * comparisons, without a join.
   *
   * @param persons one row a person, with all that the orders read
   */
  public static List<Column> find(Dataset<Row> persons, List<? extends Cutting> cuttings) {
    if (cuttings.isEmpty()) {
      return List.of();
    }
    List<PersonOrder> orders =
        List.copyOf(new LinkedHashSet<>(cuttings.stream().map(Cutting::order).toList()));
    try (OrderedKeys keys = new OrderedKeys(persons, orders)) {
      Map<Integer, Long> counts = keys.count();
      List<List<Long>> wanted = new ArrayList<>();
      for (Cutting cutting : cuttings) {
        int order = orders.indexOf(cutting.order());
        wanted.add(
            cutting.before(counts.getOrDefault(order, 0L)).stream()
                .map(before -> before == 0 ? NOBODY : keys.row(order, before))
                .toList());
      }
      Map<Long, byte[]> cuts = keys.keys(wanted.stream().flatMap(List::stream).toList());
      cuts.put(NOBODY, LOWEST);
      List<Column> answers = new ArrayList<>();
      for (int i = 0; i < cuttings.size(); i++) {
        answers.add(cuttings.get(i).answer(wanted.get(i).stream().map(cuts::get).toList()));
      }
      return answers;
    }
  }
}
