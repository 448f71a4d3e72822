package com.segumento.privacy.anonymize;

import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The result made of the packed combinations of a table. Rows are numbers until they are in order:
 * no text is moved, and none stands in a plan.
 */
record ResultRows(RowCombinations combinations, Encoding encoding, ResultKeys keys) {
  private static final Field ORDER = Field.required("segumento_order", DataTypes.LongType);
  private static final Field KEY = Field.required("segumento_key", DataTypes.LongType);

  /** Bounds what an executor holds: distinct rows that are joined before they are moved. */
  private static final int MOST = 1 << 20;

  /** The result of a plan; nothing where the table is not packed, or there are too many keys. */
  static Optional<ResultRows> of(Encoding encoding, Plan plan, boolean keepsSuppressed) {
    return encoding.combinations() instanceof RowCombinations rows
        ? ResultKeys.of(encoding, plan, keepsSuppressed)
            .map(keys -> new ResultRows(rows, encoding, keys))
        : Optional.empty();
  }

  /**
   * The rows, in an order that what they say decides alone.
   *
   * @param size how many they are
   */
  Dataset<Row> ordered(int parts, long size) {
    boolean few = size <= MOST;
    SparkSession spark = combinations.table().rows().sparkSession();
    Broadcast<ResultKeys> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(keys);
    JavaRDD<Row> counted =
        combinations
            .recoded(
                Stream.concat(encoding.quasi().stream(), encoding.sensitive().stream()).toList())
            .mapPartitions(chunks -> new Counted(chunks, shared.value()));
    JavaRDD<Row> ordered = parts == 1 && few ? sortedHere(counted) : sorted(counted, parts);
    int[] attributes =
        combinations.table().kept().stream()
            .mapToInt(combinations.table().attributes()::indexOf)
            .toArray();
    JavaRDD<Row> rows =
        ordered.mapPartitions(sorted -> new Texts(sorted, shared.value(), attributes));
    return typed(spark.createDataFrame(rows, schema()));
  }

  private JavaRDD<Row> sorted(JavaRDD<Row> counted, int parts) {
    Dataset<Row> numbers =
        combinations
            .table()
            .rows()
            .sparkSession()
            .createDataFrame(counted, Field.schema(ORDER, KEY, Combinations.ROWS));
    return (parts == 1 ? numbers.coalesce(1) : numbers.repartition(parts, ORDER.col()))
        .sortWithinPartitions(ORDER.col(), KEY.col())
        .toJavaRDD();
  }

  /** The same of a few, for which Spark's sorting would take longer to be made than to be done. */
  private static JavaRDD<Row> sortedHere(JavaRDD<Row> counted) {
    return counted
        .coalesce(1)
        .mapPartitions(
            rows -> {
              List<Row> all = new ArrayList<>();
              rows.forEachRemaining(all::add);
              all.sort(
                  Comparator.comparingLong((Row row) -> row.getLong(0))
                      .thenComparingLong(row -> row.getLong(1)));
              return all.iterator();
            });
  }

  private StructType schema() {
    List<StructField> fields = new ArrayList<>();
    for (String name : combinations.table().kept()) {
      fields.add(Field.optional(name, DataTypes.StringType).structField());
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  private Dataset<Row> typed(Dataset<Row> rows) {
    InputTable table = combinations.table();
    List<Column> columns = new ArrayList<>();
    for (String name : table.kept()) {
      Column column = InputTable.column(name);
      columns.add(
          table.quasi().contains(name)
              ? column
              : column.cast(table.rows().schema().apply(name).dataType()).as(name));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /** Order, key and number of the rows of some chunks. */
  private static final class Counted implements Iterator<Row> {
    private final Iterator<Packed> chunks;
    private final ResultKeys keys;
    private Iterator<Row> ready = List.<Row>of().iterator();

    Counted(Iterator<Packed> chunks, ResultKeys keys) {
      this.chunks = chunks;
      this.keys = keys;
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && chunks.hasNext()) {
        Counter counter = new Counter(2);
        int[] halves = new int[2];
        while (counter.size() < MOST && chunks.hasNext()) {
          Packed chunk = chunks.next();
          for (int at = 0; at < chunk.size(); at++) {
            long key = keys.key(chunk, at);
            if (key != ResultKeys.DROPPED) {
              halves[0] = (int) (key >>> Integer.SIZE);
              halves[1] = (int) key;
              counter.add(halves, chunk.last()[at]);
            }
          }
        }
        ready = rows(counter.packed());
      }
      return ready.hasNext();
    }

    private Iterator<Row> rows(Packed counted) {
      return IntStream.range(0, counted.size())
          .mapToObj(
              at -> {
                long low = Integer.toUnsignedLong(counted.codes()[1][at]);
                long key = (long) counted.codes()[0][at] << Integer.SIZE | low;
                return RowFactory.create(keys.order(key), key, counted.last()[at]);
              })
          .iterator();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }
  }

  /** What sorted keys say, each as often as it is there. */
  private static final class Texts implements Iterator<Row> {
    private final Iterator<Row> numbers;
    private final ResultKeys keys;
    private final int[] attributes;
    private long key = ResultKeys.DROPPED;
    private Row row;
    private long left;

    Texts(Iterator<Row> numbers, ResultKeys keys, int... attributes) {
      this.numbers = numbers;
      this.keys = keys;
      this.attributes = attributes;
    }

    @Override
    public boolean hasNext() {
      return left > 0 || numbers.hasNext();
    }

    @Override
    public Row next() {
      if (left == 0) {
        Row next = numbers.next();
        left = next.getLong(2);
        if (key != next.getLong(1)) {
          key = next.getLong(1);
          row = row();
        }
      }
      left--;
      return row;
    }

    private Row row() {
      Object[] cells = new Object[attributes.length];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = keys.text(key, attributes[i]);
      }
      return RowFactory.create(cells);
    }
  }
}
