package com.segumento.model;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The ledger of usage {@code ops/usage}: one row per command that somebody ran over the lake, and
 * one per release that was handed out. It is kept for {@code usage_log_days}, so it is cut by day
 * and not append-only. Holds no URL, no condition, no token and no person key.
 */
public final class Usage {
  /** Name of the ledger. */
  public static final String NAME = "usage";

  /** Partition column: the day of {@link #TIME}, UTC. */
  public static final Field USAGE_DATE = required("usage_date", DataTypes.DateType);

  public static final Field TIME = required("time", DataTypes.TimestampType);

  /** Who: the name Spark runs under. */
  public static final Field ACTOR = required("actor", DataTypes.StringType);

  /** What: a command, such as {@code client export}, or {@code release.shared}. */
  public static final Field ACTION = required("action", DataTypes.StringType);

  /** Whose data it was about; several have a space between them, none is {@code *}. */
  public static final Field CLIENT = required("client", DataTypes.StringType);

  public static final Field EXPORT = optional("export", DataTypes.StringType);

  /** Run that was made, or was looked at, or made the release. */
  public static final Field RUN = optional("run", DataTypes.StringType);

  /** How many files were given. */
  public static final Field FILES = optional("files", DataTypes.IntegerType);

  /** When what was given ends. */
  public static final Field EXPIRES_AT = optional("expires_at", DataTypes.TimestampType);

  /** The date a command was for. */
  public static final Field BUSINESS_DATE = optional("business_date", DataTypes.DateType);

  /** How a command ended; 0 is well. */
  public static final Field EXIT_STATUS = optional("exit_status", DataTypes.IntegerType);

  public static final StructType SCHEMA =
      Field.schema(
          USAGE_DATE,
          TIME,
          ACTOR,
          ACTION,
          CLIENT,
          EXPORT,
          RUN,
          FILES,
          EXPIRES_AT,
          BUSINESS_DATE,
          EXIT_STATUS);

  private Usage() {}
}
