package com.segumento.lake;

import com.segumento.model.ConfigException;
import com.segumento.model.Persons;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * One person in so many, by a hash of the person's key: the same persons in every table and on
 * every night, and those of a smaller sample are in each larger one. So the sampled persons of any
 * set are its theta sketch, of a threshold theta = 1 / {@code oneIn} that is fixed instead of found
 * by the number of entries: the sketch of what sets have in common, of all of them together and of
 * what one has alone is that of the sampled persons, and {@code oneIn} times its entries estimates
 * the number of persons without bias, with the error of a binomial.
 *
 * @param oneIn a power of two
 * @see <a href="https://arxiv.org/abs/1510.01455">Dasgupta, Lang, Rhodes, Thaler, A framework for
 *     estimating stream expression cardinalities (2016)</a>
 */
public record Sample(int oneIn) {
  /** Everybody. */
  public static final Sample ALL = new Sample(1);

  private static final int SEED = 20_260_301;

  /** Standard deviations within which an estimate is right in 95 of 100 cases. */
  private static final double CONFIDENCE = 1.96;

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

  /**
   * How far the number of persons that {@code sampled} of them stand for is off the true one at
   * most, in 95 of 100 cases: 1.96 * sqrt(sampled * (1 - 1 / oneIn)) * oneIn persons.
   */
  public long error(long sampled) {
    double left = 1 - 1.0 / oneIn;
    return (long) Math.ceil(CONFIDENCE * Math.sqrt(sampled * left) * oneIn);
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
