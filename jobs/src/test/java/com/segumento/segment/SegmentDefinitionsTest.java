package com.segumento.segment;

import static com.segumento.segment.SegmentFixtures.segment;
import static com.segumento.segment.SegmentFixtures.segments;
import static com.segumento.segment.SegmentFixtures.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.config.PlainRule;
import com.segumento.config.Segments;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.testkit.Definitions;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class SegmentDefinitionsTest {
  private static final Map<String, Segments.Trait> TRAITS =
      Map.of("spend_90d", trait("kind = 'purchase'", "90d", "sum(amount)"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spend_90d >= 5000 and place.tier = 'metro'",
        "AGE between 18 and 30 -- a comment",
        "gender in ('f', 'x') or demographics.urban_share >= 0.5",
        "lower(gender) like 'f%' and coalesce(age, 0) > 3",
        "case when age < 18 then false else spend_90d / age > 3 end",
        "gender is not null and not (age is null) and (age > 3) is not unknown",
        "cast(gender as int) = 3 and try_cast(gender as int) is null",
        "gender ilike any ('F', 'x%')",
        "extract(year from date '2026-01-01') = 2026 and date '2026-01-01' - interval 3 days < date"
            + " '2026-01-01'"
      })
  void takesConditionsOverTheColumnsInScope(String where, SparkSession spark) {
    SegmentDefinitions definitions = resolve(spark, where);
    assertThat(definitions.hashes()).containsOnlyKeys("s");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "spend_09d > 1;line 1, column 1: no column spend_09d is in scope. Did you mean spend_90d?",
        "age > 1 and place.teir = 'x';line 1, column 13: no column place.teir is in scope. Did you"
            + " mean place.tier?",
        "age > 1 and person_key is null;line 1, column 13: person_key identifies a person or a drop"
            + " and is never part of a rule.",
        "sha2(Person_Key, 256) = 'x';line 1, column 6: Person_Key identifies a person or a drop and"
            + " is never part of a rule.",
        "drop_id = 'x';line 1, column 1: drop_id identifies a person or a drop and is never part of"
            + " a rule.",
        "age > (select 1);line 1, column 7: a subquery is not part of the segment language.",
        "age in (select 1 from t);line 1, column 5: a subquery is not part of the segment"
            + " language.",
        "exists (select 1);line 1, column 1: a subquery is not part of the segment language.",
        "reflect('java.lang.System', 'exit') = '';line 1, column 1: the function reflect is not"
            + " part of the segment language.",
        "java_method('a', 'b') = '';line 1, column 1: the function java_method is not part of the"
            + " segment language.",
        "rand() < 0.5;line 1, column 1: the function rand is not part of the segment language.",
        "sum(age) > 3;line 1, column 1: the function sum is not part of the segment language.",
        "explode(array(true));line 1, column 1: the function explode is not part of the segment"
            + " language.",
        "lag(age) over (order by age) > 1;line 1, column 1: a window function is not part of the"
            + " segment language.",
        "exists(array(1), x -> x > 1);line 1, column 1: the function exists is not part of the"
            + " segment language.",
        "identifier('age') > 1;line 1, column 1: this construct is not part of the segment"
            + " language.",
        "age > :x;line 1, column 7: this construct is not part of the segment language.",
        "upper(*) = 'x';line 1, column 7: this construct is not part of the segment language.",
        "in_segment('x');line 1, column 12: no segment x is defined. Did you mean s?",
        "age > 1 and In_Segment('metro');line 1, column 24: no segment metro is defined.",
        "in_segment();line 1, column 1: in_segment takes the id of one segment in quotes, as in"
            + " in_segment('lapsed').",
        "in_segment(gender);line 1, column 1: in_segment takes the id of one segment in quotes, as"
            + " in in_segment('lapsed').",
        "age > 1 and;line 1, column 1: unexpected \"and\" after the expression.",
        "age >> 1;line 1, column 1: the expression is of type int. Expected a condition (boolean).",
        "age;line 1, column 1: the expression is of type int. Expected a condition (boolean).",
        "null;line 1, column 1: the expression is of type void. Expected a condition (boolean).",
        "age = = 1;line 1, column 7: Syntax error at or near '='.",
      })
  void refusesWhatIsNotOfTheLanguage(String where, String problem, SparkSession spark) {
    assertThatThrownBy(() -> resolve(spark, where))
        .isInstanceOf(ConfigException.class)
        .hasMessage("segment s, where: " + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "current_date() > date '2026-01-01'",
        "now() is null",
        "current_timestamp is null"
      })
  void refusesTheClock(String where, SparkSession spark) {
    assertThatThrownBy(() -> resolve(spark, where))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("reads the clock, so that the same night could not be computed again")
        .hasMessageContaining("line 1, column 1:");
  }

  @Test
  void refusesConstantsThatFailAndTypesThatDoNotFit(SparkSession spark) {
    assertThatThrownBy(() -> resolve(spark, "age = 'thirty'"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("segment s, where: line 1, column 1: The value 'thirty'");
    assertThatThrownBy(() -> resolve(spark, "spend_90d > 1 or\n age + place > 1"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("segment s, where: line 2, column 2: Cannot resolve");
  }

  @Test
  void tellsAllProblemsAtOnceAndEachOnce(SparkSession spark) {
    Map<String, Segments.Trait> traits = new LinkedHashMap<>();
    traits.put("a", trait("knd = 'x'", "90 days", "sum(category)"));
    traits.put("b", trait(null, null, "median(amount)"));
    traits.put("age", trait(null, null, "count"));
    traits.put("c", SegmentFixtures.trait("customers", null, null, "count"));
    Segments all =
        segments(
            traits,
            segment("s", "a > 1 and b > 1 and c > 2"),
            segment("s", "a"),
            segment("t", null));
    assertThatThrownBy(() -> SegmentDefinitions.resolve(spark, SegmentFixtures.client(), all))
        .isInstanceOf(ConfigException.class)
        .satisfies(
            refused ->
                assertThat(refused.getMessage().lines())
                    .containsExactly(
                        "trait a, where: line 1, column 1: no column knd is in scope. Did you mean"
                            + " kind?",
                        "trait a, window: 90 days. Expected days from 1d to 3650d as in 90d or 28d"
                            + " ending 7d ago, this month, last month, or a date as in since"
                            + " 2026-01-31.",
                        "trait a, agg: line 1, column 5: sum does not take a value of type string.",
                        "trait b, agg: line 1, column 1: no such aggregate. Expected count,"
                            + " distinct_days, days_since_first, days_since_last, sum(x), avg(x),"
                            + " min(x), max(x), first(x), last(x), count_distinct(x),"
                            + " approx_count_distinct(x) or top(x).",
                        "trait age, a profile column has the same name. Give the trait another"
                            + " one.",
                        "trait c, from: no event dataset customers. Expected one of: orders,"
                            + " visits.",
                        "segment s, the id is given twice.",
                        "segment s, where: line 1, column 1: the expression is of type void."
                            + " Expected a condition (boolean).",
                        "segment t, no rule of a known kind is given."));
  }

  @Test
  void hashChangesWithWhatIsComputedAndNotWithHowItIsWritten(SparkSession spark) {
    String hash = hash(spark, "90d", "spend_90d >= 5000");
    Segments titled =
        new Segments(
            Map.of("spend_90d", trait("(kind='purchase')", "90d", "sum( amount )")),
            List.of(
                Definitions.segment(
                    "{id: s, title: A title, version: 7, where: '(spend_90d >=5000) -- rich'}")),
            Map.of());
    assertThat(
            SegmentDefinitions.resolve(spark, SegmentFixtures.client(), titled).hashes().get("s"))
        .isEqualTo(hash)
        .hasSize(64);
    assertThat(hash(spark, "91d", "spend_90d >= 5000")).isNotEqualTo(hash);
    assertThat(hash(spark, "90d", "spend_90d > 5000")).isNotEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "retail"})
  void shippedDefinitionsAreSoundAndHaveWords(String client, SparkSession spark) {
    ClientId id = new ClientId(client);
    Configuration shipped = ConfigurationLoader.load(Repository.path("conf"), id);
    Segments segments = shipped.segments(id);
    assertThat(SegmentDefinitions.resolve(spark, shipped.client(id), segments).hashes())
        .hasSameSizeAs(segments.segments());
    assertThat(segments.segments().stream().map(new PlainRule(segments)::of))
        .allMatch(words -> words.matches("(?s)(Everyone|The|A random) .*\\."));
  }

  private static String hash(SparkSession spark, String window, String where) {
    Segments segments =
        segments(
            Map.of("spend_90d", trait("kind = 'purchase'", window, "sum(amount)")),
            segment("s", where));
    return SegmentDefinitions.resolve(spark, SegmentFixtures.client(), segments).hashes().get("s");
  }

  private static SegmentDefinitions resolve(SparkSession spark, String where) {
    return SegmentDefinitions.resolve(
        spark, SegmentFixtures.client(), segments(TRAITS, segment("s", where)));
  }
}
