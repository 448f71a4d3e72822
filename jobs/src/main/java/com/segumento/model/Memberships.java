package com.segumento.model;

import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Who is in which segment: one row per business date, segment and member. */
public final class Memberships {
  /** Name of the table. */
  public static final String NAME = "memberships";

  /** Partition column. */
  public static final Field BUSINESS_DATE = required("business_date", DataTypes.DateType);

  public static final Field SEGMENT_ID = required("segment_id", DataTypes.StringType);

  /** SHA-256 of the segment's definition and of the traits it uses. */
  public static final Field DEFINITION_HASH = required("definition_hash", DataTypes.StringType);

  public static final StructType SCHEMA =
      Field.schema(BUSINESS_DATE, SEGMENT_ID, DEFINITION_HASH, Persons.PERSON_KEY);

  private Memberships() {}
}
