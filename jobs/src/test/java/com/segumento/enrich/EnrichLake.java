package com.segumento.enrich;

import com.segumento.config.Client;
import com.segumento.config.Client.Enrichment;
import com.segumento.config.Client.PlaceKey;
import com.segumento.config.Client.Purpose;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.Platform;
import com.segumento.config.Segments;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.ops.Progress;
import com.segumento.testkit.Declared;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A lake with a client's ingested tables and references, put there by hand. */
record EnrichLake(SparkSession spark, Lake lake) {
  static final Field PINCODE = Field.optional("pincode", DataTypes.StringType);
  static final Field AGE = Field.optional("age", DataTypes.IntegerType);
  static final int K = 2;
  private static final String ID = "acme";

  static EnrichLake under(SparkSession spark, Path directory) {
    return new EnrichLake(spark, Lake.open(spark, directory.toUri().toString()));
  }

  static Client client(List<Purpose> purposes, Enrichment enrich, DatasetContract... datasets) {
    LocalDate start = LocalDate.parse("2026-01-01");
    return new Client(
        ID,
        new Client.Agreement("A", start, start.plusYears(1), "in", purposes, false, false),
        new Client.Keys("acme.person.key"),
        List.of(datasets),
        enrich,
        null,
        List.of(),
        new Client.Retention(30, 30, 30, 30, 0, null, false));
  }

  static DatasetContract dataset(String name, Kind kind, Map<String, ColumnContract> columns) {
    return new DatasetContract(
        name,
        kind,
        DatasetContract.Mode.SNAPSHOT,
        DatasetContract.Format.CSV,
        null,
        new DatasetContract.Token("token", DatasetContract.Token.Scheme.OPAQUE, true),
        null,
        null,
        null,
        columns,
        new DatasetContract.Expectations(null, null, 0.1, null, null));
  }

  static ColumnContract column(String type, PlaceKey place) {
    return new ColumnContract(type, null, null, null, null, null, null, null, place, null, null);
  }

  Workspace workspace(Client client, String date) {
    Platform platform =
        new Platform("lake", Map.of(), new Platform.PrivacyFloor(K, K, K, 400), 365, List.of());
    return new Workspace(
        spark,
        lake,
        new Secrets(spark.sparkContext().hadoopConfiguration()),
        platform,
        client,
        Segments.NONE,
        LocalDate.parse(date),
        date + "-1",
        Path.of("conf"),
        Progress.SILENT);
  }

  /** Ingests {@code rows} as a drop of {@code date} would. */
  void ingest(String dataset, String date, List<Field> columns, Row... rows) {
    List<Field> all = new ArrayList<>(List.of(Persons.PERSON_KEY));
    all.addAll(columns);
    String path = lake.layout().table(new com.segumento.model.ClientId(ID), dataset);
    write(path, Field.schema(all.toArray(Field[]::new)), "ingest", date, rows);
  }

  void reference(String name, StructType schema, Row... rows) {
    write(lake.layout().reference(name), schema, "reference", "2020-01-01", rows);
  }

  private void write(String path, StructType schema, String stage, String date, Row... rows) {
    Declared.table(lake, path, schema, List.of());
    lake.tables()
        .overwrite(
            path,
            spark.createDataFrame(Arrays.asList(rows), schema),
            Commit.of(Map.of("stage", stage, "date", date, "run", date + "-1")));
  }

  static byte[] key(String person) {
    return person.getBytes(StandardCharsets.UTF_8);
  }

  static Row place(String pincode, String state, Integer census, String from, String to) {
    return RowFactory.create(
        pincode,
        "District",
        state,
        "Southern",
        "IN",
        "metro",
        12.9,
        77.5,
        census,
        date(from),
        date(to));
  }

  static Row district(int code, long population) {
    return RowFactory.create(
        code,
        "STATE",
        "District",
        population,
        0.5,
        950.0,
        0.4,
        0.3,
        0.1,
        0.05,
        0.02,
        0.6,
        0.03,
        date("2020-01-01"),
        null);
  }

  static Date date(String day) {
    return day == null ? null : Date.valueOf(day);
  }

  static Row row(String person, Object... values) {
    Object[] row = new Object[values.length + 1];
    row[0] = key(person);
    System.arraycopy(values, 0, row, 1, values.length);
    return RowFactory.create(row);
  }

  /** The profiles, a line each: the person, then {@code columns}, between bars. */
  List<String> profiles(Workspace workspace, String... columns) {
    return lake.tables().read(path(workspace)).selectExpr(withKey(columns)).collectAsList().stream()
        .map(
            row -> {
              StringBuilder line =
                  new StringBuilder(new String(row.<byte[]>getAs(0), StandardCharsets.UTF_8));
              for (int i = 1; i < row.size(); i++) {
                line.append('|').append(row.get(i));
              }
              return line.toString();
            })
        .toList();
  }

  private static String[] withKey(String... columns) {
    String[] all = new String[columns.length + 1];
    all[0] = "person_key";
    System.arraycopy(columns, 0, all, 1, columns.length);
    return all;
  }

  static String path(Workspace workspace) {
    return workspace.lake().layout().table(workspace.clientId(), "profiles");
  }
}
