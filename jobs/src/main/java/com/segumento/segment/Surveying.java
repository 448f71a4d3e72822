package com.segumento.segment;

import com.segumento.model.Field;
import com.segumento.ops.StageReport;
import com.segumento.segment.order.Cutting;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A column of persons that only a look at all of them can tell. */
interface Surveying {
  /** The column it gives. */
  Field column();

  /**
   * Looks at all persons.
   *
   * @param persons one row each, with what it reads; may be looked at several times
   * @param k about fewer persons nothing is learned or told
   */
  Surveyed survey(Dataset<Row> persons, int k);

  /**
   * What came of the look.
   *
   * @param cuttings places in orders that are still to be found; for many columns at once
   * @param value the column of a person, of the answers to the cuttings in their order
   * @param told adds what is to be reported; {@code persons} are still at hand then
   */
  record Surveyed(
      List<Cutting> cuttings,
      Function<List<Column>, Column> value,
      Consumer<StageReport.Builder> told) {
    public Surveyed {
      cuttings = List.copyOf(cuttings);
    }

    /** A place in an order. */
    static Surveyed of(Cutting cutting) {
      return new Surveyed(List.of(cutting), answers -> answers.get(0), report -> {});
    }
  }
}
