package com.segumento.privacy.anonymize;

import com.segumento.model.Field;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * A table compressed to its distinct combinations of quasi-identifiers, sensitive attributes and,
 * where persons may have several rows, persons; with how many rows share each. One aggregation of
 * the table as it is read; values get their codes afterwards, when there are fewer of them. All
 * else is made of its result, which is kept until {@link #close}.
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

  /** The combinations of a table. */
  static Combinations of(InputTable table) {
    return new Combinations(table, counting(table).persist(StorageLevel.MEMORY_AND_DISK()));
  }

  /** The plan of the aggregation: one grouping of the columns as they are. */
  static Dataset<Row> counting(InputTable table) {
    List<Column> columns = new ArrayList<>();
    table.attributes().forEach(name -> columns.add(InputTable.column(name)));
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
    return rows.groupBy(
            Arrays.stream(rows.columns()).map(InputTable::column).toArray(Column[]::new))
        .agg(ROWS.as(functions.count(functions.lit(1))));
  }

  /** Our name for a quasi-identifier, whatever its own is. */
  static String quasi(InputTable table, String name) {
    return "q" + table.quasi().indexOf(name);
  }

  /** Our name for a sensitive attribute. */
  static String sensitive(InputTable table, String name) {
    return "s" + table.sensitive().indexOf(name);
  }

  private static String ours(InputTable table, String name) {
    return table.quasi().contains(name) ? quasi(table, name) : sensitive(table, name);
  }

  InputTable table() {
    return table;
  }

  /** One row a combination, its columns called and typed as those of the table. */
  Dataset<Row> rows() {
    return counted;
  }

  /** One row a combination: the text of each attribute, the person if need be, the rows. */
  Dataset<Row> texts() {
    List<Column> columns = new ArrayList<>();
    table.attributes().forEach(n -> columns.add(InputTable.text(n).as(ours(table, n))));
    if (table.person() != null) {
      columns.add(PERSON.col());
    }
    columns.add(ROWS.col());
    return counted.select(columns.toArray(Column[]::new));
  }

  /**
   * One row a combination, with the code of each value in the place of it; null where a hierarchy
   * does not know it.
   *
   * @param hierarchies of quasi-identifiers and sensitive attributes
   */
  Dataset<Row> encoded(List<Hierarchy> hierarchies) {
    Dataset<Row> rows = texts();
    for (Hierarchy hierarchy : hierarchies) {
      rows = withCode(rows, ours(table, hierarchy.attribute()), hierarchy);
    }
    return rows;
  }

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

  /**
   * What there is, found in one pass.
   *
   * @param rows of the table
   * @param combinations how many there are
   * @param persons distinct ones that are named
   * @param blanks whether any text is empty without being null
   * @param values distinct ones of the attributes that were asked for; they grow with the
   *     attributes' domains, not with persons
   */
  record Summary(
      long rows,
      long combinations,
      long persons,
      boolean blanks,
      Map<String, List<String>> values) {}

  /**
   * The summary.
   *
   * @param attributes whose values are wanted
   */
  Summary summary(List<String> attributes) {
    List<Column> figures = new ArrayList<>();
    figures.add(functions.count(functions.lit(1)));
    figures.add(
        table.person() == null ? functions.lit(0L) : functions.count_distinct(PERSON.col()));
    figures.add(functions.coalesce(functions.max(blank()), functions.lit(false)));
    attributes.forEach(name -> figures.add(functions.collect_set(InputTable.text(name))));
    Row row =
        counted
            .agg(
                functions.coalesce(functions.sum(ROWS.col()), functions.lit(0L)),
                figures.toArray(Column[]::new))
            .first();
    Map<String, List<String>> values = new HashMap<>();
    for (int i = 0; i < attributes.size(); i++) {
      values.put(attributes.get(i), row.getList(4 + i));
    }
    long persons = table.person() == null ? row.getLong(0) : row.getLong(2);
    return new Summary(row.getLong(0), row.getLong(1), persons, row.getBoolean(3), values);
  }

  private Column blank() {
    Column blank = functions.lit(false);
    for (String name : table.attributes()) {
      if (counted.schema().apply(name).dataType().equals(DataTypes.StringType)) {
        blank =
            blank.or(InputTable.column(name).isNotNull().and(InputTable.text(name).equalTo("")));
      }
    }
    return blank;
  }

  @Override
  public void close() {
    counted.unpersist();
  }
}
