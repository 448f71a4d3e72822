package com.segumento.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * The cell table of a release: one row per segment and combination of generalized values that
 * enough persons share. After {@link #SEGMENT_ID} come one text column a dimension and one number a
 * measure, under the names the export gives them.
 *
 * <p>What the columns mean, for all who make or check one: a person is a key of {@link #KEY_BYTES}
 * bytes and counts once in a cell, however many rows speak of it; where those rows disagree on a
 * summed or sensitive value, the largest one stands. A sum adds, over the persons that have a
 * value, that value clamped and then rounded half up to the column's scale.
 */
public final class Cells {
  public static final Field SEGMENT_ID = Memberships.SEGMENT_ID;

  /** Length of a person key; anything else names no person. */
  public static final int KEY_BYTES = 32;

  /** Label of the most general level of every dimension. */
  public static final String ANY = "*";

  /** Label of those whose value is not known: a class of its own. */
  public static final String UNKNOWN = "unknown";

  /** Label of those whose value is missing from a hierarchy file: a class of its own. */
  public static final String UNLISTED = "unlisted";

  /** Labels no value of the data may pass for; one that reads like it gets a backslash before. */
  public static final Set<String> RESERVED = Set.of(ANY, UNKNOWN, UNLISTED);

  /**
   * Start of the place label of those that are in no other cell of their segment and other labels;
   * the label of a place above theirs follows. A place that reads like it gets a backslash before.
   */
  public static final String OTHER_IN = "other in ";

  /** Names of the levels of the dimension {@code place}, from level 0. */
  public static final List<String> PLACE_LEVELS =
      List.of(
          Places.PINCODE.name(),
          Places.DISTRICT.name(),
          Places.STATE.name(),
          Places.ZONE.name(),
          Places.COUNTRY.name(),
          ANY);

  /** Digits one person's share of a sum may have. */
  public static final int SHARE_DIGITS = 28;

  private static final int SUM_DIGITS = 38;
  private static final int LARGEST_SCALE = 6;
  private static final int FLOATING_SCALE = 4;
  private static final Set<DataType> INTEGERS =
      Set.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  private Cells() {}

  /** The label of a dimension. */
  public static Field dimension(String name) {
    return Field.required(name, DataTypes.StringType);
  }

  /** The number of distinct persons. */
  public static Field count(String name) {
    return Field.required(name, DataTypes.LongType);
  }

  /**
   * A sum; null where it is withheld. Decimal, because a sum of binary fractions depends on the
   * order of its parts.
   */
  public static Field sum(String name, DataType summed, List<Double> clamp) {
    int scale = scale(name, summed);
    for (double bound : clamp) {
      scale = Math.max(scale, BigDecimal.valueOf(bound).stripTrailingZeros().scale());
    }
    return Field.optional(
        name, DataTypes.createDecimalType(SUM_DIGITS, Math.min(scale, LARGEST_SCALE)));
  }

  private static int scale(String name, DataType summed) {
    if (summed instanceof DecimalType decimal) {
      return decimal.scale();
    }
    if (summed.equals(DataTypes.DoubleType) || summed.equals(DataTypes.FloatType)) {
      return FLOATING_SCALE;
    }
    if (INTEGERS.contains(summed)) {
      return 0;
    }
    throw ConfigException.invalid(
        "exports.measures." + name, summed.catalogString(), "the sum of a column of numbers");
  }
}
