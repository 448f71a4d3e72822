package com.segumento.segment.learned;

import com.segumento.ops.StageReport;
import com.segumento.segment.order.Cutting;
import com.segumento.segment.order.Part;
import com.segumento.segment.order.PersonOrder;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * How similar persons are to the members of a seed: a logistic regression of standardized features,
 * members against others. A feature a person does not have counts as the mean; a person who has
 * none of them has no score.
 *
 * <p>A fifth of the sample is held out; what is reported is how well the very score in use tells
 * members from others there. It is stated where at least {@code k} members and {@code k} others
 * were held out.
 */
public final class Lookalike {
  /** Of the hashes: a name would change who is drawn, and with it who is found. */
  private static final String SALT = "lookalike";

  private static final String LABEL = "label";
  private static final int HELD_OUT = 5;
  private static final int ITERATIONS = 100;
  private static final double REGULARIZATION = 0.01;
  private static final double DIGITS = 100;

  private final String name;
  private final Features features;
  private final Column member;
  private final int k;
  private final Standardized scale;
  private final LinearScore score;
  private final Row quality;

  private Lookalike(Learner learner, Standardized scale, LinearScore score, Row quality) {
    this.name = learner.name;
    this.features = learner.features;
    this.member = learner.member;
    this.k = learner.k;
    this.scale = scale;
    this.score = score;
    this.quality = quality;
  }

  /**
   * Learns what the members of a seed have in common; nothing, where the seed has fewer than {@code
   * k} members with any of the features: what is learned would tell of them.
   *
   * @param names of the feature columns
   * @param seed whether a person is in the seed; null is not
   * @param k members the seed needs at least
   */
  public static Optional<Lookalike> learn(
      String name, List<String> names, Column seed, Dataset<Row> persons, int k) {
    return learn(name, new Features(names, Learned.LIMIT), seed, persons, k);
  }

  static Optional<Lookalike> learn(
      String name, Features features, Column seed, Dataset<Row> persons, int k) {
    Column member = functions.coalesce(seed, functions.lit(false));
    return new Learner(name, features, member, k).learn(persons.filter(features.any()));
  }

  /** The similarity of a person who is not in the seed, over the person's columns. */
  public Column score() {
    Column point = Features.point(scale, features.raw());
    return functions.when(
        functions.not(member), functions.udf(score, DataTypes.DoubleType).apply(point));
  }

  /**
   * Those most similar to the seed and not in it.
   *
   * @param size how many; a share is one of all {@code persons}
   * @param count rows of {@code persons}
   */
  public Cutting mostSimilar(Part size, Dataset<Row> persons, long count) {
    return new Cutting.Top(PersonOrder.of(SALT, score(), persons), Part.persons(size.of(count)));
  }

  /** Adds the quality of the score to a report, where it may be stated. */
  public void report(StageReport.Builder report) {
    if (quality.getLong(0) >= k && quality.getLong(1) >= k) {
      report.breakdown("lookalike_quality", name + ": auc", rounded(quality.getDouble(2)));
      report.breakdown("lookalike_quality", name + ": lift", rounded(quality.getDouble(3)));
    }
  }

  private static double rounded(double figure) {
    return Math.rint(figure * DIGITS) / DIGITS;
  }

  /** Learns from persons who have a feature. */
  private record Learner(String name, Features features, Column member, int k) {

    Optional<Lookalike> learn(Dataset<Row> persons) {
      Row counts =
          persons
              .agg(functions.count_if(member), functions.count_if(functions.not(member)))
              .first();
      double members = counts.getLong(0);
      double others = counts.getLong(1);
      if (members < k) {
        return Optional.empty();
      }
      Column kind = functions.when(member, functions.lit(members)).otherwise(functions.lit(others));
      Column weight = functions.greatest(functions.lit(1.0), kind.divide(features.limit()));
      Dataset<Row> sample =
          Features.inOrder(
                  persons.filter(features.drawn(SALT, kind)),
                  SALT,
                  Features.RAW.as(features.raw()),
                  HoldoutQuality.MEMBER.as(member),
                  HoldoutQuality.WEIGHT.as(weight))
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return Optional.of(learnFrom(sample));
      } finally {
        sample.unpersist(true);
      }
    }

    private Lookalike learnFrom(Dataset<Row> sample) {
      Standardized scale = features.scale(sample);
      Column heldOut = functions.pmod(Features.HASH.col(), functions.lit(HELD_OUT)).equalTo(0);
      Column point = Features.POINT.as(Features.point(scale, Features.RAW.col()));
      Dataset<Row> training =
          sample
              .filter(functions.not(heldOut))
              .select(point, HoldoutQuality.MEMBER.col().cast(DataTypes.DoubleType).as(LABEL))
              .select(Features.vector(), functions.col(LABEL));
      LinearScore score = new LinearScore(weights(training));
      Column scored = functions.udf(score, DataTypes.DoubleType).apply(Features.POINT.col());
      Row quality =
          sample
              .filter(heldOut)
              .select(HoldoutQuality.MEMBER.col(), HoldoutQuality.WEIGHT.col(), point)
              .select(
                  HoldoutQuality.MEMBER.col(),
                  HoldoutQuality.WEIGHT.col(),
                  HoldoutQuality.SCORE.as(scored))
              .mapPartitions(new HoldoutQuality(), Encoders.row(HoldoutQuality.SCHEMA))
              .first(); // the sample has one partition
      return new Lookalike(this, scale, score, quality);
    }

    private static double[] weights(Dataset<Row> training) {
      return Learned.rounded(
          new LogisticRegression()
              .setFeaturesCol(Features.VECTOR)
              .setLabelCol(LABEL)
              .setFamily("binomial")
              .setMaxIter(ITERATIONS)
              .setRegParam(REGULARIZATION)
              .setStandardization(false)
              .fit(training)
              .coefficients()
              .toArray());
    }
  }
}
