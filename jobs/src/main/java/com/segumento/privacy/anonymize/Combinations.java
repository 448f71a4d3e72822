package com.segumento.privacy.anonymize;

import com.segumento.model.Field;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * A table compressed to its distinct combinations of the codes of quasi-identifiers, sensitive
 * attributes and, where persons may have several rows, persons; with how many rows share each. One
 * aggregation of the table; all else is made of its result, which is kept until {@link #close}.
 */
final class Combinations implements AutoCloseable {
  static final Field ROWS = Field.required("segumento_rows", DataTypes.LongType);
  static final Field PERSON = Field.optional("segumento_person", DataTypes.LongType);

  private static final Field VALUE = Field.required("segumento_value", DataTypes.StringType);
  private static final Field CODE = Field.required("segumento_code", DataTypes.IntegerType);

  private final InputTable table;
  private final Dataset<Row> counted;

  private Combinations(InputTable table, Dataset<Row> counted) {
    this.table = table;
    this.counted = counted;
  }

  /**
   * The combinations of a table.
   *
   * @param hierarchies of its quasi-identifiers and sensitive attributes
   */
  static Combinations of(InputTable table, List<Hierarchy> hierarchies) {
    Dataset<Row> counted = counting(table, hierarchies).persist(StorageLevel.MEMORY_AND_DISK());
    return new Combinations(table, counted);
  }

  /** The plan of the aggregation: values to codes, then one grouping. */
  static Dataset<Row> counting(InputTable table, List<Hierarchy> hierarchies) {
    List<Column> columns = new ArrayList<>();
    table.quasi().forEach(name -> columns.add(InputTable.text(name).as(quasi(table, name))));
    table
        .sensitive()
        .forEach(name -> columns.add(InputTable.text(name).as(sensitive(table, name))));
    if (table.person() != null) {
      // A person that is not named stays null, and is none. Hashes that collide can only make
      // fewer persons of what are more.
      Column person = InputTable.column(table.person());
      columns.add(
          functions
              .when(person.isNotNull(), functions.xxhash64(person.cast(DataTypes.StringType)))
              .as(PERSON.name()));
    }
    Dataset<Row> rows = table.rows().select(columns.toArray(Column[]::new));
    for (Hierarchy hierarchy : hierarchies) {
      rows = withCode(rows, ours(table, hierarchy.attribute()), hierarchy);
    }
    return rows.groupBy(
            java.util.Arrays.stream(rows.columns()).map(functions::col).toArray(Column[]::new))
        .agg(ROWS.as(functions.count(functions.lit(1))));
  }

  /** Puts its code in the place of each value; null where the hierarchy does not know it. */
  private static Dataset<Row> withCode(Dataset<Row> rows, String name, Hierarchy hierarchy) {
    List<Row> lines = new ArrayList<>();
    for (int code = 0; code < hierarchy.values(); code++) {
      lines.add(RowFactory.create(hierarchy.value(code), code));
    }
    Dataset<Row> codes = rows.sparkSession().createDataFrame(lines, Field.schema(VALUE, CODE));
    return rows.join( // n:1, a hierarchy has each value once
            functions.broadcast(codes), functions.col(name).equalTo(VALUE.col()), "left")
        .withColumn(name, CODE.col())
        .drop(VALUE.name(), CODE.name());
  }

  /** Our name for an attribute. */
  static String ours(InputTable table, String name) {
    return table.quasi().contains(name) ? quasi(table, name) : sensitive(table, name);
  }

  /** Our name for a quasi-identifier, whatever its own is. */
  static String quasi(InputTable table, String name) {
    return "q" + table.quasi().indexOf(name);
  }

  /** Our name for a sensitive attribute. */
  static String sensitive(InputTable table, String name) {
    return "s" + table.sensitive().indexOf(name);
  }

  InputTable table() {
    return table;
  }

  /** One row a combination. */
  Dataset<Row> rows() {
    return counted;
  }

  /**
   * What there is, found in one pass.
   *
   * @param rows of the table
   * @param combinations how many there are
   * @param persons distinct ones that are named
   */
  record Summary(long rows, long combinations, long persons) {}

  /** The summary. */
  Summary summary() {
    Row row =
        counted
            .agg(
                functions.coalesce(functions.sum(ROWS.col()), functions.lit(0L)),
                functions.count(functions.lit(1)),
                table.person() == null ? functions.lit(0L) : functions.count_distinct(PERSON.col()))
            .first();
    return new Summary(
        row.getLong(0), row.getLong(1), table.person() == null ? row.getLong(0) : row.getLong(2));
  }

  @Override
  public void close() {
    counted.unpersist();
  }
}
