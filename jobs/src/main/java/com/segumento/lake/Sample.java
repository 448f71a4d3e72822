package com.segumento.lake;

import com.segumento.model.ConfigException;
import com.segumento.model.Persons;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * One person in so many, by a hash of the person's key: the same persons in every table and on
 * every night, and those of a smaller sample are in each larger one.
 *
 * @param oneIn a power of two
 */
public record Sample(int oneIn) {
  /** Everybody. */
  public static final Sample ALL = new Sample(1);

  private static final int SEED = 20_260_301;

  public Sample {
    if (Integer.bitCount(oneIn) != 1 || oneIn < 1) {
      throw ConfigException.invalid("sample", oneIn, "a power of two");
    }
  }

  /** The largest sample that holds about {@code most} of so many persons, or fewer. */
  public static Sample ofAtMost(long most, long persons) {
    int oneIn = 1;
    while (persons / oneIn > most && oneIn < 1 << 30) {
      oneIn *= 2;
    }
    return new Sample(oneIn);
  }

  /** The rows of the sampled persons; all rows where they are of no persons. */
  Dataset<Row> of(Dataset<Row> rows) {
    if (oneIn == 1 || !List.of(rows.columns()).contains(Persons.PERSON_KEY.name())) {
      return rows;
    }
    return rows.filter(
        functions
            .pmod(
                functions.xxhash64(functions.lit(SEED), Persons.PERSON_KEY.col()),
                functions.lit((long) oneIn))
            .equalTo(0L));
  }
}
