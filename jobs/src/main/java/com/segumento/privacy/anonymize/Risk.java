package com.segumento.privacy.anonymize;

import com.segumento.model.Field;
import com.segumento.privacy.lattice.ClassTable;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Counts the classes of a table and of a result by how many persons they have. */
final class Risk {
  private static final Field PERSONS = Field.required("segumento_persons", DataTypes.LongType);
  private static final Field CLASSES = Field.required("segumento_classes", DataTypes.LongType);

  private Risk() {}

  /** Where every row is a person. */
  static RiskFigures ofRows(Planner.Found found, int k) {
    Sizes before = new Sizes();
    for (long rows : found.groups().rows()) {
      before.add(rows);
    }
    Sizes after = new Sizes();
    ClassTable classes = found.plan().classes();
    for (int c = 0; c < classes.size(); c++) {
      if (classes.kept()[c]) {
        after.add(classes.rows()[c]);
      }
    }
    return new RiskFigures(before.all(), after.all(), k);
  }

  /** How often there is each size; most of many are small. */
  private static final class Sizes {
    private final long[] small = new long[1 << 10];
    private final SortedMap<Long, Long> large = new TreeMap<>();

    void add(long size) {
      if (size < small.length) {
        small[(int) size]++;
      } else {
        large.merge(size, 1L, Long::sum);
      }
    }

    SortedMap<Long, Long> all() {
      SortedMap<Long, Long> all = new TreeMap<>(large);
      for (int size = 0; size < small.length; size++) {
        if (small[size] > 0) {
          all.put((long) size, small[size]);
        }
      }
      return all;
    }
  }

  /** Counted by Spark, exactly. */
  static RiskFigures counted(Encoding encoding, Plan plan, int k) {
    Dataset<Row> result = encoding.encoded(plan.solution().levels(), encoding.quasi());
    Column same = functions.lit(true);
    Column[] keys = encoding.keys();
    for (int d = 0; d < keys.length; d++) {
      same = same.and(keys[d].equalTo(functions.col("kept" + d)));
    }
    Dataset<Row> kept = result.join(kept(encoding, plan), same, "left_semi");
    return new RiskFigures(
        sizes(encoding, encoding.encoded(new int[plan.quasi().size()], encoding.quasi())),
        sizes(encoding, kept),
        k);
  }

  private static SortedMap<Long, Long> sizes(Encoding encoding, Dataset<Row> rows) {
    Column persons =
        encoding.combinations().table().person() == null
            ? functions.sum(Combinations.ROWS.col())
            : functions.count_distinct(Combinations.PERSON.col());
    SortedMap<Long, Long> sizes = new TreeMap<>();
    // As many as there are different sizes: at most the square root of twice the persons.
    for (Row row :
        rows.groupBy(encoding.keys())
            .agg(PERSONS.as(persons))
            .groupBy(PERSONS.col())
            .agg(CLASSES.as(functions.count(functions.lit(1))))
            .collectAsList()) {
      if (row.getLong(0) > 0) {
        sizes.put(row.getLong(0), row.getLong(1));
      }
    }
    return sizes;
  }

  private static Dataset<Row> kept(Encoding encoding, Plan plan) {
    int[][] first = new int[plan.quasi().size()][];
    StructField[] fields = new StructField[first.length];
    for (int d = 0; d < first.length; d++) {
      Hierarchy hierarchy = plan.quasi().get(d);
      first[d] = hierarchy.representatives(plan.level(d));
      fields[d] = Field.required("kept" + d, DataTypes.IntegerType).structField();
    }
    List<Row> rows = new ArrayList<>();
    ClassTable classes = plan.classes();
    for (int c = 0; c < classes.size(); c++) {
      if (classes.kept()[c]) {
        Object[] codes = new Object[first.length];
        for (int d = 0; d < first.length; d++) {
          codes[d] = first[d][classes.labels()[d][c]];
        }
        rows.add(RowFactory.create(codes));
      }
    }
    return encoding
        .combinations()
        .table()
        .rows()
        .sparkSession()
        .createDataFrame(rows, new StructType(fields));
  }
}
