package com.segumento.segment;

import com.segumento.config.DatasetContract;
import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.ExclusionsTable;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.LakeLayout;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.Traits;
import com.segumento.ops.StageReport;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/** Computes the trait table of a business date: each event table is scanned once. */
final class WriteTraits {
  private static final Field PROFILED = Field.optional("#profiled", DataTypes.BooleanType);
  private static final String PERSONS = "persons";
  private static final String STRANGERS = "persons_without_profile";
  private static final String STRANGE_EVENTS = "events_without_profile";

  private final Workspace workspace;
  private final SegmentDefinitions definitions;
  private final SegmentInputs inputs;
  private final Observation persons = new Observation();
  private final Map<String, Observation> strangers = new LinkedHashMap<>();

  WriteTraits(Workspace workspace, SegmentDefinitions definitions, SegmentInputs inputs) {
    this.workspace = workspace;
    this.definitions = definitions;
    this.inputs = inputs;
  }

  /**
   * What was found on the way.
   *
   * @param version of the trait table
   * @param persons rows of the profiles, one a person
   * @param strangers by event dataset, persons with events and without a profile, and their events
   */
  record Written(long version, long persons, Map<String, Strangers> strangers) {}

  /** Events that count for nobody. */
  record Strangers(long persons, long events) {}

  /**
   * Writes the table.
   *
   * @param report is told what there is to say of traits that all persons were looked at for
   */
  Written write(Commit commit, StageReport.Builder report) throws InterruptedException {
    Dataset<Row> rows = rows();
    ReadGuard.check(workspace, rows);
    boolean surveyed = definitions.personTraits().stream().anyMatch(SurveyTrait.class::isInstance);
    if (surveyed) { // looked at several times; the events are not
      rows.persist(StorageLevel.MEMORY_AND_DISK());
    }
    try {
      return write(traits(rows, report), commit);
    } finally {
      if (surveyed) {
        rows.unpersist(true);
      }
    }
  }

  private Written write(Dataset<Row> rows, Commit commit) throws InterruptedException {
    DeltaTables tables = workspace.lake().tables();
    String path = layout().table(workspace.clientId(), Traits.NAME);
    if (!tables.exists(path)) {
      tables.declare(path, rows.schema(), List.of());
    }
    if (sameColumns(tables, path, rows)) {
      tables.overwrite(path, rows, commit);
    } else {
      tables.overwriteSchema(path, rows, commit);
    }
    Map<String, Strangers> found = new LinkedHashMap<>();
    for (Map.Entry<String, Observation> entry : strangers.entrySet()) {
      Map<String, Object> figures = entry.getValue().getAsJava();
      found.put(
          entry.getKey(),
          new Strangers(figure(figures, STRANGERS), figure(figures, STRANGE_EVENTS)));
    }
    return new Written(tables.version(path), figure(persons.getAsJava(), PERSONS), found);
  }

  /** One row a person of the profiles: the key, and all that is made of events or read of them. */
  Dataset<Row> rows() {
    Dataset<Row> rows =
        workspace
            .lake()
            .tables()
            .read(
                layout().table(workspace.clientId(), Profiles.NAME),
                inputs.profiles().orElseThrow())
            // They may be older than an objection.
            .transform(ExclusionsTable.of(workspace)::without)
            .select(columns(definitions.profileColumnsOfTraits(), PROFILED.as(functions.lit(true))))
            .observe(persons, functions.count(functions.lit(1)).as(PERSONS));
    for (var ofDataset : definitions.eventColumnsByDataset().entrySet()) {
      rows = join(rows, ofDataset.getKey(), ofDataset.getValue());
    }
    List<TraitDefinition> ofEvents =
        definitions.eventColumnsByDataset().values().stream().flatMap(List::stream).toList();
    return rows.select(
        columns(
            definitions.profileColumnsOfTraits(),
            ofEvents.stream().map(TraitDefinition::column).toArray(Column[]::new)));
  }

  /** The same with the traits of persons: the columns of the table. */
  private Dataset<Row> traits(Dataset<Row> persons, StageReport.Builder report) {
    int k = workspace.platform().privacy().defaultK();
    List<String> ofRules = definitions.hiddenOfRules().stream().map(TraitDefinition::name).toList();
    return new AddPersonTraits(definitions.personTraits(), k, report)
        .to(persons)
        .select(
            columns(Stream.of(definitions.traitNames(), ofRules).flatMap(List::stream).toList()));
  }

  /** The key, then {@code names}, then {@code more}. */
  private static Column[] columns(Collection<String> names, Column... more) {
    return Stream.of(
            Stream.of(Persons.PERSON_KEY.col()),
            names.stream().map(name -> Field.optional(name, DataTypes.NullType).col()),
            Stream.of(more))
        .flatMap(Function.identity())
        .toArray(Column[]::new);
  }

  // 1:1, both sides are unique by person. Outer on both sides, so that events of persons without a
  // profile are counted on the way and not by a second scan.
  private Dataset<Row> join(Dataset<Row> rows, String dataset, List<TraitDefinition> traits) {
    Observation observation = new Observation();
    strangers.put(dataset, observation);
    Column stranger = PROFILED.col().isNull();
    return rows.join(
            events(dataset, traits).transform(new AggregateEvents(traits, workspace.date())::apply),
            new String[] {Persons.PERSON_KEY.name()},
            "full_outer")
        .observe(
            observation,
            functions.count_if(stranger).as(STRANGERS),
            functions
                .sum(functions.when(stranger, AggregateEvents.EVENTS.col()).otherwise(0L))
                .as(STRANGE_EVENTS))
        .filter(PROFILED.col().isNotNull())
        .drop(AggregateEvents.EVENTS.col());
  }

  private Dataset<Row> events(String dataset, List<TraitDefinition> traits) {
    DatasetContract contract =
        workspace.client().datasets().stream()
            .filter(candidate -> candidate.name().equals(dataset))
            .findFirst()
            .orElseThrow();
    Long version = inputs.events().get(dataset);
    Dataset<Row> events =
        version == null // never delivered by this date
            ? workspace.spark().createDataFrame(List.of(), EventSchema.keyed(contract))
            : workspace
                .lake()
                .tables()
                .read(layout().table(workspace.clientId(), dataset), version)
                .to(EventSchema.keyed(contract));
    boolean visits =
        traits.stream().anyMatch(trait -> trait.columns().contains(VisitedPlaces.PLACE.name()));
    return visits
        ? new VisitedPlaces(workspace.client()).join(workspace, events, contract)
        : events;
  }

  private LakeLayout layout() {
    return workspace.lake().layout();
  }

  private static boolean sameColumns(DeltaTables tables, String path, Dataset<Row> rows) {
    return tables.schema(path).asNullable().equals(rows.schema().asNullable());
  }

  private static long figure(Map<String, Object> figures, String name) {
    return figures.get(name) instanceof Number number ? number.longValue() : 0L;
  }
}
