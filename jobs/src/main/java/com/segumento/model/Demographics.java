package com.segumento.model;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The reference table of demographics: one row per census district and validity. */
public final class Demographics {
  /** Name of the reference. */
  public static final String NAME = "demographics";

  public static final Field DISTRICT_CODE = required("census_district_code", DataTypes.IntegerType);
  public static final Field STATE = required("state", DataTypes.StringType);
  public static final Field DISTRICT = required("district", DataTypes.StringType);
  public static final Field POPULATION = required("population", DataTypes.LongType);

  /** Shares are between 0 and 1. */
  public static final Field LITERACY_RATE = optional("literacy_rate", DataTypes.DoubleType);

  /** Women per 1,000 men. */
  public static final Field SEX_RATIO = optional("sex_ratio", DataTypes.DoubleType);

  public static final Field URBAN_SHARE = optional("urban_share", DataTypes.DoubleType);
  public static final Field WORKER_SHARE = optional("worker_share", DataTypes.DoubleType);
  public static final Field GRADUATE_SHARE = optional("graduate_share", DataTypes.DoubleType);
  public static final Field INTERNET_SHARE = optional("internet_share", DataTypes.DoubleType);
  public static final Field CAR_SHARE = optional("car_share", DataTypes.DoubleType);
  public static final Field UNDER_30_SHARE = optional("under_30_share", DataTypes.DoubleType);

  /** Share of households above 545,000 rupees of yearly purchasing power. */
  public static final Field AFFLUENT_SHARE = optional("affluent_share", DataTypes.DoubleType);

  public static final Field VALID_FROM = required("valid_from", DataTypes.DateType);

  /** First day the row is no longer valid; null while it is. */
  public static final Field VALID_TO = optional("valid_to", DataTypes.DateType);

  public static final StructType SCHEMA =
      Field.schema(
          DISTRICT_CODE,
          STATE,
          DISTRICT,
          POPULATION,
          LITERACY_RATE,
          SEX_RATIO,
          URBAN_SHARE,
          WORKER_SHARE,
          GRADUATE_SHARE,
          INTERNET_SHARE,
          CAR_SHARE,
          UNDER_30_SHARE,
          AFFLUENT_SHARE,
          VALID_FROM,
          VALID_TO);

  private Demographics() {}
}
