package com.segumento.model;

import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The ledger {@code ops/certificates}: one row per deletion that was proved. Holds no token and no
 * person key.
 */
public final class Certificates {
  /** Name of the ledger. */
  public static final String NAME = "certificates";

  public static final Field ID = required("id", DataTypes.StringType);
  public static final Field CLIENT = required("client", DataTypes.StringType);

  /** What was deleted: {@code erasure}, {@code expiry} or {@code offboarding}. */
  public static final Field KIND = required("kind", DataTypes.StringType);

  public static final Field ISSUED_AT = required("issued_at", DataTypes.TimestampType);

  /** The signed JSON document. */
  public static final Field DOCUMENT = required("document", DataTypes.StringType);

  public static final StructType SCHEMA = Field.schema(ID, CLIENT, KIND, ISSUED_AT, DOCUMENT);

  private Certificates() {}
}
