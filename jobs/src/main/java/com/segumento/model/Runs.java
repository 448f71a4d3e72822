package com.segumento.model;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The run ledger {@code ops/runs}, append-only: one row as a stage of a client begins and one as it
 * ends; the newest row of a run, client and stage holds.
 */
public final class Runs {
  /** Name of the ledger. */
  public static final String NAME = "runs";

  public static final Field RUN = required("run", DataTypes.StringType);
  public static final Field BUSINESS_DATE = Memberships.BUSINESS_DATE;
  public static final Field CLIENT = required("client", DataTypes.StringType);
  public static final Field STAGE = required("stage", DataTypes.StringType);

  /** {@code RUNNING}, {@code DONE}, {@code SKIPPED}, {@code REFUSED} or {@code FAILED}. */
  public static final Field STATUS = required("status", DataTypes.StringType);

  public static final Field INPUTS = required("inputs", DataTypes.StringType);
  public static final Field STARTED_AT = required("started_at", DataTypes.TimestampType);
  public static final Field SECONDS = required("seconds", DataTypes.DoubleType);
  public static final Field ERROR = optional("error", DataTypes.StringType);
  public static final Field CODE_VERSION = required("code_version", DataTypes.StringType);

  /** JSON: counts, breakdowns, versions, hashes and outputs. */
  public static final Field REPORT = required("report", DataTypes.StringType);

  public static final Field RECORDED_AT = required("recorded_at", DataTypes.TimestampType);

  public static final StructType SCHEMA =
      Field.schema(
          RUN,
          BUSINESS_DATE,
          CLIENT,
          STAGE,
          STATUS,
          INPUTS,
          STARTED_AT,
          SECONDS,
          ERROR,
          CODE_VERSION,
          REPORT,
          RECORDED_AT);

  private Runs() {}
}
