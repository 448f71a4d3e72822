package com.segumento.segment.overlap;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Overlaps of conditions for previews, by theta sketches: one pass with a small state however many
 * persons there are.
 *
 * <p>An estimate is exact while the persons in either are at most {@link #EXACT}. Beyond that its
 * standard error is about {@code sqrt(both * either / EXACT)} persons: 0.8% of the two taken
 * together where they are the same, and ten times that share of a common part of a hundredth.
 * Nothing is told of a pair whose common part, or the part of either alone, could be below {@code
 * k} by three standard errors; an estimate decides nothing at {@code k}.
 *
 * @param k what may be told of at least
 * @see <a href="https://doi.org/10.48550/arXiv.1510.01455">Dasgupta, Lang, Rhodes, Thaler, A
 *     Framework for Estimating Stream Expression Cardinalities (2015)</a>
 */
public record OverlapEstimate(int k) {
  /** Persons a sketch knows one by one. */
  static final long EXACT = 1L << OverlapEstimate.LOG_ENTRIES;

  private static final int LOG_ENTRIES = 14;
  private static final double ERRORS = 3;

  /** Two conditions and how many persons meet both, about. */
  public record Pair(String first, String second, long persons, long standardError) {}

  /** The pairs of {@code conditions} that may be told of. */
  public List<Pair> of(Dataset<Row> persons, Map<String, Column> conditions) {
    List<String> names = List.copyOf(new LinkedHashMap<>(conditions).keySet());
    if (names.size() < 2) {
      return List.of();
    }
    Row row = plan(persons, conditions, names).first();
    List<Pair> pairs = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++, at += 3) {
        double both = row.getLong(at);
        double alone = Math.min(row.getLong(at + 1), row.getLong(at + 2));
        double error = error(both, both + row.getLong(at + 1) + row.getLong(at + 2));
        double errorAlone = error(alone, both + row.getLong(at + 1) + row.getLong(at + 2));
        if (both - ERRORS * error >= k && alone - ERRORS * errorAlone >= k) {
          pairs.add(new Pair(names.get(i), names.get(j), Math.round(both), Math.round(error)));
        }
      }
    }
    return pairs;
  }

  Dataset<Row> plan(Dataset<Row> persons, Map<String, Column> conditions, List<String> names) {
    Column[] sketches = new Column[names.size()];
    for (int i = 0; i < sketches.length; i++) {
      Column key = functions.when(conditions.get(names.get(i)), Persons.PERSON_KEY.col());
      sketches[i] = sketch(i).as(functions.theta_sketch_agg(key, LOG_ENTRIES));
    }
    List<Column> figures = new ArrayList<>();
    for (int i = 0; i < sketches.length; i++) {
      for (int j = i + 1; j < sketches.length; j++) {
        Column first = sketch(i).col();
        Column second = sketch(j).col();
        figures.add(functions.theta_sketch_estimate(functions.theta_intersection(first, second)));
        figures.add(functions.theta_sketch_estimate(functions.theta_difference(first, second)));
        figures.add(functions.theta_sketch_estimate(functions.theta_difference(second, first)));
      }
    }
    return persons
        .agg(functions.count(functions.lit(1)), sketches)
        .select(figures.toArray(Column[]::new));
  }

  private static Field sketch(int position) {
    return Field.optional("sketch" + position, DataTypes.BinaryType);
  }

  /**
   * The standard error of an estimate of {@code part} of {@code whole}; none while all are known.
   */
  static double error(double part, double whole) {
    return whole <= EXACT ? 0 : Math.sqrt(part * whole / EXACT);
  }
}
