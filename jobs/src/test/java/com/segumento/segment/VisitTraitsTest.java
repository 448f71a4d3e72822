package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Client;
import com.segumento.config.Client.Purpose;
import com.segumento.config.Platform;
import com.segumento.config.ProfileSchema;
import com.segumento.config.Segments;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import com.segumento.model.Traits;
import com.segumento.ops.Progress;
import com.segumento.testkit.Definitions;
import com.segumento.testkit.GeneratedCode;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@GeneratedCode
@ExtendWith(SparkExtension.class)
class VisitTraitsTest {
  private static final LocalDate DATE = LocalDate.of(2024, 2, 29);
  private static final String VISITS =
      """
      traits:
        visits: {from: events, window: 7d, agg: count}
        places: {from: events, agg: count_distinct(place.district)}
        metro_visits: {from: events, where: "place.tier = 'metro'", agg: count}
        home: {from: events, agg: top(place.district)}
        codes: {from: events, agg: count_distinct(code)}
        metro_share: {ratio: [metro_visits, visits]}
        worth: {score: {visits: 0.5, metro_share: 10, age: 0.1}}
      segments:
        - {id: local, where: "home = 'Bengaluru'"}
        - {id: loyal, did: {from: events, where: "place.tier = 'metro'", at_least: 2}}
        - {id: moved, sequence: {from: events, steps: ["place.tier = 'metro'", "place.tier = 'tier2'"]}}
      """;

  @TempDir Path directory;

  @Test
  void areMadeOfThePlacesOfTheBusinessDate(SparkSession spark) {
    Workspace workspace = workspace(spark, OracleClient.client(Purpose.LOCATION), VISITS);
    write(workspace);
    var report = new SegmentStage().run(workspace);
    assertThat(report.counts()).containsEntry("traits", 7L).containsEntry("segments", 3L);
    List<Row> found =
        read(workspace, Traits.NAME)
            .selectExpr(
                "hex(person_key)",
                "visits",
                "places",
                "metro_visits",
                "home",
                "codes",
                "metro_share",
                "worth",
                "`#loyal.times`",
                "`#moved.step`")
            .orderBy("hex(person_key)")
            .collectAsList();
    double worth = 30 * 0.1 + 2.0 / 3 * 10 + 3 * 0.5;
    assertThat(found)
        .containsExactly(
            RowFactory.create("00", 3L, 2L, 2L, "Bengaluru", 3L, 2.0 / 3, worth, 2L, 2),
            RowFactory.create("01", 0L, 0L, 0L, null, 1L, null, 0.0, 0L, 0),
            RowFactory.create("02", 0L, 0L, 0L, null, 0L, null, 3.0, 0L, 0));
  }

  @Test
  void readEventsAndPlacesOnce(SparkSession spark) {
    Workspace workspace = workspace(spark, OracleClient.client(Purpose.LOCATION), VISITS);
    write(workspace);
    SegmentDefinitions definitions =
        SegmentDefinitions.resolve(spark, workspace.client(), workspace.segments());
    SegmentInputs inputs = SegmentInputs.of(workspace);
    assertThat(inputs.references()).containsOnlyKeys(Places.NAME);
    Dataset<Row> rows = new WriteTraits(workspace, definitions, inputs).rows();
    String plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows)
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(Pattern.compile("FileScan").matcher(plan).results().count()).isEqualTo(3);
    assertThat(plan).contains("BroadcastHashJoin", "ObjectHashAggregate");
    assertThat(plan).containsPattern("PartitionFilters: \\[isnotnull\\(event_date");
    assertThat(plan).doesNotContain("NestedLoop", "Cartesian", "Expand", "SortAggregate");
  }

  @Test
  void havePlacesOnlyWhereTheAgreementCoversThem(SparkSession spark) {
    assertThatThrownBy(() -> resolve(spark, OracleClient.client(Purpose.SEGMENTATION), VISITS))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "trait places, agg: line 1, column 16: no column place.district is in scope.");
  }

  @Test
  void tellNoPlaceMoreFinelyThanByItsDistrictAndNoIdentifier(SparkSession spark) {
    String fine =
        """
        traits:
          a: {from: events, agg: top(code)}
          b: {from: events, agg: "last(substr(code, 1, 3))"}
          c: {from: events, agg: top(place.pincode)}
          d: {from: events, agg: top(device)}
        """;
    String finely =
        " of code would tell a person's place more finely than by its district. Use"
            + " place.district, place.state, place.zone, place.country or place.tier.";
    assertThatThrownBy(() -> resolve(spark, OracleClient.client(Purpose.LOCATION), fine))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "trait a, agg: line 1, column 5: top"
                + finely
                + "\ntrait b, agg: line 1, column 6: last"
                + finely
                + "\ntrait c, agg: line 1, column 5: no column place.pincode is in scope."
                + "\ntrait d, agg: line 1, column 5: no column device is in scope.");
  }

  private static void resolve(SparkSession spark, Client client, String yaml) {
    SegmentDefinitions.resolve(spark, client, Definitions.segments(yaml));
  }

  private Workspace workspace(SparkSession spark, Client client, String yaml) {
    String root = directory.toUri().toString();
    Platform platform =
        new Platform(root, Map.of(), new Platform.PrivacyFloor(2, 2, 100, 400), 365, List.of());
    Segments segments = Definitions.segments(yaml);
    return new Workspace(
        spark,
        Lake.open(spark, root),
        new Secrets(new Configuration()),
        platform,
        client,
        segments,
        DATE,
        DATE + "-1",
        Path.of("."),
        Progress.SILENT);
  }

  // Person 0 went to two districts, person 1 nowhere that is known, person 2 not at all. The places
  // were others the day before, and are others the day after.
  private void write(Workspace workspace) {
    StructType profile = ProfileSchema.of(workspace.client());
    List<Row> persons = new ArrayList<>();
    for (int person = 0; person < 3; person++) {
      Object[] values = new Object[profile.size()];
      values[0] = new byte[] {(byte) person};
      values[profile.fieldIndex("age")] = person == 1 ? null : 30;
      persons.add(RowFactory.create(values));
    }
    put(workspace, Profiles.NAME, workspace.spark().createDataFrame(persons, profile), List.of());
    List<OracleEvent> events =
        List.of(
            visit(0, DATE.minusDays(2), "560001"),
            visit(0, DATE.minusDays(1), "IN 560 001"),
            visit(0, DATE, "641-001"),
            visit(1, DATE.minusDays(30), "999999"));
    put(workspace, "events", OracleClient.stored(workspace.spark(), events), List.of("event_date"));
    String places = workspace.lake().layout().reference(Places.NAME);
    workspace.lake().tables().declare(places, Places.SCHEMA, List.of());
    workspace
        .lake()
        .tables()
        .append(places, OracleClient.places(workspace.spark(), DATE), Commit.of(Map.of()));
  }

  private static OracleEvent visit(int person, LocalDate day, String code) {
    Instant at = Instant.parse(day + "T10:00:00Z");
    return new OracleEvent(person, at, "view", null, null, null, null, code);
  }

  private static void put(
      Workspace workspace, String name, Dataset<Row> rows, List<String> partitions) {
    String path = workspace.lake().layout().table(workspace.clientId(), name);
    workspace.lake().tables().declare(path, rows.schema(), partitions);
    Map<String, String> note = Map.of("stage", "test", "date", DATE.toString(), "run", DATE + "-1");
    workspace.lake().tables().append(path, rows, Commit.of(note));
  }

  private static Dataset<Row> read(Workspace workspace, String name) {
    return workspace
        .lake()
        .tables()
        .read(workspace.lake().layout().table(workspace.clientId(), name));
  }
}
