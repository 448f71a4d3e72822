package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Client.Purpose;
import com.segumento.config.Segments;
import com.segumento.model.Persons;
import com.segumento.ops.StageReport;
import com.segumento.testkit.Definitions;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Random definitions over events, and evaluators of them that read the rows in memory one by one.
 * They share no code with what they judge.
 */
record EventOracle(
    LocalDate date,
    Map<String, NaiveTrait> traits,
    Map<String, NaiveBehaviour> behaviours,
    Map<String, NaiveFunnel> funnels,
    PersonOracle persons) {
  static final int PERSONS = 60;

  static EventOracle random(Random random, LocalDate date, int many) {
    Map<String, NaiveTrait> traits = new LinkedHashMap<>();
    Map<String, NaiveBehaviour> behaviours = new LinkedHashMap<>();
    Map<String, NaiveFunnel> funnels = new LinkedHashMap<>();
    for (int i = 0; i < many; i++) {
      traits.put("t" + i, NaiveTrait.random(random, date));
      behaviours.put("b" + i, NaiveBehaviour.random(random, date));
      funnels.put("f" + i, NaiveFunnel.random(random, date));
    }
    return new EventOracle(
        date, traits, behaviours, funnels, PersonOracle.random(random, date, traits, many));
  }

  /** Holds what the session makes of the events against what is to be made of them. */
  void check(SparkSession session, List<OracleEvent> events) {
    Map<Integer, Row> found = computed(session, events);
    assertThat(found).hasSize(PERSONS);
    found.forEach(
        (person, row) ->
            check(events.stream().filter(event -> event.person() == person).toList(), row));
    persons.check(
        found, person -> events.stream().filter(event -> event.person() == person).toList());
  }

  private Segments segments() {
    Map<String, Segments.Trait> made = new LinkedHashMap<>();
    traits.forEach((name, trait) -> made.put(name, Definitions.trait(trait.yaml())));
    made.putAll(persons.traits());
    List<Segments.Segment> rules = new ArrayList<>();
    behaviours.forEach((id, rule) -> rules.add(segment(id, rule.yaml())));
    funnels.forEach((id, rule) -> rules.add(segment(id, rule.yaml())));
    return new Segments(made, rules, Map.of());
  }

  private static Segments.Segment segment(String id, String rule) {
    return Definitions.segment("{id: " + id + ", " + rule + "}");
  }

  private Map<Integer, Row> computed(SparkSession session, List<OracleEvent> events) {
    SegmentDefinitions definitions =
        SegmentDefinitions.resolve(session, OracleClient.client(Purpose.LOCATION), segments());
    List<TraitDefinition> columns = definitions.eventColumnsByDataset().get("events");
    Dataset<Row> ofEvents =
        persons(session)
            .join(
                OracleClient.table(session, events)
                    .transform(new AggregateEvents(columns, date)::apply),
                new String[] {Persons.PERSON_KEY.name()},
                "left")
            .select(with(columns.stream().map(TraitDefinition::column).toList()));
    Dataset<Row> all =
        new AddPersonTraits(definitions.personTraits(), 1, StageReport.of("oracle")).to(ofEvents);
    List<Column> values = new ArrayList<>();
    columns.forEach(column -> values.add(all.col(column.quoted())));
    definitions.personTraits().forEach(trait -> values.add(all.col(trait.name())));
    definitions
        .segments()
        .forEach(segment -> values.add(segment.rule().condition().value().as(segment.id())));
    Map<Integer, Row> found = new TreeMap<>();
    all.select(with(values))
        .collectAsList()
        .forEach(row -> found.put((int) row.<byte[]>getAs(0)[0], row));
    return found;
  }

  private static Dataset<Row> persons(SparkSession session) {
    List<Row> keys = new ArrayList<>();
    for (int person = 0; person < PERSONS; person++) {
      keys.add(RowFactory.create(new byte[] {(byte) person}));
    }
    return session.createDataFrame(
        keys, new StructType().add(Persons.PERSON_KEY.name(), DataTypes.BinaryType));
  }

  private static Column[] with(List<Column> columns) {
    List<Column> all = new ArrayList<>(columns);
    all.add(0, Persons.PERSON_KEY.col());
    return all.toArray(Column[]::new);
  }

  private void check(List<OracleEvent> events, Row row) {
    traits.forEach(
        (name, trait) -> {
          Object expected = trait.of(events);
          Object value = row.getAs(name);
          assertThat(same(value, expected, trait.sketched() ? 1 : 0))
              .as(() -> trait.yaml() + " is " + value + ", expected " + expected + " of " + events)
              .isTrue();
        });
    behaviours.forEach(
        (id, rule) ->
            assertThat(row.<Boolean>getAs(id))
                .as(() -> rule.yaml() + " of " + events)
                .isEqualTo(rule.holds().test(events)));
    funnels.forEach(
        (id, funnel) -> {
          int reached = funnel.reached(events);
          assertThat(row.<Integer>getAs("#" + id + ".step"))
              .as(() -> funnel.yaml() + " of " + events)
              .isEqualTo(reached);
          assertThat(row.<Boolean>getAs(id)).isEqualTo(reached == funnel.last());
        });
  }

  private static boolean same(Object value, Object expected, double slack) {
    if (!(value instanceof Number number) || !(expected instanceof Number other)) {
      return Objects.equals(value, expected);
    }
    BigDecimal difference =
        new BigDecimal(number.toString()).subtract(new BigDecimal(other.toString())).abs();
    boolean exact = !(number instanceof Double);
    double bound = exact ? slack : 1e-9 * Math.max(1, Math.abs(other.doubleValue()));
    return difference.doubleValue() <= bound;
  }
}
