package com.segumento.model;

import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The benchmarks: one row per period, subject and label. Each is a mean over clients; who they are,
 * how many, and of how many persons, is not in it, nor in what its commits say.
 */
public final class Benchmarks {
  /** A month, as {@code 2026-03}; published once and never changed. */
  public static final Field PERIOD = required("period", DataTypes.StringType);

  /** What it is about, as {@code place.state}. */
  public static final Field SUBJECT = required("subject", DataTypes.StringType);

  /** {@code share} of a client's persons, or {@code mean} over them. */
  public static final Field FIGURE = required("figure", DataTypes.StringType);

  /** Empty where the subject is a number. */
  public static final Field LABEL = required("label", DataTypes.StringType);

  /** Mean over clients, each of which weighs the same; rounded. */
  public static final Field VALUE = required("value", DataTypes.DoubleType);

  public static final StructType SCHEMA = Field.schema(PERIOD, SUBJECT, FIGURE, LABEL, VALUE);

  private Benchmarks() {}
}
