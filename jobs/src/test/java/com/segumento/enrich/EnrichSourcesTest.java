package com.segumento.enrich;

import static com.segumento.enrich.EnrichLake.AGE;
import static com.segumento.enrich.EnrichLake.column;
import static com.segumento.enrich.EnrichLake.dataset;
import static com.segumento.enrich.EnrichLake.date;
import static com.segumento.enrich.EnrichLake.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Client;
import com.segumento.config.Client.Enrichment;
import com.segumento.config.Client.PlaceKey;
import com.segumento.config.Client.Purpose;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.lake.Workspace;
import com.segumento.model.Countries;
import com.segumento.model.Field;
import com.segumento.ops.StageReport;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class EnrichSourcesTest {
  @TempDir Path directory;
  private final EnrichStage stage = new EnrichStage();
  private EnrichLake lake;

  @BeforeEach
  void open(SparkSession spark) {
    lake = EnrichLake.under(spark, directory);
  }

  @Test
  void findsCountriesByAnySpellingAndJoinsProfileDatasets() {
    Field country = Field.optional("country", DataTypes.StringType);
    lake.reference(
        "countries",
        Countries.SCHEMA,
        RowFactory.create("eire", "Ireland", "IE", "Europe", date("2020-01-01"), null),
        RowFactory.create("ireland", "Ireland", "IE", "Europe", date("2020-01-01"), null));
    lake.ingest(
        "homes",
        "2026-01-05",
        List.of(country),
        row("a", "EIRE"),
        row("b", " Ireland "),
        row("c", "Unspecified"));
    lake.ingest("ages", "2026-01-05", List.of(AGE), row("a", 30), row("d", 40));
    Workspace workspace = lake.workspace(ofCountries(), "2026-01-05");
    StageReport report = stage.run(workspace);
    assertThat(lake.profiles(workspace, "country", "age", "place.country", "place.continent"))
        .containsExactlyInAnyOrder(
            "a|EIRE|30|IE|Europe",
            "b| Ireland |null|IE|Europe",
            "c|Unspecified|null|null|null",
            "d|null|40|null|null");
    assertThat(report.breakdowns().get("persons_by_country"))
        .containsOnly(Map.entry("IE", 2.0), Map.entry("unknown", 2.0));
  }

  private static Client ofCountries() {
    DatasetContract where =
        dataset("homes", Kind.PROFILE, Map.of("country", column("string", PlaceKey.COUNTRY)));
    DatasetContract ages = dataset("ages", Kind.PROFILE, Map.of("age", column("int", null)));
    Enrichment enrich =
        new Enrichment(new Enrichment.Location(PlaceKey.COUNTRY, "countries"), null, null);
    return EnrichLake.client(List.of(Purpose.values()), enrich, where, ages);
  }

  @Test
  void aClientWithoutProfilesHasThePersonsOfItsEvents() {
    DatasetContract orders = dataset("orders", Kind.EVENT, Map.of());
    DatasetContract visits = dataset("visits", Kind.EVENT, Map.of());
    Client client = EnrichLake.client(List.of(Purpose.values()), null, orders, visits);
    lake.ingest("orders", "2026-01-05", List.of(), row("a"), row("a"), row("b"));
    lake.ingest("visits", "2026-01-05", List.of(), row("b"), row("c"));
    Workspace workspace = lake.workspace(client, "2026-01-05");
    assertThat(stage.run(workspace).counts()).containsEntry("persons", 3L);
    assertThat(lake.profiles(workspace, "place.state"))
        .containsExactlyInAnyOrder("a|null", "b|null", "c|null");
  }
}
