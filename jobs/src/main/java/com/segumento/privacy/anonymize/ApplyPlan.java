package com.segumento.privacy.anonymize;

import com.segumento.model.Field;
import com.segumento.model.Transformation;
import com.segumento.privacy.lattice.ClassTable;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Generalizes the rows of a table as a plan says, and drops those of suppressed classes or writes
 * their quasi-identifiers as {@code *}. One pass, joined with broadcast tables only. A column of
 * {@linkplain Combinations#ROWS counts} is carried along, so that it applies to the combinations of
 * a table as to its rows.
 *
 * @param keepsSuppressed whether suppressed rows stay
 */
record ApplyPlan(InputTable table, Plan plan, boolean keepsSuppressed) implements Transformation {
  private static final Field VALUE = Field.required("segumento_value", DataTypes.StringType);
  private static final String LABEL = "segumento_label";
  private static final String CODE = "segumento_code";
  private static final String KEY = "segumento_key";
  private static final Field FOUND = Field.required("segumento_found", DataTypes.BooleanType);
  private static final long LARGEST_KEY = 1L << 62;

  /** Larger sets of classes are joined as Spark thinks best. */
  private static final int BROADCAST = 1_000_000;

  @Override
  public Dataset<Row> apply(Dataset<Row> rows) {
    boolean nothingKept = plan.solution().classes() == 0;
    if (nothingKept) {
      return (keepsSuppressed ? rows : rows.filter(functions.lit(false)))
          .select(columns(rows, d -> functions.lit(Domains.TOP)));
    }
    Dataset<Row> labelled = rows;
    for (int d = 0; d < plan.quasi().size(); d++) {
      if (needsLabels(d)) {
        labelled = labelled(labelled, d);
      }
    }
    if (!plan.suppresses()) {
      return labelled.select(columns(rows, this::label));
    }
    if (keepsSuppressed) {
      Column lost = FOUND.col().isNotNull();
      return joined(labelled, false, "left")
          .select(columns(rows, d -> functions.when(lost, Domains.TOP).otherwise(label(d))));
    }
    boolean fewerLost = plan.solution().classes() > plan.classes().size() / 2;
    return joined(labelled, !fewerLost, fewerLost ? "left_anti" : "left_semi")
        .select(columns(rows, this::label));
  }

  private Column[] columns(Dataset<Row> rows, IntFunction<Column> quasi) {
    List<Column> columns = new ArrayList<>();
    for (String name : table.kept()) {
      int d = table.quasi().indexOf(name);
      columns.add((d < 0 ? InputTable.column(name) : quasi.apply(d)).as(name));
    }
    if (List.of(rows.columns()).contains(Combinations.ROWS.name())) {
      columns.add(Combinations.ROWS.col());
    }
    return columns.toArray(Column[]::new);
  }

  private boolean onlyOneLabel(int d) {
    return plan.quasi().get(d).labels(plan.level(d)) == 1;
  }

  private boolean needsLabels(int d) {
    return !onlyOneLabel(d) && (plan.level(d) > 0 || plan.suppresses());
  }

  private Column label(int d) {
    if (plan.level(d) == 0) {
      // An empty text and none are one class.
      return functions.nullif(InputTable.text(table.quasi().get(d)), functions.lit(""));
    }
    return onlyOneLabel(d)
        ? functions.lit(plan.quasi().get(d).label(0, plan.level(d)))
        : functions.col(LABEL + d);
  }

  private Dataset<Row> labelled(Dataset<Row> rows, int d) {
    Hierarchy hierarchy = plan.quasi().get(d);
    int level = plan.level(d);
    List<Row> lines = new ArrayList<>();
    for (int code = 0; code < hierarchy.values(); code++) {
      lines.add(
          RowFactory.create(
              hierarchy.value(code),
              hierarchy.label(code, level),
              (long) hierarchy.generalize(code, level)));
    }
    StructType schema =
        Field.schema(
            VALUE,
            Field.required(LABEL + d, DataTypes.StringType),
            Field.required(CODE + d, DataTypes.LongType));
    Dataset<Row> labels = rows.sparkSession().createDataFrame(lines, schema);
    return rows.join( // n:1, a hierarchy has each value once
            functions.broadcast(labels),
            InputTable.text(table.quasi().get(d)).equalTo(VALUE.col()),
            "left")
        .drop(VALUE.name());
  }

  /** Joins rows with the keys of the classes that are kept, or of those that are not. */
  private Dataset<Row> joined(Dataset<Row> rows, boolean kept, String how) {
    List<int[]> keys = keys();
    Dataset<Row> classes = classes(rows.sparkSession(), keys, kept);
    Column same = functions.lit(true);
    for (int i = 0; i < keys.size(); i++) {
      same = same.and(key(keys.get(i)).equalTo(functions.col(KEY + i)));
    }
    // n:1, a class is listed once
    return rows.join(
        plan.classes().size() <= BROADCAST ? functions.broadcast(classes) : classes, same, how);
  }

  /** Which quasi-identifiers' labels are packed together into one whole number each. */
  private List<int[]> keys() {
    List<int[]> keys = new ArrayList<>();
    List<Integer> together = new ArrayList<>();
    long radix = 1;
    for (int d = 0; d < plan.quasi().size(); d++) {
      int labels = plan.quasi().get(d).labels(plan.level(d));
      if (radix > LARGEST_KEY / labels) {
        keys.add(together.stream().mapToInt(Integer::intValue).toArray());
        together.clear();
        radix = 1;
      }
      together.add(d);
      radix *= labels;
    }
    keys.add(together.stream().mapToInt(Integer::intValue).toArray());
    return keys;
  }

  private Column key(int... dimensions) {
    Column key = functions.lit(0L);
    long weight = 1;
    for (int d : dimensions) {
      if (needsLabels(d)) {
        key = key.plus(functions.col(CODE + d).multiply(functions.lit(weight)));
      }
      weight *= plan.quasi().get(d).labels(plan.level(d));
    }
    return key;
  }

  private long key(int group, int... dimensions) {
    long key = 0;
    long weight = 1;
    for (int d : dimensions) {
      key += plan.classes().labels()[d][group] * weight;
      weight *= plan.quasi().get(d).labels(plan.level(d));
    }
    return key;
  }

  private Dataset<Row> classes(SparkSession spark, List<int[]> keys, boolean kept) {
    ClassTable classes = plan.classes();
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      if (classes.kept()[c] == kept) {
        Object[] row = new Object[keys.size() + 1];
        for (int i = 0; i < keys.size(); i++) {
          row[i] = key(c, keys.get(i));
        }
        row[keys.size()] = true;
        rows.add(RowFactory.create(row));
      }
    }
    StructField[] fields =
        IntStream.range(0, keys.size())
            .mapToObj(i -> Field.required(KEY + i, DataTypes.LongType).structField())
            .toArray(StructField[]::new);
    fields = Arrays.copyOf(fields, fields.length + 1);
    fields[keys.size()] = FOUND.structField();
    return spark.createDataFrame(rows, new StructType(fields));
  }
}
