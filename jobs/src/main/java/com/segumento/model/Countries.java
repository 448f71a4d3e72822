package com.segumento.model;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The reference table of countries: one row per spelling of a country's name and validity. */
public final class Countries {
  /** Name of the reference. */
  public static final String NAME = "countries";

  /** A spelling of the name, as {@link NameKey} gives it. */
  public static final Field NAME_KEY = required("name_key", DataTypes.StringType);

  public static final Field COUNTRY = required("country", DataTypes.StringType);
  public static final Field COUNTRY_CODE = required("country_code", DataTypes.StringType);
  public static final Field CONTINENT = optional("continent", DataTypes.StringType);
  public static final Field VALID_FROM = required("valid_from", DataTypes.DateType);

  /** First day the row is no longer valid; null while it is. */
  public static final Field VALID_TO = optional("valid_to", DataTypes.DateType);

  public static final StructType SCHEMA =
      Field.schema(NAME_KEY, COUNTRY, COUNTRY_CODE, CONTINENT, VALID_FROM, VALID_TO);

  private Countries() {}
}
