package com.segumento.model;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The reference table of places: one row per postal code and validity. */
public final class Places {
  /** Name of the reference. */
  public static final String NAME = "places";

  /** The country of every postal code in the table, and its continent. */
  public static final String COUNTRY_CODE = "IN";

  public static final String CONTINENT = "Asia";

  public static final Field PINCODE = required("pincode", DataTypes.StringType);
  public static final Field DISTRICT = optional("district", DataTypes.StringType);
  public static final Field STATE = optional("state", DataTypes.StringType);
  public static final Field ZONE = optional("zone", DataTypes.StringType);

  /** ISO 3166-1 alpha-2 code. */
  public static final Field COUNTRY = required("country", DataTypes.StringType);

  /** One of {@code metro}, {@code tier2}, {@code tier3}. */
  public static final Field TIER = optional("tier", DataTypes.StringType);

  /** Degrees, WGS 84; as good as the district, not better. */
  public static final Field LATITUDE = optional("latitude", DataTypes.DoubleType);

  public static final Field LONGITUDE = optional("longitude", DataTypes.DoubleType);

  /** Census district the place's district is counted under, where one is known. */
  public static final Field CENSUS_DISTRICT =
      optional("census_district_code", DataTypes.IntegerType);

  public static final Field VALID_FROM = required("valid_from", DataTypes.DateType);

  /** First day the row is no longer valid; null while it is. */
  public static final Field VALID_TO = optional("valid_to", DataTypes.DateType);

  public static final StructType SCHEMA =
      Field.schema(
          PINCODE,
          DISTRICT,
          STATE,
          ZONE,
          COUNTRY,
          TIER,
          LATITUDE,
          LONGITUDE,
          CENSUS_DISTRICT,
          VALID_FROM,
          VALID_TO);

  private Places() {}
}
