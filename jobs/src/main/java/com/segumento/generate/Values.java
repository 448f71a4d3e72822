package com.segumento.generate;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.Client.PlaceKey;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.model.Field;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Values that keep a column's contract and look like what the column's name and type suggest: ages,
 * incomes, amounts, categories. A {@code pattern} is not looked at: a column that has one should
 * list {@code allowed} values too.
 */
record Values(GeneratorSettings settings, DatasetContract contract) {
  /** Share of missing postal codes and countries, where the contract bears it. */
  static final double MISSING_PLACES = 0.03;

  private static final List<String> COUNTRIES =
      List.of("India", "United Kingdom", "United Arab Emirates", "USA", "Singapore", "Germany");
  private static final int LEXICON = 200;
  private static final int YEAR = 365;
  private static final double MEDIAN_AMOUNT = 600;
  private static final double SPREAD_OF_AMOUNTS = 1.1;
  private static final double WIDTH_OF_A_SCALE = 100;

  /** Where the postal code of a column is attached before its value is asked for. */
  static Field attached(String column) {
    return Field.required("__place_" + column, DataTypes.StringType);
  }

  /** The value of a column, decided by {@code keys}. */
  Column of(String name, ColumnContract column, Column... keys) {
    DataType type = column.dataType();
    Draw draw = draw(name);
    if (column.place() != null) {
      Column place =
          column.place() == PlaceKey.POSTAL_CODE && column.allowed().isEmpty()
              ? attached(name).col()
              : pick(column.allowed().isEmpty() ? COUNTRIES : column.allowed(), name, keys);
      return when(draw("missing " + name).uniform(keys).lt(missing(name, column)), lit(null))
          .otherwise(place)
          .cast(type);
    }
    if (!column.allowed().isEmpty()) {
      return pick(column.allowed(), name, keys).cast(type);
    }
    if (type instanceof NumericType) {
      return number(name, column, type, draw, keys).cast(type);
    }
    if (type instanceof DateType) {
      return date(name, draw, keys);
    }
    if (type instanceof TimestampType) {
      return timestamp_seconds(lit(firstSecond()).minus(draw.below(86_400L * YEAR, keys)));
    }
    if (type.equals(DataTypes.BooleanType)) {
      return draw.uniform(keys).lt(0.3);
    }
    return text(name, column, draw, keys);
  }

  /** A number that decides the value of a place column. */
  Column place(String name, Column... keys) {
    return draw("place " + name).uniform(keys);
  }

  /** The first second of the first day, since 1970. */
  long firstSecond() {
    return settings.from().atStartOfDay().toEpochSecond(ZoneOffset.UTC);
  }

  private Draw draw(String purpose) {
    return Draw.of(settings.seed(), contract.name(), purpose);
  }

  private double missing(String name, ColumnContract column) {
    if (Boolean.TRUE.equals(column.required())) {
      return 0;
    }
    Double most = contract.expectations().maxNull().get(name);
    return most == null ? MISSING_PLACES : Math.min(MISSING_PLACES, most / 2);
  }

  private Column pick(List<String> values, String name, Column... keys) {
    Column index = new Alias(weights(values, name)).pick(draw(name).uniform(keys));
    return lit(values.toArray(String[]::new)).getItem(index);
  }

  private static double[] weights(List<String> values, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int n = values.size();
    if (lower.contains("gender") || lower.equals("sex")) {
      return IntStream.range(0, n).mapToDouble(i -> i < 2 ? 1 : 0.02).toArray();
    }
    if (lower.contains("band") || lower.contains("income")) { // ordered: the middle is common
      return IntStream.range(0, n).mapToDouble(i -> Math.min(i + 1, n - i)).toArray();
    }
    return IntStream.range(0, n).mapToDouble(i -> 1.0 / (i + 1)).toArray(); // Zipf
  }

  private static Column number(
      String name, ColumnContract column, DataType type, Draw draw, Column... keys) {
    Column uniform = draw.uniform(keys);
    if (type instanceof IntegralType) {
      double min = column.min() == null ? 0 : column.min();
      double max = column.max() == null ? min + 100 : column.max();
      Column value =
          name.toLowerCase(Locale.ROOT).matches("(.*_)?age")
              ? floor(uniform.multiply(0.6).plus(0.4).multiply(uniform).multiply(67)).plus(18)
              : floor(uniform.multiply(uniform).multiply(max - min + 1)).plus(min);
      return least(greatest(value.cast("double"), lit(min)), lit(max));
    }
    double min = column.min() == null ? 0 : column.min();
    double max = column.max() == null ? 1_000_000 : column.max();
    Column value =
        max - min <= WIDTH_OF_A_SCALE
            ? uniform.multiply(max - min).plus(min)
            : exp(draw.normal(keys).multiply(SPREAD_OF_AMOUNTS))
                .multiply(MEDIAN_AMOUNT)
                .plus(Math.max(0, min));
    int scale = type instanceof DecimalType decimal ? decimal.scale() : 2;
    return least(greatest(round(value, scale), lit(min)), lit(max));
  }

  private Column date(String name, Draw draw, Column... keys) {
    String lower = name.toLowerCase(Locale.ROOT);
    Column first = lit(java.sql.Date.valueOf(settings.from()));
    if (lower.contains("birth") || lower.contains("dob")) {
      return date_sub(first, draw.between(18L * YEAR, 80L * YEAR, keys).cast("int"));
    }
    Column before = date_sub(first, draw.between(1, 6L * YEAR, keys).cast("int"));
    if (lower.contains("since") || lower.contains("joined") || lower.contains("registered")) {
      Column joined = Work.JOINED.col();
      return when(joined.lt(0), before).otherwise(date_sub(first, joined.multiply(-1)));
    }
    return before;
  }

  private static Column text(String name, ColumnContract column, Draw draw, Column... keys) {
    Column uniform = draw.uniform(keys);
    Column rank = floor(uniform.multiply(uniform).multiply(LEXICON)).cast("string");
    Column word = concat(lit(name + " "), rank);
    return column.maxLength() == null ? word : substring(word, 1, column.maxLength());
  }
}
