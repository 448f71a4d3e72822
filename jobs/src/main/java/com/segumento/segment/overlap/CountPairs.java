package com.segumento.segment.overlap;

import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Persons in both of two segments, for all pairs of some segments: takes rows of {@link #CODES},
 * one a person, and gives {@link #SCHEMA}, one row per pair that has any, the first not after the
 * second in the list of segments; a segment with itself counts its members.
 *
 * <p>One pass: pairs are counted where the rows are, and only counts travel.
 */
final class CountPairs implements MapPartitionsFunction<Row, Row> {
  /** The codes of the segments a person is in, each once. */
  static final Field CODES =
      Field.required("codes", DataTypes.createArrayType(DataTypes.IntegerType, false));

  static final Field FIRST = Field.required("first", DataTypes.IntegerType);
  static final Field SECOND = Field.required("second", DataTypes.IntegerType);
  static final Field PERSONS = Field.required("persons", DataTypes.LongType);
  static final StructType SCHEMA = Field.schema(FIRST, SECOND, PERSONS);

  private static final long serialVersionUID = 1L;

  private final HashMap<Integer, Integer> positions = new HashMap<>();

  CountPairs(List<Integer> segments) {
    segments.forEach(code -> positions.put(code, positions.size()));
  }

  Dataset<Row> apply(Dataset<Row> persons) {
    return persons
        .select(CODES.col())
        .mapPartitions(this, Encoders.row(SCHEMA))
        .groupBy(FIRST.col(), SECOND.col())
        .agg(PERSONS.as(functions.sum(PERSONS.col())));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> persons) {
    int size = positions.size();
    long[] counts = new long[size * size];
    int[] in = new int[size];
    while (persons.hasNext()) {
      Seq<Integer> codes = persons.next().getAs(0);
      int found = 0;
      for (Integer code : CollectionConverters.asJava(codes)) {
        Integer position = positions.get(code);
        if (position != null) {
          in[found++] = position;
        }
      }
      for (int i = 0; i < found; i++) {
        for (int j = 0; j < found; j++) {
          counts[in[i] * size + in[j]]++;
        }
      }
    }
    return pairs(counts, size).iterator();
  }

  private static List<Row> pairs(long[] counts, int size) {
    List<Row> pairs = new ArrayList<>();
    for (int first = 0; first < size; first++) {
      for (int second = first; second < size; second++) {
        if (counts[first * size + second] > 0) {
          pairs.add(RowFactory.create(first, second, counts[first * size + second]));
        }
      }
    }
    return pairs;
  }

  /** The counts by position of both segments. */
  static Map<List<Integer>, Long> collect(Dataset<Row> counted) {
    Map<List<Integer>, Long> counts = new HashMap<>();
    counted
        .collectAsList() // pairs of segments
        .forEach(row -> counts.put(List.of(row.getInt(0), row.getInt(1)), row.getLong(2)));
    return counts;
  }
}
