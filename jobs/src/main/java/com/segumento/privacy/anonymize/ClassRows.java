package com.segumento.privacy.anonymize;

import com.segumento.model.Field;
import com.segumento.privacy.lattice.ClassTable;
import com.segumento.privacy.lattice.Groups;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The result as the driver knows it already: the classes of the plan with how often each sensitive
 * value occurs in them. It says all of the result where at most one sensitive attribute is written.
 *
 * @param groups the table as the search had it
 * @param keepsSuppressed whether suppressed rows stay
 */
record ClassRows(InputTable table, Plan plan, Groups groups, boolean keepsSuppressed) {
  /** More rows than this are left to the executors. */
  private static final int MOST = 500_000;

  /**
   * The distinct rows with {@link Combinations#ROWS how often} each is there; nothing where the
   * driver does not know them, or they are too many for it.
   */
  Optional<Dataset<Row>> counted() {
    if (groups.sensitive().size() > 1 || plan.classes().size() > MOST) {
      return Optional.empty();
    }
    Groups classes = groups.at(plan.quasi(), plan.solution().levels());
    boolean plain = classes.sensitive().isEmpty();
    if (!plain && classes.sensitive().get(0).values().length > MOST) {
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      boolean kept = plan.classes().kept()[c];
      if (kept || keepsSuppressed) {
        Map<String, Object> quasi = labels(c, kept);
        if (plain) {
          rows.add(row(quasi, null, classes.rows()[c]));
        } else {
          addEach(rows, quasi, classes.sensitive().get(0), c);
        }
      }
    }
    return Optional.of(typed(table.rows().sparkSession().createDataFrame(rows, schema())));
  }

  private void addEach(
      List<Row> rows, Map<String, Object> quasi, Groups.SensitiveCounts counts, int c) {
    for (int i = counts.offsets()[c]; i < counts.offsets()[c + 1]; i++) {
      String value = counts.hierarchy().value(counts.values()[i]);
      rows.add(row(quasi, value.isEmpty() ? null : value, counts.counts()[i]));
    }
  }

  private Map<String, Object> labels(int c, boolean kept) {
    ClassTable classes = plan.classes();
    Map<String, Object> labels = new LinkedHashMap<>();
    for (int d = 0; d < plan.quasi().size(); d++) {
      Hierarchy hierarchy = plan.quasi().get(d);
      String label = kept ? hierarchy.text(classes.labels()[d][c], plan.level(d)) : Domains.TOP;
      labels.put(hierarchy.attribute(), plan.level(d) == 0 && label.isEmpty() ? null : label);
    }
    return labels;
  }

  private Row row(Map<String, Object> quasi, String sensitive, long count) {
    List<Object> cells = new ArrayList<>();
    for (String name : table.kept()) {
      cells.add(quasi.containsKey(name) ? quasi.get(name) : sensitive);
    }
    cells.add(count);
    return RowFactory.create(cells.toArray());
  }

  private StructType schema() {
    List<StructField> fields = new ArrayList<>();
    table.kept().forEach(n -> fields.add(Field.optional(n, DataTypes.StringType).structField()));
    fields.add(Combinations.ROWS.structField());
    return new StructType(fields.toArray(StructField[]::new));
  }

  private Dataset<Row> typed(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (String name : table.kept()) {
      Column column = InputTable.column(name);
      columns.add(
          table.quasi().contains(name)
              ? column
              : column.cast(table.rows().schema().apply(name).dataType()).as(name));
    }
    columns.add(Combinations.ROWS.col());
    return rows.select(columns.toArray(Column[]::new));
  }
}
