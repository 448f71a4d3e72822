package com.segumento.model;

import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * The ledger {@code ops/retention}: one row per thing that retention announced, did, or left alone
 * under a legal hold. Names and figures only.
 */
public final class Retentions {
  /** Name of the ledger. */
  public static final String NAME = "retention";

  public static final Field RUN = required("run", DataTypes.StringType);
  public static final Field AT = required("at", DataTypes.TimestampType);
  public static final Field CLIENT = required("client", DataTypes.StringType);

  /** Which rule, such as {@code retention.events_days}. */
  public static final Field RULE = required("rule", DataTypes.StringType);

  /** What it is about: a prefix or a table below the lake. */
  public static final Field SUBJECT = required("subject", DataTypes.StringType);

  /** What is older than this expires. */
  public static final Field CUTOFF = required("cutoff", DataTypes.DateType);

  /** {@code ANNOUNCED}, {@code BEGUN}, {@code DONE} or {@code HELD}. */
  public static final Field EVENT = required("event", DataTypes.StringType);

  public static final Field DETAILS =
      required("details", new MapType(DataTypes.StringType, DataTypes.StringType, false));

  public static final StructType SCHEMA =
      Field.schema(RUN, AT, CLIENT, RULE, SUBJECT, CUTOFF, EVENT, DETAILS);

  private Retentions() {}
}
