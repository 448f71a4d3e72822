package com.segumento.privacy.anonymize;

import com.segumento.model.Field;
import com.segumento.privacy.lattice.ClassTable;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * How likely persons are to be found again in the table and in the result: how many classes of how
 * many persons there are.
 *
 * @param before classes by their size in persons, in the table
 * @param after the same of the kept classes of the result
 * @param k persons in smaller classes than this are at risk
 * @see <a href="https://doi.org/10.1197/jamia.M2716">El Emam and Dankar, Protecting privacy using
 *     k-anonymity (2008)</a>
 */
record Risk(SortedMap<Long, Long> before, SortedMap<Long, Long> after, int k) {
  private static final Field PERSONS = Field.required("segumento_persons", DataTypes.LongType);
  private static final Field CLASSES = Field.required("segumento_classes", DataTypes.LongType);
  private static final long[] BANDS = {1, 2, 3, 5, 10, 20, 50, 100, 1000, Long.MAX_VALUE};

  Risk {
    before = Collections.unmodifiableSortedMap(before);
    after = Collections.unmodifiableSortedMap(after);
  }

  /** Where every row is a person. */
  static Risk ofRows(Planner.Found found, int k) {
    SortedMap<Long, Long> before = new TreeMap<>();
    for (long rows : found.groups().rows()) {
      before.merge(rows, 1L, Long::sum);
    }
    SortedMap<Long, Long> after = new TreeMap<>();
    ClassTable classes = found.plan().classes();
    for (int c = 0; c < classes.size(); c++) {
      if (classes.kept()[c]) {
        after.merge(classes.rows()[c], 1L, Long::sum);
      }
    }
    return new Risk(before, after, k);
  }

  /** Counted by Spark, exactly. */
  static Risk counted(Encoding encoding, Plan plan, int k) {
    Dataset<Row> result = encoding.encoded(plan.solution().levels());
    Column same = functions.lit(true);
    Column[] keys = encoding.keys();
    for (int d = 0; d < keys.length; d++) {
      same = same.and(keys[d].equalTo(functions.col("kept" + d)));
    }
    Dataset<Row> kept = result.join(kept(encoding, plan), same, "left_semi");
    return new Risk(sizes(encoding, encoding.encoded()), sizes(encoding, kept), k);
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
        .rows()
        .sparkSession()
        .createDataFrame(rows, new StructType(fields));
  }

  long classes() {
    return after.values().stream().mapToLong(Long::longValue).sum();
  }

  long persons() {
    return persons(after);
  }

  /** Persons of the smallest kept class; 0 where there is none. */
  long smallest() {
    return after.isEmpty() ? 0 : after.firstKey();
  }

  /** Persons of the largest kept class; 0 where there is none. */
  long largest() {
    return after.isEmpty() ? 0 : after.lastKey();
  }

  private static long persons(SortedMap<Long, Long> sizes) {
    long persons = 0;
    for (Map.Entry<Long, Long> size : sizes.entrySet()) {
      persons += size.getKey() * size.getValue();
    }
    return persons;
  }

  /** The figures for the report. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("threshold", 1.0 / k);
    figures.put("population", "the table itself");
    figures.put("before", figures(before));
    figures.put("after", figures(after));
    return figures;
  }

  private Map<String, Object> figures(SortedMap<Long, Long> sizes) {
    double persons = persons(sizes);
    double classes = sizes.values().stream().mapToLong(Long::longValue).sum();
    double highest = sizes.isEmpty() ? 0 : 1.0 / sizes.firstKey();
    double average = sizes.isEmpty() ? 0 : classes / persons;
    double atRisk = sizes.isEmpty() ? 0 : persons(sizes.headMap((long) k)) / persons;
    Map<String, Object> attacker = new LinkedHashMap<>();
    attacker.put("highest_risk", highest);
    attacker.put("average_risk", average);
    attacker.put("records_at_risk", atRisk);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("prosecutor", attacker);
    // Who does not know whether a person is in the table knows no less, where it is all there is.
    figures.put("journalist", attacker);
    figures.put("marketer", Map.of("average_risk", average));
    figures.put("class_sizes", bands(sizes));
    return figures;
  }

  private static List<Map<String, Object>> bands(SortedMap<Long, Long> sizes) {
    List<Map<String, Object>> bands = new ArrayList<>();
    for (int i = 0; i + 1 < BANDS.length; i++) {
      SortedMap<Long, Long> inside = sizes.subMap(BANDS[i], BANDS[i + 1]);
      Map<String, Object> band = new LinkedHashMap<>();
      band.put("from", BANDS[i]);
      if (BANDS[i + 1] != Long.MAX_VALUE) {
        band.put("to", BANDS[i + 1] - 1);
      }
      band.put("classes", inside.values().stream().mapToLong(Long::longValue).sum());
      band.put("persons", persons(inside));
      bands.add(band);
    }
    return bands;
  }
}
