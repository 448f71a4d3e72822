package com.segumento.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the nightly run does for the client {@code acme}, as SQL in DuckDB: the same reading, the
 * latest row a customer, the same joins, traits, segments and cells. It does not check manifests
 * and checksums, look for raw identifiers, key persons, quarantine, verify what it publishes, or
 * keep a history. Arguments: the folder of customers, the folder of orders, the references as
 * Parquet, the folder to write to, the business date.
 */
public final class DuckDbNightly {
  private DuckDbNightly() {}

  public static void main(String[] arguments) throws SQLException {
    Path out = Path.of(arguments[3]);
    try (Connection duck =
            DriverManager.getConnection("jdbc:duckdb:" + out.resolve("lake.duckdb"));
        Statement sql = duck.createStatement()) {
      sql.execute("SET threads = 2");
      sql.execute("SET memory_limit = '6GB'");
      sql.execute("SET TimeZone = 'UTC'");
      ingest(sql, arguments[0], arguments[1]);
      enrich(sql, arguments[2]);
      segment(sql, arguments[4]);
      export(sql, out);
    }
  }

  private static void ingest(Statement sql, String customers, String orders) throws SQLException {
    sql.execute(
        """
        CREATE TABLE customers AS
        SELECT customer_hash, TRY_CAST(age AS INTEGER) AS age, gender, pincode, income_band,
               TRY_CAST(loyalty_since AS DATE) AS loyalty_since
        FROM read_csv('%s/**/part-*.csv*', header = true, all_varchar = true)
        WHERE regexp_full_match(customer_hash, '[0-9a-f]{64}')
          AND (age IS NULL OR TRY_CAST(age AS INTEGER) BETWEEN 0 AND 120)
          AND (gender IS NULL OR gender IN ('f', 'm', 'x'))
        QUALIFY row_number() OVER (PARTITION BY customer_hash ORDER BY updated_at DESC) = 1
        """
            .formatted(customers));
    sql.execute(
        """
        CREATE TABLE orders AS
        SELECT DISTINCT * FROM read_parquet('%s/**/part-*.parquet')
        WHERE regexp_full_match(customer_hash, '[0-9a-f]{64}')
          AND amount BETWEEN 0 AND 1000000
        """
            .formatted(orders));
  }

  private static void enrich(Statement sql, String references) throws SQLException {
    sql.execute(
        """
        CREATE TABLE profiles AS
        SELECT c.*, p.district, p.state, p.zone, p.country, p.tier, p.latitude, p.longitude,
               d.population, d.literacy_rate, d.sex_ratio, d.urban_share, d.worker_share,
               d.graduate_share, d.internet_share, d.car_share, d.under_30_share, d.affluent_share
        FROM customers c
        LEFT JOIN read_parquet('%1$s/places/*.parquet') p
          ON p.pincode = regexp_replace(c.pincode, '[^0-9]', '', 'g')
        LEFT JOIN read_parquet('%1$s/demographics/*.parquet') d USING (census_district_code)
        """
            .formatted(references));
  }

  private static void segment(Statement sql, String date) throws SQLException {
    sql.execute(
        """
        CREATE TABLE traits AS
        WITH t AS (
          SELECT customer_hash,
            sum(amount) FILTER (kind = 'purchase' AND day > d - 90) AS spend_90d,
            count(*) FILTER (kind = 'purchase' AND day > d - 90) AS orders_90d,
            max(amount) FILTER (kind = 'purchase' AND day > d - 365) AS largest_order,
            d - max(day) FILTER (kind = 'purchase') AS last_order,
            count(DISTINCT day) FILTER (day > d - 28) AS active_days
          FROM (SELECT *, CAST(ordered_at AS DATE) AS day, DATE '%s' AS d FROM orders)
          WHERE day <= d
          GROUP BY customer_hash, d)
        SELECT p.*, spend_90d, coalesce(orders_90d, 0) AS orders_90d, largest_order, last_order,
               coalesce(active_days, 0) AS active_days
        FROM profiles p LEFT JOIN t USING (customer_hash)
        """
            .formatted(date));
    sql.execute(
        """
        CREATE TABLE memberships AS
        SELECT customer_hash, unnest(list_filter([
            CASE WHEN spend_90d >= 5000 THEN 'high_value' END,
            CASE WHEN spend_90d >= 5000 AND tier = 'metro' THEN 'metro_high_value' END,
            CASE WHEN last_order >= 31 THEN 'lapsed' END,
            CASE WHEN last_order BETWEEN 31 AND 365 AND largest_order >= 1000 THEN 'winback' END,
            CASE WHEN active_days >= 4 THEN 'frequent' END,
            CASE WHEN age < 30 AND urban_share >= 0.5 THEN 'young_urban' END],
            lambda x: x IS NOT NULL)) AS segment_id
        FROM traits
        """);
  }

  private static void export(Statement sql, Path out) throws SQLException {
    sql.execute(
        """
        COPY (
          SELECT segment_id, age // 40 * 40 AS age, gender, zone AS place,
                 count(DISTINCT customer_hash) AS customers,
                 sum(greatest(0, least(50000, coalesce(spend_90d, 0)))) AS spend
          FROM memberships JOIN traits USING (customer_hash)
          WHERE segment_id IN ('high_value', 'lapsed', 'winback', 'metro_high_value')
          GROUP BY ALL HAVING count(DISTINCT customer_hash) >= 50
          ORDER BY ALL)
        TO '%s/monthly_insight.parquet'
        """
            .formatted(out));
    sql.execute(
        """
        COPY (
          SELECT segment_id, state AS place, count(DISTINCT customer_hash) AS customers
          FROM memberships JOIN traits USING (customer_hash)
          GROUP BY ALL HAVING count(DISTINCT customer_hash) >= 50
          ORDER BY ALL)
        TO '%s/state_reach.csv'
        """
            .formatted(out));
  }
}
