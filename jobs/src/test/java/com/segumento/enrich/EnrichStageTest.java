package com.segumento.enrich;

import static com.segumento.enrich.EnrichLake.PINCODE;
import static com.segumento.enrich.EnrichLake.column;
import static com.segumento.enrich.EnrichLake.dataset;
import static com.segumento.enrich.EnrichLake.date;
import static com.segumento.enrich.EnrichLake.place;
import static com.segumento.enrich.EnrichLake.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Client;
import com.segumento.config.Client.Enrichment;
import com.segumento.config.Client.PlaceKey;
import com.segumento.config.Client.Purpose;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.ProfileSchema;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.DataContractException;
import com.segumento.model.Demographics;
import com.segumento.model.Places;
import com.segumento.model.Sites;
import com.segumento.ops.StageReport;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class EnrichStageTest {
  private static final List<Purpose> ALL = List.of(Purpose.values());
  private static final Enrichment BY_PINCODE =
      new Enrichment(
          new Enrichment.Location(PlaceKey.POSTAL_CODE, "places"),
          new Enrichment.DistrictData(Enrichment.DistrictKey.DISTRICT, "demographics"),
          List.of(new Enrichment.Catchment("stores", "acme_stores", 5.0)));
  private static final DatasetContract CUSTOMERS =
      dataset("customers", Kind.PROFILE, Map.of("pincode", column("string", PlaceKey.POSTAL_CODE)));
  private static final Client ACME = EnrichLake.client(ALL, BY_PINCODE, CUSTOMERS);

  @TempDir Path directory;
  private final EnrichStage stage = new EnrichStage();
  private EnrichLake lake;

  @BeforeEach
  void open(SparkSession spark) {
    lake = EnrichLake.under(spark, directory);
  }

  @Test
  void everyPersonStaysWhateverItsLocation() {
    Workspace workspace = eightPersons();
    StageReport report = stage.run(workspace);
    assertThat(
            lake.profiles(
                workspace,
                "place.pincode",
                "place.state",
                "place.continent",
                "demographics.population",
                "catchment_stores",
                "stores_distance_km"))
        .containsExactlyInAnyOrder(
            "a|560001|Karnataka|Asia|900|true|1.1",
            "b|560001|Karnataka|Asia|900|true|1.1",
            "c|560002|Karnataka|Asia|null|true|1.1",
            "d|null|null|null|null|null|null",
            "e|null|null|null|null|null|null",
            "f|null|null|null|null|null|null",
            "g|null|null|null|null|null|null",
            "h|560002|Karnataka|Asia|null|true|1.1");
    says(report);
    assertThat(lake.lake().tables().schema(EnrichLake.path(workspace)))
        .isEqualTo(ProfileSchema.of(ACME));
    Dataset<Row> plan = ProfilePlan.of(workspace, PersonTables.asOf(workspace)).profiles();
    assertThat(Plans.joins(plan))
        .contains("BroadcastHashJoin")
        .isSubsetOf("BroadcastHashJoin", "SortMergeJoin");
  }

  private Workspace eightPersons() {
    references();
    customers(
        "2026-01-05",
        "a=560 001",
        "b=IN-560001",
        "c=560002",
        "d=999999",
        "e=",
        "f=12",
        "g=",
        "h=560002");
    return lake.workspace(ACME, "2026-01-05");
  }

  private static void says(StageReport report) {
    assertThat(report.counts())
        .containsEntry("persons", 8L)
        .containsEntry("place_matched", 4L)
        .containsEntry("demographics_matched", 2L)
        .containsEntry("match_by_reference_below_k", 2L);
    assertThat(report.breakdowns().get("match_by_reference"))
        .containsOnly(
            Map.entry("places: matched", 4.0),
            Map.entry("places: no_postal_code", 2.0),
            Map.entry("places: malformed_postal_code or unknown_postal_code", 2.0),
            Map.entry("demographics: no_place", 4.0),
            Map.entry("demographics: no_census_district", 2.0),
            Map.entry("demographics: matched", 2.0));
    assertThat(report.breakdowns().get("persons_by_state"))
        .containsOnly(Map.entry("Karnataka", 4.0), Map.entry("unknown", 4.0));
  }

  @Test
  void readsReferencesAndPersonsAsOfTheBusinessDate() {
    lake.reference("demographics", Demographics.SCHEMA, EnrichLake.district(1, 900));
    lake.reference("acme_stores", Sites.SCHEMA, store());
    lake.reference(
        "places",
        Places.SCHEMA,
        place("560001", "Mysore", 1, "2026-01-05", "2026-02-01"),
        place("560001", "Karnataka", 1, "2026-02-01", null));
    customers("2026-01-05", "a=560001");
    customers("2026-02-01", "a=560001", "b=560001");
    assertThat(states("2026-02-01")).containsExactlyInAnyOrder("a|Karnataka", "b|Karnataka");
    assertThat(states("2026-01-31")).containsExactly("a|Mysore");
    assertThat(states("2026-01-31")).containsExactly("a|Mysore");
    Workspace tooEarly = lake.workspace(ACME, "2026-01-04");
    assertThat(stage.inputs(tooEarly)).isEmpty();
    assertThatThrownBy(() -> stage.run(tooEarly))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Client acme has no persons ingested by 2026-01-04. Ingest a drop of that date or an"
                + " earlier one first.");
  }

  @Test
  void refusesAReferenceThatIsMissingOrOutOfDateOrAmbiguous() {
    customers("2026-01-05", "a=560001");
    Workspace workspace = lake.workspace(ACME, "2026-01-05");
    assertThatThrownBy(() -> stage.run(workspace))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Client acme is enriched by reference places, which is not loaded. Load it with"
                + " `segumento reference load --name places`.");
    lake.reference("places", Places.SCHEMA, place("560001", "K", 1, "2026-01-06", null));
    assertThatThrownBy(() -> stage.run(workspace))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Client acme is enriched by reference places, which has no version that is valid on"
                + " 2026-01-05. Load it with `segumento reference load --name places`.");
    Row place = place("560001", "K", 1, "2026-01-05", null);
    lake.reference("places", Places.SCHEMA, place, place);
    assertThatThrownBy(() -> stage.run(workspace))
        .isInstanceOf(DataContractException.class)
        .hasMessage(
            "Reference places has 1 rows too many for its keys on 2026-01-05. Load it again with"
                + " `segumento reference load`.");
  }

  @Test
  void joinsOnlyWhatTheAgreementCovers() {
    customers("2026-01-05", "a=560001");
    Client segmentationOnly =
        EnrichLake.client(List.of(Purpose.SEGMENTATION, Purpose.ENRICHMENT), BY_PINCODE, CUSTOMERS);
    Workspace without = lake.workspace(segmentationOnly, "2026-01-05");
    StageReport report = stage.run(without);
    assertThat(lake.profiles(without, "pincode", "place.state", "demographics.population"))
        .containsExactly("a|560001|null|null");
    assertThat(report.breakdowns()).isEmpty();
    references();
    Client located =
        EnrichLake.client(List.of(Purpose.SEGMENTATION, Purpose.LOCATION), BY_PINCODE, CUSTOMERS);
    Workspace with = lake.workspace(located, "2026-01-05");
    stage.run(with);
    assertThat(lake.profiles(with, "pincode", "place.state", "demographics.population"))
        .containsExactly("a|560001|Karnataka|null");
  }

  @Test
  void inputsChangeWithTablesReferencesAndDefinitions() {
    references();
    customers("2026-01-05", "a=560001");
    Workspace workspace = lake.workspace(ACME, "2026-01-05");
    Optional<String> inputs = stage.inputs(workspace);
    assertThat(stage.inputs(workspace)).isEqualTo(inputs).isPresent();
    Client other = EnrichLake.client(List.of(Purpose.LOCATION), BY_PINCODE, CUSTOMERS);
    assertThat(stage.inputs(lake.workspace(other, "2026-01-05"))).isNotEqualTo(inputs);
    lake.reference("places", Places.SCHEMA, place("560001", "K", 1, "2026-01-01", null));
    assertThat(stage.inputs(workspace)).isNotEqualTo(inputs);
    Optional<String> reloaded = stage.inputs(workspace);
    customers("2026-01-05", "a=560002");
    assertThat(stage.inputs(workspace)).isNotEqualTo(reloaded);
  }

  private void references() {
    lake.reference(
        "places",
        Places.SCHEMA,
        place("560001", "Karnataka", 1, "2026-01-01", null),
        place("560002", "Karnataka", null, "2026-01-01", null));
    lake.reference("demographics", Demographics.SCHEMA, EnrichLake.district(1, 900));
    lake.reference("acme_stores", Sites.SCHEMA, store());
  }

  private static Row store() {
    return RowFactory.create("s", 12.91, 77.5, date("2020-01-01"), null);
  }

  private void customers(String date, String... persons) {
    Row[] rows = new Row[persons.length];
    for (int i = 0; i < rows.length; i++) {
      String pincode = persons[i].substring(2);
      rows[i] = row(persons[i].substring(0, 1), pincode.isEmpty() ? null : pincode);
    }
    lake.ingest("customers", date, List.of(PINCODE), rows);
  }

  private List<String> states(String date) {
    Workspace workspace = lake.workspace(ACME, date);
    stage.run(workspace);
    return lake.profiles(workspace, "place.state");
  }
}
