package com.segumento.enrich;

import com.segumento.config.Client.PlaceKey;
import com.segumento.config.ProfileSchema;
import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.ExclusionsTable;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Exclusions;
import com.segumento.model.Field;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import com.segumento.model.Sha256;
import com.segumento.ops.StageReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a client's {@code profiles}: one row a person, with its place and the demographics of its
 * district, as of the business date. Reads the tables of persons as they were ingested by that
 * date, and the references' rows that are valid on it.
 *
 * <p>Persons who are erased, restricted, objecting or took their consent back have no profile, and
 * so are in nothing that is made of profiles.
 *
 * <p>Joins only what the agreement's purposes cover. A person whose location is missing, malformed
 * or unknown stays, with nulls; the report says how many, by reason, where they are k or more.
 */
public final class EnrichStage implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(EnrichStage.class);
  private static final String NOWHERE = "unknown";
  private static final Field REGION = Field.required("region", DataTypes.StringType);
  private static final Field COUNT = Field.required("count", DataTypes.LongType);

  @Override
  public String name() {
    return "enrich";
  }

  @Override
  public Optional<String> inputs(Workspace workspace) {
    PersonTables tables = PersonTables.asOf(workspace);
    if (tables.versions().isEmpty()) {
      return Optional.empty();
    }
    TreeMap<String, Long> versions = new TreeMap<>();
    tables
        .versions()
        .forEach(
            (dataset, version) ->
                versions.put(
                    dataset.name(),
                    workspace
                        .lake()
                        .tables()
                        .history(PersonTables.table(workspace, dataset))
                        .beforePurges(version)));
    for (String reference : new Contracted(workspace.client()).references()) {
      String table = workspace.lake().layout().reference(reference);
      DeltaTables delta = workspace.lake().tables();
      versions.put("reference " + reference, delta.exists(table) ? delta.version(table) : -1L);
    }
    ExclusionsTable.of(workspace)
        .version()
        .ifPresent(version -> versions.put(Exclusions.NAME, version));
    return Optional.of(
        Sha256.hex(
            name() + "\n" + workspace.date() + "\n" + versions + "\n" + definition(workspace)));
  }

  @Override
  public void run(Workspace workspace, StageReport.Builder report) {
    LOG.info("Enriching: client={} date={}", workspace.clientId(), workspace.date());
    PersonTables tables = PersonTables.asOf(workspace);
    if (tables.versions().isEmpty()) {
      throw new ConfigException(
          "Client "
              + workspace.clientId()
              + " has no persons ingested by "
              + workspace.date()
              + ". Ingest a drop of that date or an earlier one first.");
    }
    ProfilePlan plan = ProfilePlan.of(workspace, tables);
    long version = write(workspace, plan);
    long persons = checkRows(plan);
    report.hash("enrichment", Sha256.hex(definition(workspace)));
    tables.versions().forEach((dataset, read) -> report.read(dataset.name(), read));
    plan.references().forEach(report::read);
    ExclusionsTable.of(workspace).version().ifPresent(read -> report.read(Exclusions.NAME, read));
    report.wrote(Profiles.NAME, version);
    figures(workspace, plan, version, persons, report);
    LOG.info("Enriched: client={} version={}", workspace.clientId(), version);
  }

  private long write(Workspace workspace, ProfilePlan plan) {
    DeltaTables delta = workspace.lake().tables();
    String path = profiles(workspace);
    StructType schema = ProfileSchema.of(workspace.client());
    delta.declare(path, schema, List.of());
    delta.addColumns(path, schema);
    Map<String, String> note =
        Map.of("stage", name(), "date", workspace.date().toString(), "run", workspace.run());
    delta.overwrite(path, plan.profiles(), Commit.of(note));
    return delta.version(path);
  }

  private static String profiles(Workspace workspace) {
    return workspace.lake().layout().table(workspace.clientId(), Profiles.NAME);
  }

  // Joins are n:1 by construction; this would catch a reference that changed under us.
  private static long checkRows(ProfilePlan plan) {
    long before = persons(ProfilePlan.counted(plan.before()));
    long after = persons(ProfilePlan.counted(plan.after()));
    if (before != after) {
      throw new IllegalStateException("Enrichment changed the number of persons.");
    }
    return after;
  }

  private static long persons(Map<String, Object> counted) {
    return ((Number) counted.get(ProfilePlan.PERSONS)).longValue();
  }

  private static void figures(
      Workspace workspace,
      ProfilePlan plan,
      long version,
      long persons,
      StageReport.Builder report) {
    long k = workspace.platform().privacy().defaultK();
    GuardedFigures all = GuardedFigures.of(Map.of(ProfilePlan.PERSONS, persons), k);
    all.stated().forEach(report::count);
    report.count("persons_below_k", all.withheld());
    plan.figures()
        .ifPresent(
            figures -> {
              figures.report(report, ProfilePlan.counted(plan.after()), k);
              boolean abroad = figures.key() == PlaceKey.COUNTRY;
              Field region = abroad ? Places.COUNTRY : Places.STATE;
              regions(workspace, version, region, k, report);
            });
  }

  private static void regions(
      Workspace workspace, long version, Field region, long k, StageReport.Builder report) {
    String name = "persons_by_" + region.name();
    Map<String, Long> persons =
        workspace
            .lake()
            .tables()
            .read(profiles(workspace), version)
            .groupBy(
                REGION.as(functions.coalesce(region.in(Profiles.PLACE), functions.lit(NOWHERE))))
            .agg(COUNT.as(functions.count(functions.lit(1))))
            .collectAsList() // at most as many as there are states or countries
            .stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
    GuardedFigures guarded = GuardedFigures.of(persons, k);
    new TreeMap<>(guarded.stated()).forEach((label, count) -> report.breakdown(name, label, count));
    report.count(name + "_below_k", guarded.withheld());
  }

  private static String definition(Workspace workspace) {
    return workspace.client().agreement().purposes()
        + "\n"
        + workspace.client().enrich()
        + "\n"
        + ProfileSchema.of(workspace.client()).json();
  }
}
