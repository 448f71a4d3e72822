package com.segumento.model;

import static com.segumento.model.Field.optional;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The profile table of a client: one row per person of the business date it was written for. After
 * {@link Persons#PERSON_KEY} come the contract's profile columns, then these.
 */
public final class Profiles {
  /** Name of the table. */
  public static final String NAME = "profiles";

  private static final StructType PLACE_TYPE =
      Field.schema(
          optional(Places.PINCODE.name(), DataTypes.StringType),
          Places.DISTRICT,
          Places.STATE,
          Places.ZONE,
          optional(Places.COUNTRY.name(), DataTypes.StringType),
          Countries.CONTINENT,
          Places.TIER,
          Places.LATITUDE,
          Places.LONGITUDE);

  private static final StructType DEMOGRAPHICS_TYPE =
      Field.schema(
          optional(Demographics.POPULATION.name(), DataTypes.LongType),
          Demographics.LITERACY_RATE,
          Demographics.SEX_RATIO,
          Demographics.URBAN_SHARE,
          Demographics.WORKER_SHARE,
          Demographics.GRADUATE_SHARE,
          Demographics.INTERNET_SHARE,
          Demographics.CAR_SHARE,
          Demographics.UNDER_30_SHARE,
          Demographics.AFFLUENT_SHARE);

  /** Where the person is, by the location reference; its members are null where unmatched. */
  public static final Field PLACE = optional("place", PLACE_TYPE);

  /** What is known of the person's district; its members are null where unmatched. */
  public static final Field DEMOGRAPHICS = optional("demographics", DEMOGRAPHICS_TYPE);

  private Profiles() {}
}
