package com.segumento.reference;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A point on the earth; degrees, WGS 84. */
record Point(double latitude, double longitude) {
  /** Mean radius of the earth (IUGG). */
  static final double EARTH_RADIUS_KM = 6371.0088;

  private static final double DECIMALS = 10_000; // of a degree: 11 metres

  /** Great-circle distance on a sphere, by the haversine formula; within 0.6 % of the ellipsoid. */
  double kilometresTo(Point other) {
    double latitudes = Math.toRadians(other.latitude - latitude);
    double longitudes = Math.toRadians(other.longitude - longitude);
    double h =
        Math.pow(Math.sin(latitudes / 2), 2)
            + Math.cos(Math.toRadians(latitude))
                * Math.cos(Math.toRadians(other.latitude))
                * Math.pow(Math.sin(longitudes / 2), 2);
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
  }

  /**
   * The median latitude and the median longitude of {@code points}: a few points far off do not
   * move it.
   */
  static Point median(List<Point> points) {
    return new Point(median(points, Point::latitude), median(points, Point::longitude));
  }

  private static double median(List<Point> points, ToDoubleFunction<Point> coordinate) {
    double[] sorted = points.stream().mapToDouble(coordinate).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return Math.round(median * DECIMALS) / DECIMALS;
  }
}
