package com.segumento.model;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * The ledger of requests {@code ops/requests}, append-only: one row per step of a request; the
 * newest row of a client and request holds. No token and no person key is in it.
 */
public final class Requests {
  /** Name of the ledger. */
  public static final String NAME = "requests";

  /** Unique of a client. */
  public static final Field REQUEST_ID = required("request_id", DataTypes.StringType);

  public static final Field CLIENT = required("client", DataTypes.StringType);

  /** A {@link RequestKind}; null where the manifest could not be trusted. */
  public static final Field KIND = optional("kind", DataTypes.StringType);

  /** A {@link Law}; null as the kind is. */
  public static final Field LAW = optional("law", DataTypes.StringType);

  /** When the client received it; null as the kind is. */
  public static final Field RECEIVED = optional("received", DataTypes.TimestampType);

  /** The last day on which it is in time. */
  public static final Field DEADLINE = optional("deadline", DataTypes.DateType);

  /** Distinct persons it is about. */
  public static final Field PERSONS = optional("persons", DataTypes.LongType);

  /** A {@link RequestStep}. */
  public static final Field STEP = required("step", DataTypes.StringType);

  /** When the step was taken. */
  public static final Field TIME = required("time", DataTypes.TimestampType);

  public static final Field RUN = required("run", DataTypes.StringType);

  /** Names and figures. */
  public static final Field DETAILS =
      required("details", new MapType(DataTypes.StringType, DataTypes.StringType, false));

  public static final StructType SCHEMA =
      Field.schema(
          REQUEST_ID, CLIENT, KIND, LAW, RECEIVED, DEADLINE, PERSONS, STEP, TIME, RUN, DETAILS);

  private Requests() {}
}
