package com.segumento.enrich;

import com.segumento.config.Client.Enrichment.Catchment;
import com.segumento.config.ProfileSchema;
import com.segumento.model.Field;
import com.segumento.model.Places;
import com.segumento.model.Sites;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Distances from places to the nearest of a client's own. Both are put on a grid of cubes whose
 * edge is the radius, through which the earth's sphere runs: what is within the radius is in the
 * same cube or one beside it, at poles and date line too. So cubes are joined, never all with all.
 */
final class Catchments {
  private static final double EARTH_RADIUS_KM = 6371.0088; // mean radius, IUGG
  private static final Field CUBE_X = Field.required("cube_x", DataTypes.LongType);
  private static final Field CUBE_Y = Field.required("cube_y", DataTypes.LongType);
  private static final Field CUBE_Z = Field.required("cube_z", DataTypes.LongType);
  private static final Field SITE_LATITUDE = Field.required("site_lat", DataTypes.DoubleType);
  private static final Field SITE_LONGITUDE = Field.required("site_lon", DataTypes.DoubleType);

  private Catchments() {}

  /**
   * Adds a catchment's two columns to {@code places}.
   *
   * @param sites the client's own places, with the columns of {@link Sites}
   */
  static Dataset<Row> add(Dataset<Row> places, Dataset<Row> sites, Catchment catchment) {
    Field distance = ProfileSchema.distance(catchment);
    Dataset<Row> nearest = nearest(places, sites, catchment.radiusKm(), distance);
    String[] centre = {Places.LATITUDE.name(), Places.LONGITUDE.name()};
    // n:1, nearest has one row a centre
    Dataset<Row> measured = places.join(functions.broadcast(nearest), centre, "left");
    return measured.withColumn(
        ProfileSchema.within(catchment).name(),
        functions.when(Places.LATITUDE.col().isNotNull(), distance.col().isNotNull()));
  }

  private static Dataset<Row> nearest(
      Dataset<Row> places, Dataset<Row> sites, double radius, Field distance) {
    Column latitude = Places.LATITUDE.col();
    Column longitude = Places.LONGITUDE.col();
    Dataset<Row> centres =
        places
            .filter(latitude.isNotNull().and(longitude.isNotNull()))
            .select(latitude, longitude)
            .distinct()
            .withColumns(cubes(latitude, longitude, radius));
    Column kilometres = kilometres(latitude, longitude, SITE_LATITUDE.col(), SITE_LONGITUDE.col());
    String[] cube = {CUBE_X.name(), CUBE_Y.name(), CUBE_Z.name()};
    // n:m: a centre meets the sites of its own and the neighbouring cubes
    return centres
        .join(aroundSites(sites, radius), cube)
        .withColumn(distance.name(), kilometres)
        .filter(distance.col().leq(radius))
        .groupBy(latitude, longitude)
        .agg(functions.round(functions.min(distance.col()), 1).as(distance.name()));
  }

  private static Dataset<Row> aroundSites(Dataset<Row> sites, double radius) {
    Dataset<Row> placed =
        sites
            .select(
                SITE_LATITUDE.as(Sites.LATITUDE.col()), SITE_LONGITUDE.as(Sites.LONGITUDE.col()))
            .withColumns(cubes(SITE_LATITUDE.col(), SITE_LONGITUDE.col(), radius));
    for (Field axis : new Field[] {CUBE_X, CUBE_Y, CUBE_Z}) {
      Column beside = functions.sequence(axis.col().minus(1L), axis.col().plus(1L));
      placed = placed.withColumn(axis.name(), functions.explode(beside));
    }
    return placed;
  }

  private static java.util.Map<String, Column> cubes(
      Column latitude, Column longitude, double edge) {
    Column phi = functions.radians(latitude);
    Column lambda = functions.radians(longitude);
    Column x = functions.cos(phi).multiply(functions.cos(lambda));
    Column y = functions.cos(phi).multiply(functions.sin(lambda));
    return java.util.Map.of(
        CUBE_X.name(), cube(x, edge),
        CUBE_Y.name(), cube(y, edge),
        CUBE_Z.name(), cube(functions.sin(phi), edge));
  }

  private static Column cube(Column axis, double edge) {
    return functions.floor(axis.multiply(EARTH_RADIUS_KM / edge));
  }

  /** Great-circle distance on a sphere, by the haversine formula. */
  private static Column kilometres(Column latitude, Column longitude, Column toLat, Column toLon) {
    Column north = functions.sin(functions.radians(toLat.minus(latitude)).divide(2));
    Column east = functions.sin(functions.radians(toLon.minus(longitude)).divide(2));
    Column h =
        north
            .multiply(north)
            .plus(
                functions
                    .cos(functions.radians(latitude))
                    .multiply(functions.cos(functions.radians(toLat)))
                    .multiply(east)
                    .multiply(east));
    return functions
        .asin(functions.least(functions.lit(1.0), functions.sqrt(h)))
        .multiply(2 * EARTH_RADIUS_KM);
  }
}
