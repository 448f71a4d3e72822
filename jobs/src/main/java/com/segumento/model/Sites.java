package com.segumento.model;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A reference table of a client's own places, such as its stores: one row per place and validity.
 */
public final class Sites {
  public static final Field ID = required("id", DataTypes.StringType);

  /** Degrees, WGS 84. */
  public static final Field LATITUDE = required("latitude", DataTypes.DoubleType);

  public static final Field LONGITUDE = required("longitude", DataTypes.DoubleType);
  public static final Field VALID_FROM = required("valid_from", DataTypes.DateType);

  /** First day the row is no longer valid; null while it is. */
  public static final Field VALID_TO = optional("valid_to", DataTypes.DateType);

  public static final StructType SCHEMA =
      Field.schema(ID, LATITUDE, LONGITUDE, VALID_FROM, VALID_TO);

  private Sites() {}
}
