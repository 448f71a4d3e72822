package com.segumento.model;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The vault of a client, only where activation is contracted: which token a person key was made of.
 * Rows are added and none is changed; a person may have several that are alike.
 */
public final class Vault {
  /**
   * The token as the client delivers it, in UTF-8. Binary on purpose, like the person key: Delta
   * keeps no minimum and maximum of binary columns.
   */
  public static final Field TOKEN = Field.required("token", DataTypes.BinaryType);

  public static final StructType SCHEMA = Field.schema(Persons.PERSON_KEY, TOKEN);

  private Vault() {}
}
