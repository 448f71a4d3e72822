package com.segumento.segment.learned;

import java.util.List;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Features in standard deviations from their means; a feature that is null or not finite counts as
 * the mean, and one that does not vary is always 0. Null for who has none of the features.
 *
 * <p>Means of few persons would tell of them, so they travel inside the function and not as
 * literals of a plan.
 */
final class Standardized implements UDF1<Seq<Double>, double[]> {
  private static final long serialVersionUID = 1L;

  private final double[] means;
  private final double[] deviations;

  Standardized(double[] means, double[] deviations) {
    this.means = means.clone();
    this.deviations = deviations.clone();
  }

  @Override
  public double[] call(Seq<Double> features) {
    List<Double> values = CollectionConverters.asJava(features);
    double[] standardized = new double[means.length];
    boolean any = false;
    for (int i = 0; i < means.length; i++) {
      Double value = values.get(i);
      if (value != null && Double.isFinite(value)) {
        any = true;
        standardized[i] = deviations[i] > 0 ? (value - means[i]) / deviations[i] : 0;
      }
    }
    return any ? standardized : null;
  }

  @Override
  public String toString() {
    return "standardized";
  }
}
