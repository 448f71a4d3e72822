package com.segumento.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Client.Enrichment.Catchment;
import com.segumento.model.Field;
import com.segumento.model.Places;
import com.segumento.model.Sites;
import com.segumento.testkit.SparkExtension;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CatchmentsTest {
  private static final Catchment STORES = new Catchment("stores", "acme_stores", 5.0);
  private static final double KM_A_DEGREE = 6371.0088 * Math.PI / 180;

  @Test
  void measuresToTheNearestWithinTheRadius(SparkSession spark) {
    Dataset<Row> sites =
        spark.createDataFrame(
            List.of(
                RowFactory.create("a", 20.0, 78.0),
                RowFactory.create("b", 20.0 + 3 / KM_A_DEGREE, 78.0),
                RowFactory.create("date line", 0.0, -179.99)),
            Field.schema(Sites.ID, Sites.LATITUDE, Sites.LONGITUDE));
    Dataset<Row> found = Catchments.add(places(spark), sites, STORES);
    assertThat(found.collectAsList())
        .extracting(row -> row.getAs("pincode"), row -> row.get(3), row -> row.get(4))
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("110001", 0.0, true),
            org.assertj.core.groups.Tuple.tuple("110002", 1.0, true),
            org.assertj.core.groups.Tuple.tuple("110003", 5.0, true),
            org.assertj.core.groups.Tuple.tuple("110004", null, false),
            org.assertj.core.groups.Tuple.tuple("110005", 2.2, true),
            org.assertj.core.groups.Tuple.tuple("110006", null, null),
            org.assertj.core.groups.Tuple.tuple("110007", 0.0, true));
    assertThat(Plans.joins(found)).isSubsetOf("BroadcastHashJoin", "SortMergeJoin");
  }

  private static Dataset<Row> places(SparkSession spark) {
    return spark.createDataFrame(
        Arrays.asList(
            RowFactory.create("110001", 20.0, 78.0),
            RowFactory.create("110002", 20.0 + 2 / KM_A_DEGREE, 78.0),
            RowFactory.create("110003", 20.0 - 4.999 / KM_A_DEGREE, 78.0),
            RowFactory.create("110004", 20.0 - 5.001 / KM_A_DEGREE, 78.0),
            RowFactory.create("110005", 0.0, 179.99),
            RowFactory.create("110006", null, null),
            RowFactory.create("110007", 20.0, 78.0)),
        Field.schema(Places.PINCODE, Places.LATITUDE, Places.LONGITUDE));
  }
}
