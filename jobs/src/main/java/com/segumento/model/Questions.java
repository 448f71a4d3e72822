package com.segumento.model;

import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What was told of a client's persons when somebody asked: one row per question and set of persons
 * it was about. Holds no person key.
 */
public final class Questions {
  /** Id of the question; random. */
  public static final Field QUESTION = required("question", DataTypes.StringType);

  /** The set's place in the question, from 0. */
  public static final Field STEP = required("step", DataTypes.IntegerType);

  public static final Field ASKED_AT = required("asked_at", DataTypes.TimestampType);
  public static final Field BUSINESS_DATE = required("business_date", DataTypes.DateType);

  /** SHA-256 of what was asked: the definition, and which part of it. */
  public static final Field DEFINITION_HASH = required("definition_hash", DataTypes.StringType);

  /** The question was answered from one person in so many. */
  public static final Field ONE_IN = required("one_in", DataTypes.IntegerType);

  /** True size of the set, of sampled persons; never told. */
  public static final Field SIZE = required("size", DataTypes.LongType);

  /** The members' fingerprints, each of the hashes of many. */
  public static final Field PARTS = required("parts", DataTypes.BinaryType);

  /** How it was told: {@code ABOUT}, {@code FEWER}, {@code EXACT} or {@code WITHHELD}. */
  public static final Field KIND = required("kind", DataTypes.StringType);

  /** The figure that was told, of sampled persons. */
  public static final Field PERSONS = required("persons", DataTypes.LongType);

  public static final StructType SCHEMA =
      Field.schema(
          QUESTION,
          STEP,
          ASKED_AT,
          BUSINESS_DATE,
          DEFINITION_HASH,
          ONE_IN,
          SIZE,
          PARTS,
          KIND,
          PERSONS);

  private Questions() {}
}
