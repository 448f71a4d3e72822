package com.segumento.segment;

import static com.segumento.segment.SegmentFixtures.segment;
import static com.segumento.segment.SegmentFixtures.segments;
import static com.segumento.segment.SegmentFixtures.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Segments;
import com.segumento.testkit.GeneratedCode;
import com.segumento.testkit.SparkExtension;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that fails on a row stops nothing and tells nothing of the row, however Spark runs it. */
@GeneratedCode
@ExtendWith(SparkExtension.class)
class FailingRowsTest {
  private static final LocalDate DATE = LocalDate.of(2026, 1, 31);

  // The row that fails is the third: age 0, and a gender that is no number.
  private static final String[] PROFILES = {
    "cast(cast(id as string) as binary) as person_key",
    "cast(2 - id as int) as age",
    "if(id = 2, 'secret', cast(10 * id as string)) as gender"
  };

  // Rules that share what fails, name it twice, or compare it with two bounds.
  private static final Map<String, String> RULES = new LinkedHashMap<>();

  static {
    RULES.put("quotient", "100 / age >= 50");
    RULES.put("same_quotient", "100 / age < 100 and gender is not null");
    RULES.put("twice", "100 / age > 60 or 100 / age < 40");
    RULES.put("between_bounds", "100 / age between 40 and 60");
    RULES.put("number", "cast(gender as int) >= 0");
    RULES.put("number_between", "cast(gender as int) + 1 between 1 and 5");
    RULES.put("implicit_number", "gender > 5");
    RULES.put("overflow", "cast(2147483647 as int) + age - 1 < 0 or age = 0");
    RULES.put("nothing", "nullif(100 / age, 50) is null");
    RULES.put("guarded", "case when age = 0 then true else 100 / age = 50 end");
    RULES.put("sound", "age >= 0");
    RULES.put("kept_from_failing", "age <> 0 and 100 / age >= 50");
    RULES.put("decided_before", "age = 0 or 100 / age = 50");
    RULES.put("decided_too_late", "100 / age = 50 or age = 0");
    RULES.put("not_failed", "not (100 / age = 50)");
    RULES.put("not_of_failed", "not in_segment('quotient')");
    RULES.put(
        "asked_within", "case when in_segment('quotient') then 100 / age = 50 else age = 0 end");
    RULES.put("asked_and_failed", "in_segment('sound') and 100 / age >= 50");
  }

  private static final Map<String, List<Integer>> MEMBERS = new TreeMap<>();

  static {
    MEMBERS.put("quotient", List.of(0, 1));
    MEMBERS.put("same_quotient", List.of(0));
    MEMBERS.put("twice", List.of(1));
    MEMBERS.put("between_bounds", List.of(0));
    MEMBERS.put("number", List.of(0, 1));
    MEMBERS.put("number_between", List.of(0));
    MEMBERS.put("implicit_number", List.of(1));
    MEMBERS.put("overflow", List.of(2));
    MEMBERS.put("nothing", List.of(0));
    MEMBERS.put("guarded", List.of(0, 2));
    MEMBERS.put("sound", List.of(0, 1, 2));
    MEMBERS.put("kept_from_failing", List.of(0, 1));
    MEMBERS.put("decided_before", List.of(0, 2));
    MEMBERS.put("decided_too_late", List.of(0));
    MEMBERS.put("not_failed", List.of(1));
    MEMBERS.put("not_of_failed", List.of(2));
    MEMBERS.put("asked_within", List.of(0, 2));
    MEMBERS.put("asked_and_failed", List.of(0, 1));
  }

  @ParameterizedTest(name = "whole-stage code {0}, {1}, shared subexpressions {2}")
  @CsvSource({
    "true, FALLBACK, true",
    "false, FALLBACK, true",
    "true, CODEGEN_ONLY, false",
    "false, NO_CODEGEN, true"
  })
  void rowThatFailsIsNoMember(String whole, String mode, String shared, SparkSession spark) {
    SparkSession session = session(spark, whole, mode, shared);
    SegmentDefinitions definitions =
        SegmentDefinitions.resolve(session, SegmentFixtures.client(), rules());
    List<Integer> codes =
        IntStream.range(0, definitions.segments().size()).mapToObj(i -> 101 + i).toList();
    Map<String, List<Integer>> members = new TreeMap<>();
    profiles(session)
        .transform(new MatchSegments(definitions.segments(), codes)::apply)
        .selectExpr("int(string(person_key)) as person", "explode(segments) as code")
        .groupBy("code")
        .agg(functions.sort_array(functions.collect_list("person")))
        .collectAsList()
        .forEach(
            row ->
                members.put(definitions.segments().get(row.getInt(0) - 101).id(), row.getList(1)));
    assertThat(members).isEqualTo(MEMBERS);
    for (String failing : List.of("quotient", "number", "between_bounds")) {
      assertThatThrownBy(() -> unguarded(session, definitions, failing).collectAsList())
          .as("without the guard the row fails")
          .isInstanceOf(Exception.class);
    }
  }

  @ParameterizedTest(name = "whole-stage code {0}, {1}, shared subexpressions {2}")
  @CsvSource({"true, FALLBACK, true", "false, FALLBACK, true", "false, NO_CODEGEN, true"})
  void eventThatFailsDoesNotCount(String whole, String mode, String shared, SparkSession spark) {
    SparkSession session = session(spark, whole, mode, shared);
    Map<String, Segments.Trait> traits = new LinkedHashMap<>();
    traits.put("cheap", trait("100 / amount between 20 and 90", "9d", "count"));
    traits.put("dear", trait("100 / amount < 20", "9d", "sum(100 / amount)"));
    traits.put("codes", trait(null, "9d", "sum(cast(category as int))"));
    traits.put("most", trait("cast(category as int) > 1", "9d", "max(cast(category as int))"));
    SegmentDefinitions definitions =
        SegmentDefinitions.resolve(
            session, SegmentFixtures.client(), segments(traits, segment("s", "cheap > 0")));
    Dataset<Row> events =
        session
            .range(4)
            .selectExpr(
                "binary('1') as person_key",
                "if(id = 3, 'secret', string(id)) as category",
                "cast(id * 2 as decimal(12,2)) as amount",
                "date '2026-01-31' as event_date");
    Row row =
        events
            .transform(new AggregateEvents(definitions.traits(), DATE)::apply)
            .selectExpr("cheap", "dear is not null", "codes", "most")
            .head();
    assertThat(row).isEqualTo(org.apache.spark.sql.RowFactory.create(2L, true, 3L, 2));
  }

  private static Segments rules() {
    return segments(
        Map.of(),
        RULES.entrySet().stream()
            .map(rule -> segment(rule.getKey(), rule.getValue()))
            .toArray(Segments.Segment[]::new));
  }

  private static Dataset<Row> profiles(SparkSession session) {
    return session.range(3).selectExpr(PROFILES);
  }

  private static Dataset<Row> unguarded(
      SparkSession session, SegmentDefinitions definitions, String id) {
    SqlExpression rule =
        definitions.segments().stream()
            .filter(segment -> segment.id().equals(id))
            .findFirst()
            .orElseThrow()
            .rule()
            .condition();
    return profiles(session).select(ExpressionUtils.column(rule.tree()));
  }

  private static SparkSession session(
      SparkSession spark, String whole, String mode, String shared) {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.codegen.wholeStage", whole);
    session.conf().set("spark.sql.codegen.factoryMode", mode);
    session.conf().set("spark.sql.subexpressionElimination.enabled", shared);
    return session;
  }
}
