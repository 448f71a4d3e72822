package com.segumento.segment.learned;

import java.util.List;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The number, from 1, of the centre nearest to a point, the first of equals; null for null. */
final class NearestCentre implements UDF1<Seq<Double>, Integer> {
  private static final long serialVersionUID = 1L;

  private final double[][] centres;

  NearestCentre(List<double[]> centres) {
    this.centres = centres.toArray(double[][]::new);
  }

  @Override
  public Integer call(Seq<Double> point) {
    if (point == null) {
      return null;
    }
    List<Double> values = CollectionConverters.asJava(point);
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int centre = 0; centre < centres.length; centre++) {
      double distance = 0;
      for (int i = 0; i < centres[centre].length; i++) {
        double difference = values.get(i) - centres[centre][i];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        nearest = centre;
      }
    }
    return nearest + 1;
  }

  @Override
  public String toString() {
    return "nearest_centre";
  }
}
