package com.segumento.reference;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.segumento.lake.Lake;
import com.segumento.model.Countries;
import com.segumento.model.Demographics;
import com.segumento.model.NameKey;
import com.segumento.model.Places;
import com.segumento.ops.StageReport;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedReferenceTest {
  private static final List<String> UCI_COUNTRIES =
      List.of(
          "Australia",
          "Austria",
          "Bahrain",
          "Belgium",
          "Brazil",
          "Canada",
          "Channel Islands",
          "Cyprus",
          "Czech Republic",
          "Denmark",
          "EIRE",
          "European Community",
          "Finland",
          "France",
          "Germany",
          "Greece",
          "Hong Kong",
          "Iceland",
          "Israel",
          "Italy",
          "Japan",
          "Lebanon",
          "Lithuania",
          "Malta",
          "Netherlands",
          "Norway",
          "Poland",
          "Portugal",
          "RSA",
          "Saudi Arabia",
          "Singapore",
          "Spain",
          "Sweden",
          "Switzerland",
          "USA",
          "United Arab Emirates",
          "United Kingdom",
          "Unspecified");

  private Lake lake;
  private final Map<String, StageReport> reports = new TreeMap<>();
  private final Map<String, Row> places = new TreeMap<>();
  private final Map<Integer, Row> districts = new TreeMap<>();
  private final Map<String, String> countries = new TreeMap<>();

  @BeforeAll
  void load(SparkSession spark, @TempDir Path directory) {
    lake = Lake.open(spark, directory.toUri().toString());
    String path = Repository.path("conf/reference").toString();
    for (String name : List.of(Places.NAME, Demographics.NAME, Countries.NAME)) {
      LocalDate from = LocalDate.parse("2025-01-01");
      reports.put(name, ReferenceLoad.load(spark, lake, name, path, from, "run"));
    }
    read(Places.NAME).collectAsList().forEach(row -> places.put(row.getString(0), row));
    read(Demographics.NAME).collectAsList().forEach(row -> districts.put(row.getInt(0), row));
    read(Countries.NAME)
        .collectAsList()
        .forEach(row -> countries.put(row.getString(0), row.getString(2)));
  }

  @Test
  void matchesPincodesToCensusDistricts() {
    StageReport report = reports.get(Places.NAME);
    assertThat(report.counts())
        .containsEntry("rows_loaded", 19_238L)
        .containsEntry("census_matched_by_plain_name", 15_414L)
        .containsEntry("census_matched", 19_040L);
    assertThat(report.breakdowns().get("places_by_census_match"))
        .containsOnly(
            Map.entry("name", 15_036.0),
            Map.entry("spelling", 2_833.0),
            Map.entry("renamed", 834.0),
            Map.entry("split_from", 186.0),
            Map.entry("placed", 151.0),
            Map.entry("several_districts", 188.0),
            Map.entry("several_parents", 9.0),
            Map.entry("not_a_district", 1.0));
    assertThat(report.breakdowns().get("places_unmatched"))
        .containsEntry("Telangana: Siddipet (several_parents)", 1.0);
  }

  @Test
  void findsTheDistrictOfRenamedSplitAndNamesakeDistricts() {
    assertPlace("560001", "Bengaluru", "Karnataka", "Southern", "metro", "Bangalore");
    assertPlace("122001", "Gurgaon", "Haryana", "Northern", "metro", "Gurgaon");
    assertPlace("824101", "Aurangabad (Bihar)", "Bihar", "Eastern", "tier2", "Aurangabad");
    assertPlace("431001", "Aurangabad", "Maharashtra", "Western", "metro", "Aurangabad");
    assertPlace("400050", "Mumbai Suburban", "Maharashtra", "Western", "metro", "Mumbai Suburban");
    assertPlace("400001", "Mumbai", "Maharashtra", "Western", "metro", "Mumbai");
    assertPlace("194101", "Leh", "Ladakh", "Northern", "tier3", "Leh(Ladakh)");
    assertPlace("508224", "Suryapet", "Telangana", "Southern", "tier2", "Nalgonda");
    assertPlace("502301", "Siddipet", "Telangana", "Southern", "tier3", null);
    assertPlace("363331", "Morbi", "Gujarat", "Western", "tier2", null);
    assertPlace(
        "781001", "Kamrup Metropolitan", "Assam", "North Eastern", "tier2", "Kamrup Metropolitan");
    assertPlace("605001", "Pondicherry", "Puducherry", "Southern", "tier2", "PONDICHERRY");
  }

  @Test
  void theSameDistrictNameIsNeverInTwoStates() {
    assertThat(
            read(Places.NAME)
                .groupBy(Places.DISTRICT.col())
                .agg(count_distinct(Places.STATE.col()).as("states"))
                .filter(col("states").gt(1))
                .collectAsList())
        .isEmpty();
  }

  @Test
  void demographicsAreSharesOfTheCensus() {
    assertThat(districts).hasSize(640);
    Row kupwara = districts.get(1);
    assertThat(kupwara.getLong(3)).isEqualTo(870_354L);
    assertThat(kupwara.getDouble(4)).isCloseTo(439_654 / 870_354.0, within(0.0001));
    assertThat(kupwara.getDouble(5)).isCloseTo(1000 * 396_164 / 474_190.0, within(0.0001));
    assertThat(kupwara.getDouble(6)).isCloseTo(23_226 / 181_664.0, within(0.0001));
    assertThat(kupwara.getDouble(12)).isCloseTo(15 / 1_119.0, within(0.0001));
  }

  @Test
  void countriesHaveTheSpellingsOfTheRetailData() {
    List<String> unmatched =
        UCI_COUNTRIES.stream().filter(name -> !countries.containsKey(NameKey.of(name))).toList();
    assertThat(unmatched).containsExactly("Channel Islands", "European Community", "Unspecified");
    assertThat(countries)
        .containsEntry("eire", "IE")
        .containsEntry("rsa", "ZA")
        .containsEntry("usa", "US")
        .containsEntry("cotedivoire", "CI")
        .doesNotContainKey("na");
    assertThat(countries.values().stream().distinct()).hasSize(250);
  }

  private Dataset<Row> read(String name) {
    return lake.tables().read(lake.layout().reference(name));
  }

  private void assertPlace(
      String pincode, String district, String state, String zone, String tier, String census) {
    Row place = places.get(pincode);
    assertThat(List.of(place.getString(1), place.getString(2), place.getString(3)))
        .containsExactly(district, state, zone);
    assertThat(place.getString(5)).as("tier of " + district).isEqualTo(tier);
    Row counted = place.isNullAt(8) ? null : districts.get(place.getInt(8));
    assertThat(counted == null ? null : counted.getString(2)).isEqualTo(census);
  }
}
