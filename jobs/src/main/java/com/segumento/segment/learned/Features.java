package com.segumento.segment.learned;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.functions$;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Numeric columns of a person, and the sample of persons that is learned from.
 *
 * @param names of columns, in the order of a point's coordinates
 * @param limit persons a sample holds at most, give or take a few as the hash falls
 */
record Features(List<String> names, long limit) {
  static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType, true);

  /** The features as they are. */
  static final Field RAW = Field.optional("raw", NUMBERS);

  /** The features in standard deviations from their means. */
  static final Field POINT = Field.optional("point", NUMBERS);

  /** The point as Spark ML reads it. */
  static final String VECTOR = "vector";

  static final Field HASH = Field.required("hash", DataTypes.LongType);

  /** Bits of a hash that say whether a person is drawn. */
  private static final int DRAWN_BITS = 53;

  Features {
    names = List.copyOf(names);
  }

  /** {@link #RAW} over the columns of a person. */
  Column raw() {
    return functions.array(
        names.stream()
            .map(name -> Field.optional(name, DataTypes.DoubleType).col())
            .map(column -> column.cast(DataTypes.DoubleType))
            .toArray(Column[]::new));
  }

  /** Whether a person has any of the features. */
  Column any() {
    return names.stream()
        .map(name -> finite(Field.optional(name, DataTypes.DoubleType).col()))
        .reduce(Column::or)
        .orElseThrow();
  }

  /** About {@link #limit} of {@code persons} persons: whether a person is drawn. */
  Column drawn(String salt, Column persons) {
    double whole = Math.pow(2, DRAWN_BITS);
    return functions
        .shiftrightunsigned(hash(salt), Long.SIZE - DRAWN_BITS)
        .cast(DataTypes.DoubleType)
        .lt(functions.lit(limit * whole).divide(persons));
  }

  /** {@code columns} of some persons in one partition, in the order of {@link #HASH}. */
  static Dataset<Row> inOrder(Dataset<Row> drawn, String salt, Column... columns) {
    return drawn
        .select(
            Stream.concat(Stream.of(HASH.as(hash(salt))), Stream.of(columns))
                .toArray(Column[]::new))
        .repartition(1)
        .sortWithinPartitions(HASH.col());
  }

  /** How the features of {@code sample}, which holds {@link #RAW}, are brought to one scale. */
  Standardized scale(Dataset<Row> sample) {
    Column[] moments = new Column[2 * names.size()];
    for (int i = 0; i < names.size(); i++) {
      Column value = RAW.col().getItem(i);
      Column counted = functions.when(finite(value), value);
      moments[2 * i] = functions.coalesce(functions.avg(counted), functions.lit(0.0));
      moments[2 * i + 1] = functions.coalesce(functions.stddev_pop(counted), functions.lit(0.0));
    }
    Row row = sample.agg(functions.count(functions.lit(1)), moments).first();
    double[] means = new double[names.size()];
    double[] deviations = new double[names.size()];
    for (int i = 0; i < names.size(); i++) {
      means[i] = row.getDouble(1 + 2 * i);
      deviations[i] = row.getDouble(2 + 2 * i);
    }
    return new Standardized(means, deviations);
  }

  /** {@link #POINT} of {@code raw} features. */
  static Column point(Standardized scale, Column raw) {
    return functions.udf(scale, NUMBERS).apply(raw);
  }

  /** {@link #VECTOR} of {@link #POINT}. */
  static Column vector() {
    return functions$.MODULE$.array_to_vector(POINT.col()).as(VECTOR);
  }

  static Column finite(Column value) {
    Column number = value.cast(DataTypes.DoubleType);
    return number.between(-Double.MAX_VALUE, Double.MAX_VALUE); // NaN is above all numbers
  }

  private static Column hash(String salt) {
    return functions.xxhash64(Persons.PERSON_KEY.col(), functions.lit(salt));
  }
}
