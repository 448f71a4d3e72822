package com.segumento.enrich;

import com.segumento.config.Client;
import com.segumento.config.Client.Enrichment.Catchment;
import com.segumento.config.Client.PlaceKey;
import com.segumento.config.ProfileSchema;
import com.segumento.lake.ValidReference;
import com.segumento.lake.Workspace;
import com.segumento.model.Countries;
import com.segumento.model.Demographics;
import com.segumento.model.Field;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import com.segumento.model.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * All that references say of a location, put together before any person is read: one row per {@link
 * #KEY}, a postal code or a country's name key. It is as small as the references, and is broadcast.
 *
 * @param rows {@link #KEY}, place, demographics, {@link #CENSUS}, {@link #COUNTED} and the
 *     catchments' columns
 * @param versions of the references read
 */
record LocationFacts(Dataset<Row> rows, TreeMap<String, Long> versions) {
  static final Field KEY = Field.required("__location", DataTypes.StringType);

  /** The census district the place is counted under; null where none is certain. */
  static final Field CENSUS = Field.optional("__census", DataTypes.IntegerType);

  /** Whether that district's demographics are known. */
  static final Field COUNTED = Field.required("__counted", DataTypes.BooleanType);

  private static final Field DEMOGRAPHICS_DISTRICT =
      Field.required("__district", DataTypes.IntegerType);

  static LocationFacts of(
      Workspace workspace, Contracted contracted, Client.Enrichment.Location location) {
    TreeMap<String, Long> versions = new TreeMap<>();
    Dataset<Row> rows =
        location.by() == PlaceKey.POSTAL_CODE
            ? postalCodes(workspace, contracted, location.reference(), versions)
            : countries(workspace, location.reference(), versions);
    return new LocationFacts(rows, versions);
  }

  private static Dataset<Row> postalCodes(
      Workspace workspace,
      Contracted contracted,
      String reference,
      TreeMap<String, Long> versions) {
    Dataset<Row> places = open(workspace, reference, Places.PINCODE, versions);
    List<Column> columns = new ArrayList<>();
    for (Catchment catchment : contracted.catchments()) {
      Dataset<Row> sites = open(workspace, catchment.reference(), Sites.ID, versions);
      places = Catchments.add(places, sites, catchment);
      columns.add(ProfileSchema.within(catchment).col());
      columns.add(ProfileSchema.distance(catchment).col());
    }
    Dataset<Row> counted =
        contracted
            .demographics()
            .map(data -> open(workspace, data.reference(), Demographics.DISTRICT_CODE, versions))
            .map(LocationFacts::districts)
            .orElseGet(() -> noDistricts(workspace));
    return placed(places, counted, columns);
  }

  /**
   * @param columns what there is of a place beside itself and its district
   */
  private static Dataset<Row> placed(
      Dataset<Row> places, Dataset<Row> counted, List<Column> columns) {
    Column continent =
        functions.when(
            Places.COUNTRY.col().equalTo(Places.COUNTRY_CODE), functions.lit(Places.CONTINENT));
    columns.add(KEY.as(Places.PINCODE.col()));
    columns.add(CENSUS.as(Places.CENSUS_DISTRICT.col()));
    columns.add(COUNTED.as(DEMOGRAPHICS_DISTRICT.col().isNotNull()));
    columns.add(Profiles.DEMOGRAPHICS.col());
    columns.add(
        Profiles.PLACE.as(
            struct(
                Profiles.PLACE,
                places.withColumn(Countries.CONTINENT.name(), continent).columns())));
    // n:1, demographics are unique by district
    return places
        .withColumn(Countries.CONTINENT.name(), continent)
        .join(
            functions.broadcast(counted),
            Places.CENSUS_DISTRICT.col().equalTo(DEMOGRAPHICS_DISTRICT.col()),
            "left")
        .select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> districts(Dataset<Row> demographics) {
    return demographics.select(
        DEMOGRAPHICS_DISTRICT.as(Demographics.DISTRICT_CODE.col()),
        Profiles.DEMOGRAPHICS.as(struct(Profiles.DEMOGRAPHICS, demographics.columns())));
  }

  private static Dataset<Row> noDistricts(Workspace workspace) {
    return workspace
        .spark()
        .createDataFrame(List.of(), Field.schema(DEMOGRAPHICS_DISTRICT, Profiles.DEMOGRAPHICS));
  }

  private static Dataset<Row> countries(
      Workspace workspace, String reference, TreeMap<String, Long> versions) {
    Dataset<Row> countries =
        open(workspace, reference, Countries.NAME_KEY, versions)
            .select(
                KEY.as(Countries.NAME_KEY.col()),
                Places.COUNTRY.as(Countries.COUNTRY_CODE.col()),
                Countries.CONTINENT.col());
    return countries.select(
        KEY.col(),
        Profiles.PLACE.as(struct(Profiles.PLACE, countries.columns())),
        Profiles.DEMOGRAPHICS.as(nothing(Profiles.DEMOGRAPHICS)),
        CENSUS.as(functions.lit(null).cast(CENSUS.type())),
        COUNTED.as(functions.lit(false)));
  }

  private static Dataset<Row> open(
      Workspace workspace, String name, Field key, TreeMap<String, Long> versions) {
    ValidReference reference = ValidReference.open(workspace, name, key);
    versions.put(name, reference.version());
    return reference.rows();
  }

  /** A struct of the members of {@code field} that are among {@code present}; others are null. */
  private static Column struct(Field field, String... present) {
    List<String> there = List.of(present);
    List<Column> members = new ArrayList<>();
    for (StructField member : ((StructType) field.type()).fields()) {
      Field of = Field.optional(member.name(), member.dataType());
      members.add(
          there.contains(of.name()) ? of.col() : of.as(functions.lit(null).cast(of.type())));
    }
    return functions.struct(members.toArray(Column[]::new));
  }

  /** A struct whose members are all null. */
  static Column nothing(Field field) {
    return struct(field);
  }
}
