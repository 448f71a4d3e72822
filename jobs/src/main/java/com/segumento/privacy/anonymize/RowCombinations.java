package com.segumento.privacy.anonymize;

import com.segumento.model.Field;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The combinations of a table every row of which is a person of its own: packed where the rows are
 * read, without a shuffle. A combination may be in several chunks.
 *
 * @param known by attribute, whether chunks have the codes of its hierarchy
 */
@SuppressWarnings("ArrayRecordComponent")
record RowCombinations(
    InputTable table,
    JavaRDD<Chunk> chunks,
    boolean[] known,
    Broadcast<List<Map<UTF8String, Integer>>> codes)
    implements Combinations {

  static RowCombinations of(InputTable table, Map<String, Hierarchy> known) {
    List<Column> columns = new ArrayList<>();
    List<Map<UTF8String, Integer>> codes = new ArrayList<>();
    boolean[] isKnown = new boolean[table.attributes().size()];
    for (String name : table.attributes()) {
      columns.add(InputTable.text(name).as(Combinations.ours(table, name)));
      isKnown[codes.size()] = known.containsKey(name);
      codes.add(isKnown[codes.size()] ? codes(known.get(name)) : null);
    }
    columns.add(table.blank());
    Dataset<Row> texts = table.rows().select(columns.toArray(Column[]::new));
    Broadcast<List<Map<UTF8String, Integer>>> shared = context(table).broadcast(codes);
    JavaRDD<Chunk> chunks =
        texts
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(rows -> new Chunks(rows, shared.value(), Chunks.MOST))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new RowCombinations(table, chunks, isKnown, shared);
  }

  private static Map<UTF8String, Integer> codes(Hierarchy hierarchy) {
    Map<UTF8String, Integer> codes = new HashMap<>();
    Chunk.Recoding.codes(hierarchy).forEach((v, code) -> codes.put(UTF8String.fromString(v), code));
    return codes;
  }

  private static JavaSparkContext context(InputTable table) {
    return JavaSparkContext.fromSparkContext(table.rows().sparkSession().sparkContext());
  }

  @Override
  public Summary summary(List<String> attributes) {
    long rows = 0;
    long combinations = 0;
    boolean blanks = false;
    Map<String, Set<String>> found = new HashMap<>();
    attributes.forEach(name -> found.put(name, new LinkedHashSet<>()));
    for (Chunk.Header header : chunks.map(Chunk::header).collect()) { // one a million rows
      rows += header.rows();
      combinations += header.size();
      blanks |= header.blanks();
      for (Map.Entry<String, Set<String>> values : found.entrySet()) {
        int i = table.attributes().indexOf(values.getKey());
        values.getValue().addAll(List.of(header.values()[i]));
      }
    }
    Map<String, List<String>> values = new HashMap<>();
    found.forEach((name, all) -> values.put(name, List.copyOf(all)));
    return new Summary(rows, combinations, rows, blanks, values);
  }

  /** Whether the values of any of these had codes before the table was read. */
  boolean knows(List<Hierarchy> hierarchies) {
    return hierarchies.stream().anyMatch(one -> known[table.attributes().indexOf(one.attribute())]);
  }

  /**
   * The combinations by the codes of the first of the attributes, at these levels of the first of
   * them.
   */
  JavaRDD<Packed> recoded(List<Hierarchy> hierarchies, int... levels) {
    Broadcast<Chunk.Recoding> recoding =
        context(table).broadcast(Chunk.Recoding.of(hierarchies, known, levels));
    return chunks.map(chunk -> chunk.recoded(recoding.value()));
  }

  @Override
  public Dataset<Row> encoded(List<Hierarchy> hierarchies, int[] levels) {
    List<StructField> fields = new ArrayList<>();
    for (Hierarchy hierarchy : hierarchies) {
      String name = Combinations.ours(table, hierarchy.attribute());
      fields.add(Field.optional(name, DataTypes.IntegerType).structField());
    }
    fields.add(ROWS.structField());
    return table
        .rows()
        .sparkSession()
        .createDataFrame(
            recoded(hierarchies, levels).flatMap(RowCombinations::rows),
            new StructType(fields.toArray(StructField[]::new)));
  }

  private static Iterator<Row> rows(Packed packed) {
    int columns = packed.codes().length;
    return IntStream.range(0, packed.size())
        .mapToObj(
            entry -> {
              Object[] cells = new Object[columns + 1];
              for (int c = 0; c < columns; c++) {
                int code = packed.codes()[c][entry];
                cells[c] = code == Packed.NONE ? null : code;
              }
              cells[columns] = packed.last()[entry];
              return RowFactory.create(cells);
            })
        .iterator();
  }

  @Override
  public long[][] rowsByCode(List<Hierarchy> hierarchies) {
    int[] values = hierarchies.stream().mapToInt(Hierarchy::values).toArray();
    return recoded(hierarchies)
        .map(packed -> packed.rowsByCode(values))
        .reduce(
            (a, b) -> {
              for (int i = 0; i < a.length; i++) {
                for (int code = 0; code < a[i].length; code++) {
                  a[i][code] += b[i][code];
                }
              }
              return a;
            });
  }

  @Override
  public void close() {
    chunks.unpersist(false);
    codes.destroy();
  }
}
