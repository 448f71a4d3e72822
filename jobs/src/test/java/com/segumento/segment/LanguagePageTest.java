package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.config.ProfileSchema;
import com.segumento.config.Segments;
import com.segumento.config.Segments.Segment;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.MembershipView;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.Events;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import com.segumento.model.Traits;
import com.segumento.ops.Progress;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example of the page on the segment language over the persons the page shows. */
@ExtendWith(SparkExtension.class)
class LanguagePageTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 31);
  private static final ClientId ID = new ClientId("page");

  @TempDir static Path folder;
  private static LanguagePage page;
  private static Configuration configuration;
  private static Workspace workspace;

  @BeforeAll
  static void run(SparkSession spark) throws IOException {
    page = LanguagePage.read(Repository.path("jobs/src/site/markdown/segment-language.md"));
    configuration = configuration();
    Client client = configuration.client(ID);
    workspace = workspace(spark, configuration.segments(ID), "");
    write(Profiles.NAME, profiles(), ProfileSchema.of(client));
    write("orders", events(), dataset("orders"));
    write("visits", visits(), dataset("visits"));
    String places = workspace.lake().layout().reference(Places.NAME);
    workspace.lake().tables().declare(places, Places.SCHEMA, List.of());
    workspace
        .lake()
        .tables()
        .append(places, spark.createDataFrame(places(), Places.SCHEMA), Commit.of(Map.of()));
    new SegmentStage().run(workspace);
  }

  @Test
  void everySegmentOfThePageHasTheMembersThatStandBehindIt() {
    Map<String, List<String>> members = new TreeMap<>();
    page.members().keySet().forEach(segment -> members.put(segment, new ArrayList<>()));
    long version = workspace.lake().tables().version(table(Memberships.NAME));
    for (Row row : MembershipView.of(workspace, version).collectAsList()) {
      members.get(row.<String>getAs(Memberships.SEGMENT_ID.name())).add(name(row));
    }
    members.values().forEach(names -> names.sort(null));
    assertThat(members).isEqualTo(page.members()).hasSizeGreaterThan(20);
  }

  @Test
  void everyTraitOfThePageHasTheValuesThatStandBehindIt() {
    Map<String, Map<String, String>> values = new TreeMap<>();
    for (Row row : workspace.lake().tables().read(table(Traits.NAME)).collectAsList()) {
      for (String trait : page.values().keySet()) {
        values
            .computeIfAbsent(trait, any -> new TreeMap<>())
            .put(name(row), LanguagePage.plain(row.getAs(trait)));
      }
    }
    assertThat(values).isEqualTo(page.values()).hasSizeGreaterThan(5);
  }

  @Test
  void everyStepOfTheFunnelOfEverySegmentKeepsSomeOfThoseOfTheStepBefore(SparkSession spark) {
    Segments own = workspace.segments();
    Map<String, List<String>> steps = new LinkedHashMap<>();
    List<Segment> added = new ArrayList<>();
    for (Segment segment : own.segments()) {
      Funnel funnel = Funnel.of(spark, own, segment.id(), "step_of_" + segment.id() + "_");
      added.addAll(funnel.added());
      steps.put(segment.id(), List.copyOf(funnel.steps().keySet()));
    }
    Workspace aside = workspace(spark, own.with(new Segments(Map.of(), added, Map.of())), "aside");
    new SegmentStage().run(aside);
    Map<String, Set<String>> members = new TreeMap<>();
    for (Row row : MembershipView.of(aside, 1).collectAsList()) {
      members
          .computeIfAbsent(row.getAs(Memberships.SEGMENT_ID.name()), any -> new TreeSet<>())
          .add(name(row));
    }
    int kept = 0;
    for (String segment : steps.keySet()) {
      Set<String> before = null;
      for (String step : steps.get(segment)) {
        Set<String> now = members.getOrDefault(step, Set.of());
        if (before != null) {
          assertThat(before).as(step).containsAll(now);
          kept++;
        }
        before = now;
      }
      assertThat(before)
          .as(segment)
          .containsExactlyInAnyOrderElementsOf(page.members().get(segment));
    }
    assertThat(kept).isGreaterThan(60);
  }

  @Test
  void everySegmentAndTraitOfThePageSaysWhatIsExpected() {
    assertThat(page.members().keySet())
        .containsExactlyInAnyOrderElementsOf(
            workspace.segments().segments().stream().map(segment -> segment.id()).toList());
    assertThat(page.values().keySet())
        .containsExactlyInAnyOrderElementsOf(workspace.segments().traits().keySet());
  }

  /** The client's tables, and those of segments in a folder of staging where one is named. */
  private static Workspace workspace(SparkSession spark, Segments segments, String aside) {
    Lake lake = Lake.open(spark, folder.resolve("lake").toUri().toString());
    return new Workspace(
        spark,
        aside.isEmpty() ? lake : lake.aside(aside),
        new Secrets(new org.apache.hadoop.conf.Configuration()),
        configuration.platform(),
        configuration.client(ID),
        segments,
        DATE,
        DATE + "-1",
        configuration.directory(),
        Progress.SILENT);
  }

  private static Configuration configuration() throws IOException {
    Path conf = folder.resolve("conf");
    Files.createDirectories(conf.resolve("clients"));
    Files.writeString(
        conf.resolve("platform.yaml"),
        Files.readString(Repository.path("conf/platform.yaml"))
            .replace("default_k: 50, k_floor: 10", "default_k: 2, k_floor: 2")); // of six persons
    try (var in = LanguagePageTest.class.getResourceAsStream("page.yaml")) {
      Files.copy(in, conf.resolve("clients/page.yaml"));
    }
    Files.writeString(conf.resolve("page.yaml"), page.definitions());
    return ConfigurationLoader.load(conf, ID);
  }

  private static List<Row> profiles() {
    StructType schema = ProfileSchema.of(workspace.client());
    StructType placeType = (StructType) Profiles.PLACE.type();
    List<Row> rows = new ArrayList<>();
    for (Map<String, String> person : page.persons()) {
      Object[] place = new Object[placeType.size()];
      place[placeType.fieldIndex(Places.TIER.name())] = person.get("place.tier");
      place[placeType.fieldIndex(Places.STATE.name())] = person.get("place.state");
      Object[] values = new Object[schema.size()];
      values[0] = person.get("person").getBytes(StandardCharsets.UTF_8);
      String age = person.get("age");
      values[schema.fieldIndex("age")] = age == null ? null : Integer.valueOf(age);
      values[schema.fieldIndex("gender")] = person.get("gender");
      values[schema.fieldIndex(Profiles.PLACE.name())] = RowFactory.create(place);
      rows.add(RowFactory.create(values));
    }
    return rows;
  }

  private static List<Row> events() {
    StructType schema = dataset("orders");
    List<Row> rows = new ArrayList<>();
    for (Map<String, String> event : page.events()) {
      LocalDateTime at = LocalDateTime.parse(event.get("when (UTC)").replace(' ', 'T'));
      String amount = event.get("amount");
      Object[] values = new Object[schema.size()];
      values[schema.fieldIndex(Persons.PERSON_KEY.name())] =
          event.get("person").getBytes(StandardCharsets.UTF_8);
      values[schema.fieldIndex("ordered_at")] = Timestamp.valueOf(at);
      values[schema.fieldIndex("kind")] = event.get("kind");
      values[schema.fieldIndex("amount")] =
          amount == null ? null : new BigDecimal(amount).setScale(2);
      values[schema.fieldIndex("category")] = event.get("category");
      values[schema.fieldIndex(Events.EVENT_DATE.name())] = Date.valueOf(at.toLocalDate());
      rows.add(RowFactory.create(values));
    }
    return rows;
  }

  private static List<Row> visits() {
    StructType schema = dataset("visits");
    List<Row> rows = new ArrayList<>();
    for (Map<String, String> visit : page.visits()) {
      LocalDateTime at = LocalDateTime.parse(visit.get("when (UTC)").replace(' ', 'T'));
      Object[] values = new Object[schema.size()];
      values[schema.fieldIndex(Persons.PERSON_KEY.name())] =
          visit.get("visitor").getBytes(StandardCharsets.UTF_8);
      values[schema.fieldIndex("visited_at")] = Timestamp.valueOf(at);
      values[schema.fieldIndex("postal_code")] = visit.get("postal code");
      values[schema.fieldIndex(Events.EVENT_DATE.name())] = Date.valueOf(at.toLocalDate());
      rows.add(RowFactory.create(values));
    }
    return rows;
  }

  private static List<Row> places() {
    List<Row> rows = new ArrayList<>();
    for (Map<String, String> place : page.places()) {
      Object[] values = new Object[Places.SCHEMA.size()];
      values[Places.SCHEMA.fieldIndex(Places.PINCODE.name())] = place.get("postal code");
      values[Places.SCHEMA.fieldIndex(Places.DISTRICT.name())] = place.get("district");
      values[Places.SCHEMA.fieldIndex(Places.TIER.name())] = place.get("tier");
      values[Places.SCHEMA.fieldIndex(Places.COUNTRY.name())] = Places.COUNTRY_CODE;
      values[Places.SCHEMA.fieldIndex(Places.VALID_FROM.name())] = Date.valueOf(DATE);
      rows.add(RowFactory.create(values));
    }
    return rows;
  }

  private static StructType dataset(String name) {
    return EventSchema.keyed(
        workspace.client().datasets().stream()
            .filter(dataset -> dataset.name().equals(name))
            .findFirst()
            .orElseThrow());
  }

  private static void write(String table, List<Row> rows, StructType schema) {
    workspace.lake().tables().declare(table(table), schema, List.of());
    workspace
        .lake()
        .tables()
        .overwrite(
            table(table),
            workspace.spark().createDataFrame(rows, schema),
            Commit.of(Map.of("stage", "test", "date", DATE.toString(), "run", DATE + "-1")));
  }

  private static String table(String name) {
    return workspace.lake().layout().table(ID, name);
  }

  private static String name(Row row) {
    return new String(row.<byte[]>getAs(Persons.PERSON_KEY.name()), StandardCharsets.UTF_8);
  }
}
