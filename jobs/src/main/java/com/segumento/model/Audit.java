package com.segumento.model;

import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** The audit {@code ops/audit}, append-only and hash-chained: one row per deed. */
public final class Audit {
  /** Name of the ledger. */
  public static final String NAME = "audit";

  /** 1, 2, 3 … without gaps. */
  public static final Field SEQUENCE = required("sequence", DataTypes.LongType);

  public static final Field ID = required("id", DataTypes.StringType);
  public static final Field TIME = required("time", DataTypes.TimestampType);
  public static final Field ACTOR = required("actor", DataTypes.StringType);
  public static final Field ACTION = required("action", DataTypes.StringType);
  public static final Field SUBJECT = required("subject", DataTypes.StringType);
  public static final Field DETAILS =
      required("details", new MapType(DataTypes.StringType, DataTypes.StringType, false));

  /** Hash of the row before. */
  public static final Field PREVIOUS = required("previous", DataTypes.StringType);

  public static final Field HASH = required("hash", DataTypes.StringType);

  public static final StructType SCHEMA =
      Field.schema(SEQUENCE, ID, TIME, ACTOR, ACTION, SUBJECT, DETAILS, PREVIOUS, HASH);

  private Audit() {}
}
