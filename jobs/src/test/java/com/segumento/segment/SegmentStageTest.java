package com.segumento.segment;

import static com.segumento.segment.SegmentFixtures.segment;
import static com.segumento.segment.SegmentFixtures.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Segments;
import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.MembershipView;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Traits;
import com.segumento.ops.StageReport;
import com.segumento.segment.NaiveSegments.Event;
import com.segumento.segment.NaiveSegments.Person;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class SegmentStageTest {
  private static final LocalDate DATE = LocalDate.of(2024, 2, 29);
  private static final int K = 5;

  @TempDir static Path directory;
  private final List<Person> persons = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private Workspace workspace;

  @BeforeAll
  void writeTables(SparkSession spark) {
    workspace =
        SegmentFixtures.workspace(spark, directory.toUri().toString(), definitions(), DATE, K);
    SegmentHistory history = SegmentHistory.random(new Random(20240229), DATE);
    persons.addAll(history.persons());
    events.addAll(history.events());
    history.write(workspace, DATE);
  }

  @Test
  void agreesWithTheNaiveEvaluator() {
    StageReport report = new SegmentStage().run(workspace);
    NaiveSegments naive = new NaiveSegments(DATE);
    Map<Integer, Map<String, Object>> traits = new TreeMap<>();
    Map<Integer, Set<String>> memberships = new TreeMap<>();
    for (Person person : persons) {
      List<Event> own = events.stream().filter(event -> event.person() == person.id()).toList();
      Map<String, Object> values = naive.traits(own);
      traits.put(person.id(), values);
      memberships.put(person.id(), naive.segments(person, values));
    }
    assertThat(readTraits()).isEqualTo(traits);
    assertThat(readMemberships()).isEqualTo(memberships);
    Map<String, Double> sizes = new TreeMap<>();
    memberships.values().forEach(ids -> ids.forEach(id -> sizes.merge(id, 1.0, Double::sum)));
    sizes.values().removeIf(size -> size < K);
    assertThat(report.breakdowns().get("persons_by_segment")).isEqualTo(sizes);
    assertThat(report.counts())
        .containsEntry("persons", (long) SegmentHistory.PERSONS)
        .containsEntry("traits", 10L)
        .containsEntry("segments", 6L)
        .containsEntry("segments_below_k", 6L - sizes.size())
        .containsEntry(
            "memberships", (long) sizes.values().stream().mapToDouble(Double::doubleValue).sum())
        .containsEntry("events_without_profile", strangeEvents());
    assertThat(report.hashes()).hasSize(6);
    assertThat(report.versions())
        .containsOnlyKeys("in:profiles", "in:orders", "out:traits", "out:memberships");
  }

  @Test
  void secondRunLeavesTheSameRowsAndOtherDatesAlone() {
    new SegmentStage().run(workspace);
    Map<Integer, Set<String>> before = readMemberships();
    String path = table(Memberships.NAME);
    Date earlier = Date.valueOf("2024-02-28");
    Row other = RowFactory.create(earlier, new byte[] {1}, new int[] {999}, new Date[] {earlier});
    tables()
        .append(
            path,
            workspace.spark().createDataFrame(List.of(other), Memberships.SCHEMA),
            Commit.of(Map.of()));
    assertThat(new SegmentStage().inputs(workspace))
        .isEqualTo(new SegmentStage().inputs(workspace));
    new SegmentStage().run(workspace);
    assertThat(readMemberships()).isEqualTo(before);
    assertThat(
            tables()
                .read(path)
                .filter(Memberships.BUSINESS_DATE.col().lt(DATE))
                .selectExpr("string(business_date)", "hex(person_key)", "segments[0]")
                .collectAsList())
        .containsExactly(RowFactory.create("2024-02-28", "01", 999));
  }

  @Test
  void traitTableFollowsTheDefinitions(SparkSession spark) {
    new SegmentStage().run(workspace);
    Segments fewer =
        SegmentFixtures.segments(
            Map.of("orders_1d", trait(null, "1d", "count")),
            segment("today", "orders_1d > 0"),
            segment("aged", "age >= 0"));
    Workspace changed =
        SegmentFixtures.workspace(spark, directory.toUri().toString(), fewer, DATE, K);
    assertThat(new SegmentStage().inputs(changed))
        .isNotEqualTo(new SegmentStage().inputs(workspace));
    new SegmentStage().run(changed);
    assertThat(tables().schema(table(Traits.NAME)).fieldNames())
        .containsExactly("person_key", "orders_1d");
    assertThat(readMemberships().values().stream().flatMap(Set::stream).distinct())
        .containsExactlyInAnyOrder("today", "aged");
  }

  @Test
  void refusesADateThatEnrichHasNotRunFor(SparkSession spark) {
    Workspace later =
        SegmentFixtures.workspace(
            spark, directory.toUri().toString(), definitions(), DATE.plusDays(1), K);
    assertThatThrownBy(() -> new SegmentStage().run(later))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "There are no profiles of acme for 2024-03-01. Run enrich for that date first.");
  }

  @Test
  void refusesToReadWhatIsNotTheClients(SparkSession spark) {
    String other = workspace.lake().layout().root() + "/clients/acme_two/tables/profiles";
    tables().declare(other, Memberships.SCHEMA, List.of());
    assertThatThrownBy(() -> ReadGuard.check(workspace, tables().read(other)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("The segments of acme would read /")
        .hasMessageContaining("clients/acme_two/tables/profiles. Segments read the client's own");
    assertThatThrownBy(() -> ReadGuard.check(workspace, spark.range(3).toDF()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("The segments of acme would read Range.");
  }

  @Test
  void scansEachTableOnceAndJoinsByKey(SparkSession spark) {
    SegmentDefinitions definitions =
        SegmentDefinitions.resolve(spark, workspace.client(), workspace.segments());
    SegmentInputs inputs = SegmentInputs.of(workspace);
    String traits = plan(new WriteTraits(workspace, definitions, inputs).rows());
    assertThat(Pattern.compile("FileScan").matcher(traits).results().count()).isEqualTo(2);
    new SegmentStage().run(workspace);
    long version = tables().version(table(Traits.NAME));
    WriteMemberships write = new WriteMemberships(workspace, definitions, inputs);
    List<Integer> codes = List.of(1, 2, 3, 4, 5, 6);
    Dataset<Row> night = tables().read(table(Memberships.NAME));
    String members =
        plan(
            write.members(
                write.persons(version), codes, Optional.of(night), StageReport.of("segment")));
    assertThat(Pattern.compile("FileScan").matcher(members).results().count()).isEqualTo(3);
    assertThat(Pattern.compile("matchedpositions").matcher(members).results().count()).isEqualTo(1);
    assertThat(traits + members)
        .doesNotContain("NestedLoop", "Cartesian", "Expand", "SortAggregate");
  }

  private static Segments definitions() {
    Map<String, Segments.Trait> traits = new LinkedHashMap<>();
    traits.put("orders_90d", trait("kind = 'purchase'", "90d", "count"));
    traits.put("spend_90d", trait("kind = 'purchase'", "90d", "sum(amount)"));
    traits.put("largest", trait(null, "365d", "max(amount)"));
    traits.put("smallest_doubled", trait(null, null, "min(amount * 2)"));
    traits.put("mean_90d", trait("kind = 'purchase'", "90d", "avg(amount)"));
    traits.put("last_order", trait("kind = 'purchase'", null, "days_since_last"));
    traits.put("active_days_28d", trait(null, "28d", "distinct_days"));
    traits.put("active_days", trait(null, null, "distinct_days"));
    traits.put("cheap_90d", trait("100 / amount > 20", "90d", "count"));
    traits.put("visits", SegmentFixtures.trait("visits", null, "90d", "count"));
    return SegmentFixtures.segments(
        traits,
        segment("spender", "spend_90d >= 10"),
        segment("lapsed", "last_order between 28 and 365"),
        segment("active_young", "active_days_28d >= 2 and age < 30"),
        segment("ratio", "spend_90d / (orders_90d - 1) > 5"),
        segment("high_ratio", "spend_90d / (orders_90d - 1) > 9"),
        segment("silent_metro", "orders_90d = 0 and place.tier = 'metro'"));
  }

  private Map<Integer, Map<String, Object>> readTraits() {
    Map<Integer, Map<String, Object>> traits = new TreeMap<>();
    for (Row row : tables().read(table(Traits.NAME)).collectAsList()) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (String name : row.schema().fieldNames()) {
        if (!name.equals(Persons.PERSON_KEY.name())) {
          values.put(name, row.getAs(name));
        }
      }
      assertThat(traits.put(id(row.getAs("person_key")), values)).isNull();
    }
    return traits;
  }

  private Map<Integer, Set<String>> readMemberships() {
    Map<Integer, Set<String>> memberships = new TreeMap<>();
    persons.forEach(person -> memberships.put(person.id(), new TreeSet<>()));
    for (Row row :
        MembershipView.of(workspace, tables().version(table(Memberships.NAME)))
            .filter(Memberships.BUSINESS_DATE.col().equalTo(functions.lit(DATE)))
            .collectAsList()) {
      assertThat(memberships.get(id(row.getAs("person_key"))).add(row.getAs("segment_id")))
          .isTrue();
    }
    return memberships;
  }

  private long strangeEvents() {
    return events.stream()
        .filter(event -> event.person() >= SegmentHistory.STRANGER)
        .filter(event -> !event.day().isAfter(DATE))
        .filter(event -> !event.day().isBefore(DATE.minusDays(SegmentFixtures.RETAINED_DAYS)))
        .count();
  }

  private DeltaTables tables() {
    return workspace.lake().tables();
  }

  private String table(String name) {
    return workspace.lake().layout().table(workspace.clientId(), name);
  }

  private static int id(byte[] key) {
    return Byte.toUnsignedInt(key[1]);
  }

  private static String plan(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
        .queryExecution()
        .executedPlan()
        .toString();
  }
}
