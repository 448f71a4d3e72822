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
 * The combinations of a table whose persons may have several rows. One aggregation of the table as
 * it is read; values get their codes afterwards, when there are fewer of them.
 *
 * @param rows one a combination, its columns called and typed as those of the table
 */
record PersonCombinations(InputTable table, Dataset<Row> rows) implements Combinations {
  private static final Field VALUE = Field.required("segumento_value", DataTypes.StringType);
  private static final Field CODE = Field.required("segumento_code", DataTypes.IntegerType);
  private static final Field FIRST = Field.required("segumento_first", DataTypes.IntegerType);

  static PersonCombinations of(InputTable table) {
    return new PersonCombinations(table, counting(table).persist(StorageLevel.MEMORY_AND_DISK()));
  }

  /** The plan of the aggregation: one grouping of the columns as they are. */
  private static Dataset<Row> counting(InputTable table) {
    List<Column> columns = new ArrayList<>();
    table.attributes().forEach(name -> columns.add(InputTable.column(name)));
    // A person that is not named stays null, and is none. Hashes that collide can only make
    // fewer persons of what are more.
    Column person = InputTable.column(table.person());
    columns.add(
        functions
            .when(person.isNotNull(), functions.xxhash64(person.cast(DataTypes.StringType)))
            .as(PERSON.name()));
    Dataset<Row> rows = table.rows().select(columns.toArray(Column[]::new));
    return rows.groupBy(
            Arrays.stream(rows.columns()).map(InputTable::column).toArray(Column[]::new))
        .agg(ROWS.as(functions.count(functions.lit(1))));
  }

  @Override
  public Dataset<Row> encoded(List<Hierarchy> hierarchies, int[] levels) {
    List<Column> columns = new ArrayList<>();
    for (Hierarchy hierarchy : hierarchies) {
      String name = hierarchy.attribute();
      columns.add(InputTable.text(name).as(Combinations.ours(table, name)));
    }
    columns.add(PERSON.col());
    columns.add(ROWS.col());
    Dataset<Row> encoded = rows.select(columns.toArray(Column[]::new));
    for (int i = 0; i < hierarchies.size(); i++) {
      Hierarchy hierarchy = hierarchies.get(i);
      int level = i < levels.length ? levels[i] : 0;
      encoded =
          withCode(encoded, Combinations.ours(table, hierarchy.attribute()), hierarchy, level);
    }
    return encoded;
  }

  private static Dataset<Row> withCode(
      Dataset<Row> rows, String name, Hierarchy hierarchy, int level) {
    int[] first = hierarchy.representatives(level);
    List<Row> lines = new ArrayList<>();
    for (int code = 0; code < hierarchy.values(); code++) {
      lines.add(RowFactory.create(hierarchy.value(code), first[hierarchy.generalize(code, level)]));
    }
    Dataset<Row> codes = rows.sparkSession().createDataFrame(lines, Field.schema(VALUE, FIRST));
    return rows.join( // n:1, a hierarchy has each value once
            functions.broadcast(codes), functions.col(name).equalTo(VALUE.col()), "left")
        .withColumn(name, FIRST.col())
        .drop(VALUE.name(), FIRST.name());
  }

  @Override
  public long[][] rowsByCode(List<Hierarchy> hierarchies) {
    Dataset<Row> encoded = encoded(hierarchies, new int[0]);
    long[][] rowsByCode = new long[hierarchies.size()][];
    for (int i = 0; i < rowsByCode.length; i++) {
      Hierarchy hierarchy = hierarchies.get(i);
      rowsByCode[i] = new long[hierarchy.values() + 1];
      Column code = functions.col(Combinations.ours(table, hierarchy.attribute()));
      Dataset<Row> counts =
          encoded
              .groupBy(CODE.as(functions.coalesce(code, functions.lit(hierarchy.values()))))
              .agg(ROWS.as(functions.sum(ROWS.col())));
      for (Row row : counts.collectAsList()) { // as many as the hierarchy has values
        rowsByCode[i][row.getInt(0)] = row.getLong(1);
      }
    }
    return rowsByCode;
  }

  @Override
  public Summary summary(List<String> attributes) {
    List<Column> figures = new ArrayList<>();
    figures.add(functions.count(functions.lit(1)));
    figures.add(functions.count_distinct(PERSON.col()));
    figures.add(functions.coalesce(functions.max(table.blank()), functions.lit(false)));
    attributes.forEach(name -> figures.add(functions.collect_set(InputTable.text(name))));
    Row row =
        rows.agg(
                functions.coalesce(functions.sum(ROWS.col()), functions.lit(0L)),
                figures.toArray(Column[]::new))
            .first();
    Map<String, List<String>> values = new HashMap<>();
    for (int i = 0; i < attributes.size(); i++) {
      values.put(attributes.get(i), row.getList(4 + i));
    }
    return new Summary(row.getLong(0), row.getLong(1), row.getLong(2), row.getBoolean(3), values);
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
