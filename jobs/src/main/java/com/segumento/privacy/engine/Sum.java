package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * A summed measure.
 *
 * @param field the column it is published as
 * @param summed the column it adds up
 * @param low least and {@code high} largest share of one person
 */
record Sum(Field field, Field summed, BigDecimal low, BigDecimal high) {

  static Sum of(String name, Field summed, List<Double> clamp) {
    if (clamp.size() != 2 || !(clamp.get(0) < clamp.get(1))) {
      throw ConfigException.invalid(
          "exports.measures." + name + ".clamp",
          clamp,
          "the lowest and the highest value a person may contribute, as in [0, 50000]");
    }
    Field field = Cells.sum(name, summed.type(), clamp);
    int scale = ((DecimalType) field.type()).scale();
    return new Sum(
        field, summed, bound(name, clamp.get(0), scale), bound(name, clamp.get(1), scale));
  }

  private static BigDecimal bound(String name, double value, int scale) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal bound = exact.setScale(scale, RoundingMode.HALF_UP);
    if (bound.compareTo(exact) != 0 || bound.precision() > Cells.SHARE_DIGITS) {
      throw ConfigException.invalid(
          "exports.measures." + name + ".clamp",
          value,
          "at most 6 digits after the point and 22 before");
    }
    return bound;
  }

  /** One person's share: its value within the bounds, null where it has none. */
  Column share() {
    Column value = summed.col();
    boolean floating =
        summed.type().equals(DataTypes.DoubleType) || summed.type().equals(DataTypes.FloatType);
    Column given = floating ? value.isNotNull().and(not(isnan(value))) : value.isNotNull();
    DecimalType type =
        DataTypes.createDecimalType(Cells.SHARE_DIGITS, ((DecimalType) field.type()).scale());
    return when(not(given), lit(null).cast(type))
        .when(value.lt(low), lit(low).cast(type))
        .when(value.gt(high), lit(high).cast(type))
        .otherwise(value.cast(type));
  }
}
