package com.segumento.model;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Rejected rows of a dataset: one row per rejected row. It never holds a token or a raw identifier;
 * a value that looks like either is replaced by its kind in brackets.
 */
public final class Quarantine {
  public static final Field DROP_ID = Events.DROP_ID;
  public static final Field DROP_DATE = Events.DROP_DATE;

  /** The delivered file, relative to its drop. */
  public static final Field FILE = required("file", DataTypes.StringType);

  /** Codes of the form {@code column:reason}, or {@code reason} of the whole row. */
  public static final Field REASONS =
      required("reasons", new ArrayType(DataTypes.StringType, false));

  /** The person, where the token was good. */
  public static final Field PERSON_KEY = optional(Persons.PERSON_KEY.name(), DataTypes.BinaryType);

  /** The contract's columns as delivered, the token left out. */
  public static final Field VALUES =
      optional("values", new MapType(DataTypes.StringType, DataTypes.StringType, true));

  public static final StructType SCHEMA =
      Field.schema(DROP_ID, DROP_DATE, FILE, REASONS, PERSON_KEY, VALUES);

  private Quarantine() {}
}
