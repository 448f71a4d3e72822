package com.segumento.segment.learned;

import java.util.List;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The weighted sum of a point's coordinates; null for null. */
final class LinearScore implements UDF1<Seq<Double>, Double> {
  private static final long serialVersionUID = 1L;

  private final double[] weights;

  LinearScore(double[] weights) {
    this.weights = weights.clone();
  }

  @Override
  public Double call(Seq<Double> point) {
    if (point == null) {
      return null;
    }
    List<Double> values = CollectionConverters.asJava(point);
    double score = 0;
    for (int i = 0; i < weights.length; i++) {
      score += weights[i] * values.get(i);
    }
    return score;
  }

  @Override
  public String toString() {
    return "linear_score";
  }
}
