package com.segumento.model;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The ledger of usage {@code ops/usage}: one row per deed of somebody who uses the platform. It is
 * kept for {@code usage_log_days}, so it is cut by day and not append-only. Holds no URL, no token
 * and no person key.
 */
public final class Usage {
  /** Name of the ledger. */
  public static final String NAME = "usage";

  /** Partition column: the day of {@link #TIME}, UTC. */
  public static final Field USAGE_DATE = required("usage_date", DataTypes.DateType);

  public static final Field TIME = required("time", DataTypes.TimestampType);

  /** Who: the name Spark runs under. */
  public static final Field ACTOR = required("actor", DataTypes.StringType);

  /** What, such as {@code release.shared}. */
  public static final Field ACTION = required("action", DataTypes.StringType);

  public static final Field CLIENT = required("client", DataTypes.StringType);
  public static final Field EXPORT = optional("export", DataTypes.StringType);

  /** Run of the release. */
  public static final Field RUN = optional("run", DataTypes.StringType);

  /** How many files it was about. */
  public static final Field FILES = optional("files", DataTypes.IntegerType);

  /** When what was given ends. */
  public static final Field EXPIRES_AT = optional("expires_at", DataTypes.TimestampType);

  public static final StructType SCHEMA =
      Field.schema(USAGE_DATE, TIME, ACTOR, ACTION, CLIENT, EXPORT, RUN, FILES, EXPIRES_AT);

  private Usage() {}
}
