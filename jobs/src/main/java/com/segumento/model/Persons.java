package com.segumento.model;

import org.apache.spark.sql.types.DataTypes;

/** The column that names a person in every table of a client. */
public final class Persons {
  /**
   * HMAC-SHA-256 of the token under the client's key: 32 bytes. Binary on purpose: Delta keeps no
   * minimum and maximum of binary columns, so that no person key reaches a log or a checkpoint.
   */
  public static final Field PERSON_KEY = Field.required("person_key", DataTypes.BinaryType);

  private Persons() {}
}
