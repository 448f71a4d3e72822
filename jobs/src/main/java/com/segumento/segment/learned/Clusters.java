package com.segumento.segment.learned;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * k-means clusters of persons by standardized features. A feature a person does not have counts as
 * the mean; a person who has none of them is in no cluster.
 *
 * <p>Clusters are numbered from 1 in the order of their centres: by the first feature, then the
 * next, so that 1 has the lowest mean of the first.
 *
 * @see <a href="https://doi.org/10.14778/2180912.2180915">Bahmani et al., Scalable k-means++</a>
 */
public final class Clusters {
  private static final String SALT = "cluster";
  private static final int ITERATIONS = 50;
  private static final double SILHOUETTE_DIGITS = 1e4;
  private static final String NUMBER = "number";

  private final String name;
  private final Features features;
  private final Standardized scale;
  private final List<double[]> centres;

  private Clusters(String name, Features features, Standardized scale, List<double[]> centres) {
    this.name = name;
    this.features = features;
    this.scale = scale;
    this.centres = centres;
  }

  /**
   * Finds the clusters of {@code persons}.
   *
   * @param names of the feature columns
   * @param least how few clusters
   * @param most how many clusters: of several numbers the one of the best mean silhouette is taken,
   *     the smallest of equals
   * @param size how many persons there are: where they are more than a sample holds, clusters are
   *     found in a sample
   * @see <a href="https://doi.org/10.1016/0377-0427(87)90125-7">Rousseeuw, Silhouettes (1987)</a>
   */
  public static Clusters find(
      String name, List<String> names, int least, int most, Dataset<Row> persons, long size) {
    return find(name, new Features(names, Learned.LIMIT), least, most, persons, size);
  }

  static Clusters find(
      String name, Features features, int least, int most, Dataset<Row> persons, long size) {
    Column drawn = features.drawn(SALT, functions.lit(Math.max(1, size)));
    Dataset<Row> sample =
        Features.inOrder(
                persons.filter(features.any().and(drawn)), SALT, Features.RAW.as(features.raw()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Standardized scale = features.scale(sample);
      if (sample.isEmpty()) {
        return new Clusters(name, features, scale, List.of());
      }
      Dataset<Row> points =
          sample
              .select(Features.POINT.as(Features.point(scale, Features.RAW.col())))
              .select(Features.POINT.col(), Features.vector());
      return new Clusters(name, features, scale, best(points, least, most));
    } finally {
      sample.unpersist(true);
    }
  }

  private static List<double[]> best(Dataset<Row> points, int least, int most) {
    List<double[]> best = List.of();
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = least; k <= most; k++) {
      List<double[]> centres = centres(points, k);
      double silhouette = least == most ? 0 : silhouette(points, centres);
      if (silhouette > highest) {
        highest = silhouette;
        best = centres;
      }
    }
    return best;
  }

  private static List<double[]> centres(Dataset<Row> points, int k) {
    Vector[] found =
        new KMeans()
            .setK(k)
            .setSeed(Learned.SEED)
            .setMaxIter(ITERATIONS)
            .setSolver("row")
            .setFeaturesCol(Features.VECTOR)
            .fit(points)
            .clusterCenters();
    List<double[]> centres = new ArrayList<>();
    Stream.of(found)
        .map(centre -> Learned.rounded(centre.toArray()))
        .sorted(Arrays::compare)
        .filter(centre -> centres.isEmpty() || !Arrays.equals(last(centres), centre))
        .forEachOrdered(centres::add);
    return centres;
  }

  private static double silhouette(Dataset<Row> points, List<double[]> centres) {
    Dataset<Row> numbered =
        points.select(functions.col(Features.VECTOR), nearest(centres, Features.POINT.col()));
    if (numbered.select(NUMBER).distinct().count() < 2) { // there is nothing to be apart from
      return -1;
    }
    double mean =
        new ClusteringEvaluator()
            .setFeaturesCol(Features.VECTOR)
            .setPredictionCol(NUMBER)
            .evaluate(numbered);
    return Math.rint(mean * SILHOUETTE_DIGITS) / SILHOUETTE_DIGITS;
  }

  private static Column nearest(List<double[]> centres, Column point) {
    return functions.udf(new NearestCentre(centres), DataTypes.IntegerType).apply(point).as(NUMBER);
  }

  private static double[] last(List<double[]> centres) {
    return centres.get(centres.size() - 1);
  }

  /** How many there are. */
  public int count() {
    return centres.size();
  }

  /** The number of a person's cluster, over the person's columns. */
  public Column number() {
    return centres.isEmpty()
        ? functions.lit(null).cast(DataTypes.IntegerType)
        : nearest(centres, Features.point(scale, features.raw()));
  }

  String name() {
    return name;
  }

  Features features() {
    return features;
  }

  Standardized scale() {
    return scale;
  }
}
