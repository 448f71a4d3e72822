package com.segumento.model;

import static com.segumento.model.Field.required;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Who is in which segment: one row per business date and person that is in any, with the codes of
 * its segments. What a code stands for is in {@link SegmentCodes}. All who ask for members go
 * through {@link #members}, whatever the table looks like; but the gate, which reads both tables by
 * itself.
 */
public final class Memberships {
  /** Name of the table. */
  public static final String NAME = "memberships";

  /** Partition column. */
  public static final Field BUSINESS_DATE = required("business_date", DataTypes.DateType);

  public static final Field SEGMENT_ID = required("segment_id", DataTypes.StringType);

  /** SHA-256 of the segment's definition and of all it reads. */
  public static final Field DEFINITION_HASH = required("definition_hash", DataTypes.StringType);

  /** Codes of the person's segments, from the lowest. */
  public static final Field SEGMENTS =
      required("segments", new ArrayType(DataTypes.IntegerType, false));

  /**
   * For each of {@link #SEGMENTS}, in the same order: the business date of the first night of
   * those, up to this one, in which the person was in the segment as it is defined now without a
   * break.
   */
  public static final Field SINCE = required("since", new ArrayType(DataTypes.DateType, false));

  public static final StructType SCHEMA =
      Field.schema(BUSINESS_DATE, Persons.PERSON_KEY, SEGMENTS, SINCE);

  private Memberships() {}

  /**
   * One row per business date, segment and member: {@link #BUSINESS_DATE}, {@link #SEGMENT_ID},
   * {@link #DEFINITION_HASH} and {@link Persons#PERSON_KEY}.
   *
   * @param memberships the table
   * @param codes the table {@link SegmentCodes}
   */
  public static Dataset<Row> members(Dataset<Row> memberships, Dataset<Row> codes) {
    return memberships
        .select(
            BUSINESS_DATE.col(),
            Persons.PERSON_KEY.col(),
            SegmentCodes.CODE.as(functions.explode(SEGMENTS.col())))
        // n:1, a code is given once
        .join(functions.broadcast(codes), SegmentCodes.CODE.name())
        .select(
            BUSINESS_DATE.col(), SEGMENT_ID.col(), DEFINITION_HASH.col(), Persons.PERSON_KEY.col());
  }
}
