package com.segumento.generate;

import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;

import com.segumento.config.DatasetContract;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The customers of a made-up client: {@link Work#PERSON}, {@link Work#JOINED}, {@link Work#TOKEN},
 * one row per person, the same people for each of its datasets.
 *
 * @param tokens how the client names them
 */
record People(SparkSession session, GeneratorSettings settings, Tokens tokens) {
  /** A person's profile changes every so many days. */
  private static final int DAYS_BETWEEN_CHANGES = 100;

  /** Those who have joined by {@code day}, in {@code files} partitions of consecutive people. */
  Dataset<Row> until(int day, int files, DatasetContract contract) {
    Column id = Work.PERSON.col();
    return session
        .range(0, settings.persons(), 1, files)
        .toDF(Work.PERSON.name())
        .withColumn(Work.JOINED.name(), Activity.joined(settings, id))
        .filter(Work.JOINED.col().leq(day))
        .withColumn(Work.TOKEN.name(), tokens.of(id, contract.token().scheme()));
  }

  /** How often a person's profile has changed by {@code day}. */
  Column version(int day) {
    return floor(changing(day).divide(DAYS_BETWEEN_CHANGES)).cast("int");
  }

  /** Whether a person's profile changed on {@code day}. */
  Column changed(int day) {
    return changing(day).mod(DAYS_BETWEEN_CHANGES).equalTo(0);
  }

  /** The last day until {@code day} on which a profile changed or began, from the first day. */
  Column lastChange(int day) {
    Column change = lit((long) day).minus(changing(day).mod(DAYS_BETWEEN_CHANGES));
    return greatest(change, Work.JOINED.col().cast("bigint"));
  }

  private Column changing(int day) {
    Draw phase = Draw.of(settings.seed(), "changes");
    return phase.below(DAYS_BETWEEN_CHANGES, Work.PERSON.col()).plus(day);
  }
}
