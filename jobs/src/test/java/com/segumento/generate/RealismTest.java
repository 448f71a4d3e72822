package com.segumento.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.segumento.config.Client;
import com.segumento.testkit.SparkExtension;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What made-up drops have of the world. */
@ExtendWith(SparkExtension.class)
class RealismTest {
  /** A Sunday; four whole weeks follow. */
  private static final LocalDate FROM = LocalDate.of(2026, 2, 1);

  private static final Client SHOP = SampleClients.shop();
  private static final GeneratorSettings SETTINGS =
      GeneratorSettings.of(4000, 28, 7, FROM, 1).withBrokenRate(0);

  @Test
  void moreIsBoughtOnWeekendsAndAfterPayday(SparkSession spark) {
    Row days =
        rows(spark, 1)
            .selectExpr("dayofweek(ordered_at) in (1, 7) as weekend", "day(ordered_at) as day")
            .selectExpr(
                "count_if(weekend and day > 7) / 6",
                "count_if(not weekend and day > 7) / 15",
                "count_if(not weekend and day <= 7) / 5")
            .head();
    assertThat(days.getDouble(0) / days.getDouble(1)).isBetween(1.3, 1.6);
    assertThat(days.getDouble(2) / days.getDouble(1)).isBetween(1.1, 1.45);
  }

  @Test
  void personsLiveWhereThePopulationDoes(SparkSession spark) {
    Map<String, Double> population =
        shares(
            spark
                .read()
                .option("header", true)
                .csv(Pincodes.class.getResource("pincode_weights.csv.gz").toString())
                .toDF("pincode", "weight"));
    Map<String, Double> persons = shares(rows(spark, 0).selectExpr("pincode", "1 as weight"));
    assertThat(persons.keySet()).isEqualTo(population.keySet());
    population.forEach(
        (region, share) ->
            assertThat(persons.get(region)).as("region " + region).isCloseTo(share, within(0.03)));
  }

  private static Dataset<Row> rows(SparkSession spark, int dataset) {
    return DropGenerator.rows(spark, SHOP, SETTINGS, SHOP.datasets().get(dataset), 0);
  }

  /** Of each postal region, which is the first digit. */
  private static Map<String, Double> shares(Dataset<Row> places) {
    Map<String, Double> shares = new HashMap<>();
    places
        .filter("pincode is not null")
        .groupBy(org.apache.spark.sql.functions.expr("left(pincode, 1)"))
        .agg(org.apache.spark.sql.functions.expr("sum(cast(weight as double))"))
        .collectAsList()
        .forEach(row -> shares.put(row.getString(0), row.getDouble(1)));
    double all = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    shares.replaceAll((region, weight) -> weight / all);
    return shares;
  }
}
