package com.segumento.model;

import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Whom a client's persons have nominated to act for them: one row per request and person; the
 * newest of a person holds.
 */
public final class Nominations {
  /** Name of the table. */
  public static final String NAME = "nominations";

  /** {@link Exclusions#markOf} the person. */
  public static final Field MARK = Exclusions.MARK;

  /** What the client calls the nominee, keyed as a person's token is. */
  public static final Field NOMINEE = required("nominee", DataTypes.BinaryType);

  public static final Field REQUEST_ID = Requests.REQUEST_ID;

  /** Business date of the run that put it down. */
  public static final Field SINCE = Exclusions.SINCE;

  public static final StructType SCHEMA = Field.schema(MARK, NOMINEE, REQUEST_ID, SINCE);

  private Nominations() {}
}
