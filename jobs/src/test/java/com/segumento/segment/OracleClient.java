package com.segumento.segment;

import com.segumento.config.Client;
import com.segumento.config.Client.PlaceKey;
import com.segumento.config.Client.Purpose;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.model.Field;
import com.segumento.model.Places;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A client whose events have a place, and the tables of its {@link OracleEvent}s. */
final class OracleClient {
  private OracleClient() {}

  static Client client(Purpose... purposes) {
    return new Client(
        "acme",
        new Client.Agreement(
            "A",
            LocalDate.of(2020, 1, 1),
            LocalDate.of(2030, 1, 1),
            "in",
            List.of(purposes),
            false,
            false),
        new Client.Keys("acme.person.key"),
        List.of(
            dataset("customers", DatasetContract.Kind.PROFILE, Map.of("age", "int")),
            dataset("events", DatasetContract.Kind.EVENT, columns())),
        new Client.Enrichment(
            new Client.Enrichment.Location(PlaceKey.POSTAL_CODE, Places.NAME), null, List.of()),
        "segments/acme.yaml",
        List.of(),
        new Client.Retention(OracleEvent.RETAINED_DAYS, 30, 7, 90, 0, null, false));
  }

  private static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("amount", "decimal(12,2)");
    columns.put("quantity", "int");
    columns.put("score", "double");
    columns.put("category", "string");
    columns.put("code", "string");
    columns.put("device", "string");
    return columns;
  }

  private static DatasetContract dataset(
      String name, DatasetContract.Kind kind, Map<String, String> columns) {
    Map<String, ColumnContract> contracts = new LinkedHashMap<>();
    columns.forEach((column, type) -> contracts.put(column, column(column, type)));
    boolean event = kind == DatasetContract.Kind.EVENT;
    return new DatasetContract(
        name,
        kind,
        event ? DatasetContract.Mode.APPEND : DatasetContract.Mode.UPSERT,
        DatasetContract.Format.PARQUET,
        null,
        new DatasetContract.Token("token", DatasetContract.Token.Scheme.OPAQUE, true),
        null,
        event ? "at" : null,
        event ? "kind" : null,
        contracts,
        new DatasetContract.Expectations(null, null, 0.0, Map.of(), null));
  }

  private static ColumnContract column(String name, String type) {
    PlaceKey place = name.equals("code") ? PlaceKey.POSTAL_CODE : null;
    DatasetContract.Role role = name.equals("device") ? DatasetContract.Role.IDENTIFYING : null;
    return new ColumnContract(
        type, false, null, null, List.of(), null, null, role, place, null, List.of());
  }

  /** The events with their places. */
  static Dataset<Row> table(SparkSession spark, List<OracleEvent> events) {
    Field code = Field.optional("code", DataTypes.StringType);
    Dataset<Row> places = places(spark, LocalDate.EPOCH).filter(Places.VALID_TO.col().isNull());
    return stored(spark, events).transform(new JoinPlaces(places, code)::apply);
  }

  /** The events as they are ingested. */
  static Dataset<Row> stored(SparkSession spark, List<OracleEvent> events) {
    StructType schema = EventSchema.keyed(client().datasets().get(1));
    List<Row> rows = new ArrayList<>();
    for (OracleEvent event : events) {
      Object[] values = new Object[schema.size()];
      values[schema.fieldIndex("person_key")] = new byte[] {(byte) event.person()};
      values[schema.fieldIndex("at")] = event.at();
      values[schema.fieldIndex("event_date")] = event.day();
      values[schema.fieldIndex("kind")] = event.kind();
      values[schema.fieldIndex("amount")] = event.amount();
      values[schema.fieldIndex("quantity")] = event.quantity();
      values[schema.fieldIndex("score")] = event.score();
      values[schema.fieldIndex("category")] = event.category();
      values[schema.fieldIndex("code")] = event.code();
      rows.add(RowFactory.create(values));
    }
    return spark.createDataFrame(rows, schema);
  }

  /** Places that are valid from a day on; until then each was elsewhere. */
  static Dataset<Row> places(SparkSession spark, LocalDate from) {
    List<Row> rows = new ArrayList<>();
    for (String code : List.of("560001", "560002", "641001")) {
      boolean metro = code.startsWith("56");
      rows.add(
          place(code, metro ? "Bengaluru" : "Coimbatore", metro ? "metro" : "tier2", from, null));
      rows.add(place(code, "Elsewhere", "tier3", from.minusYears(1), from));
    }
    return spark.createDataFrame(rows, Places.SCHEMA);
  }

  private static Row place(
      String code, String district, String tier, LocalDate from, LocalDate to) {
    Object[] values = new Object[Places.SCHEMA.size()];
    values[Places.SCHEMA.fieldIndex(Places.PINCODE.name())] = code;
    values[Places.SCHEMA.fieldIndex(Places.DISTRICT.name())] = district;
    values[Places.SCHEMA.fieldIndex(Places.TIER.name())] = tier;
    values[Places.SCHEMA.fieldIndex(Places.COUNTRY.name())] = Places.COUNTRY_CODE;
    values[Places.SCHEMA.fieldIndex(Places.VALID_FROM.name())] = from;
    values[Places.SCHEMA.fieldIndex(Places.VALID_TO.name())] = to;
    return RowFactory.create(values);
  }
}
