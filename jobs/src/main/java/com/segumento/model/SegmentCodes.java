package com.segumento.model;

import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The definitions that the segments of a client have had, one row each, under the code that stands
 * for them in {@link Memberships}. Rows are only added: a code means the same for every night, and
 * a segment that is defined anew gets another.
 */
public final class SegmentCodes {
  /** Name of the table. */
  public static final String NAME = "segment_codes";

  /** From 1. */
  public static final Field CODE = required("code", DataTypes.IntegerType);

  public static final StructType SCHEMA =
      Field.schema(CODE, Memberships.SEGMENT_ID, Memberships.DEFINITION_HASH);

  private SegmentCodes() {}
}
