package com.segumento.segment.order;

import com.segumento.model.Field;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * The places of persons in several orders, sorted: one row per order and person who has a value.
 *
 * <p>Sorted by ranges, each range a task of its own. A row's number holds its partition and its
 * place in it, so that a place in an order is found from the sizes of the partitions, and no row
 * travels but those asked for. Holds memory until it is closed.
 */
final class OrderedKeys implements AutoCloseable {
  static final Field KEY = Field.optional("key", DataTypes.BinaryType);

  private static final Field ORDER = Field.required("order", DataTypes.IntegerType);
  private static final Field ROW = Field.required("row", DataTypes.LongType);
  private static final Field FIRST = Field.required("first", DataTypes.LongType);
  private static final Field ROWS = Field.required("rows", DataTypes.LongType);

  /** {@code monotonically_increasing_id} has the partition above so many bits. */
  private static final int PARTITION_BITS = 33;

  private final Dataset<Row> rows;

  /** By order, the number of the first row and how many follow it, by partition. */
  private final Map<Integer, TreeMap<Long, Long>> stretches = new HashMap<>();

  OrderedKeys(Dataset<Row> persons, List<PersonOrder> orders) {
    rows = sorted(persons, orders).persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** The plan of the sort. */
  static Dataset<Row> sorted(Dataset<Row> persons, List<PersonOrder> orders) {
    Column[] keys = new Column[orders.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = functions.struct(ORDER.as(functions.lit(i)), KEY.as(orders.get(i).key()));
    }
    Field entry = Field.required("entry", DataTypes.NullType);
    return persons
        .select(entry.as(functions.explode(functions.array(keys))))
        .select(ORDER.as(ORDER.in(entry)), KEY.as(KEY.in(entry)))
        .filter(KEY.col().isNotNull())
        .repartitionByRange(ORDER.col(), KEY.col())
        .sortWithinPartitions(ORDER.col(), KEY.col())
        .select(ORDER.col(), KEY.col(), ROW.as(functions.monotonically_increasing_id()));
  }

  /** How many persons stand in each order; an order nobody stands in is not in it. */
  Map<Integer, Long> count() {
    rows.groupBy(ORDER.col(), functions.shiftright(ROW.col(), PARTITION_BITS))
        .agg(FIRST.as(functions.min(ROW.col())), ROWS.as(functions.count(functions.lit(1))))
        .select(ORDER.col(), FIRST.col(), ROWS.col())
        .collectAsList() // partitions by orders
        .forEach(
            row ->
                stretches
                    .computeIfAbsent(row.getInt(0), order -> new TreeMap<>())
                    .put(row.getLong(1), row.getLong(2)));
    Map<Integer, Long> counts = new HashMap<>();
    stretches.forEach(
        (order, sizes) ->
            counts.put(order, sizes.values().stream().mapToLong(Long::longValue).sum()));
    return counts;
  }

  /** The number of the row at {@code place}, from 1, of an order that was counted. */
  long row(int order, long place) {
    long before = 0;
    for (var stretch : stretches.get(order).entrySet()) {
      if (place <= before + stretch.getValue()) {
        return stretch.getKey() + place - before - 1;
      }
      before += stretch.getValue();
    }
    throw new IllegalArgumentException("There is no place " + place + " among " + before);
  }

  /** The keys of rows by their numbers. */
  Map<Long, byte[]> keys(Collection<Long> numbers) {
    Map<Long, byte[]> keys = new HashMap<>();
    rows.filter(ROW.col().isInCollection(Set.copyOf(numbers)))
        .select(ROW.col(), KEY.col())
        .collectAsList() // as many as were asked for
        .forEach(row -> keys.put(row.getLong(0), row.getAs(1)));
    return keys;
  }

  @Override
  public void close() {
    rows.unpersist(true);
  }
}
