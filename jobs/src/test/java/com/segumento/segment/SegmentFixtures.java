package com.segumento.segment;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.Platform;
import com.segumento.config.Segments;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.ops.Progress;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** A client with one profile dataset and two event datasets, the second never delivered. */
public final class SegmentFixtures {
  static final int RETAINED_DAYS = 730;

  private SegmentFixtures() {}

  static Client client() {
    return new Client(
        "acme",
        new Client.Agreement(
            "A", LocalDate.of(2020, 1, 1), LocalDate.of(2030, 1, 1), "in", List.of(), false, false),
        new Client.Keys("acme.person.key"),
        List.of(
            dataset(
                "customers",
                DatasetContract.Kind.PROFILE,
                Map.of("age", "int", "gender", "string")),
            dataset(
                "orders",
                DatasetContract.Kind.EVENT,
                Map.of("amount", "decimal(12,2)", "category", "string")),
            dataset("visits", DatasetContract.Kind.EVENT, Map.of("page", "string"))),
        null,
        "segments/acme.yaml",
        List.of(),
        new Client.Retention(RETAINED_DAYS, 30, 7, 90, 0, null, false));
  }

  public static Workspace workspace(
      SparkSession spark, String root, Segments segments, LocalDate date, int defaultK) {
    Platform platform =
        new Platform(
            root, Map.of(), new Platform.PrivacyFloor(defaultK, 2, 100, 400), 365, List.of());
    return new Workspace(
        spark,
        Lake.open(spark, root),
        new Secrets(new Configuration()),
        platform,
        client(),
        segments,
        date,
        date + "-1",
        Path.of("."),
        Progress.SILENT);
  }

  public static Segments.Trait trait(String where, String window, String agg) {
    return trait("orders", where, window, agg);
  }

  static Segments.Trait trait(String from, String where, String window, String agg) {
    return new Segments.Trait(from, where, window, agg, null, null, null, null, null, null);
  }

  public static Segments.Segment segment(String id, String where) {
    return Segments.Segment.where(id, where);
  }

  public static Segments segments(
      Map<String, Segments.Trait> traits, Segments.Segment... segments) {
    return new Segments(traits, List.of(segments), Map.of());
  }

  private static DatasetContract dataset(
      String name, DatasetContract.Kind kind, Map<String, String> columns) {
    Map<String, ColumnContract> contracts = new LinkedHashMap<>();
    columns.forEach((column, type) -> contracts.put(column, column(type)));
    boolean event = kind == DatasetContract.Kind.EVENT;
    return new DatasetContract(
        name,
        kind,
        event ? DatasetContract.Mode.APPEND : DatasetContract.Mode.UPSERT,
        DatasetContract.Format.PARQUET,
        null,
        new DatasetContract.Token("token", DatasetContract.Token.Scheme.OPAQUE, true),
        null,
        event ? "ordered_at" : null,
        event ? "kind" : null,
        contracts,
        new DatasetContract.Expectations(null, null, 0.0, Map.of(), null));
  }

  private static ColumnContract column(String type) {
    return new ColumnContract(
        type, false, null, null, List.of(), null, null, null, null, null, List.of());
  }
}
