package com.segumento.segment;

import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.LakeLayout;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.Sha256;
import com.segumento.model.Traits;
import com.segumento.ops.StageReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traits and memberships of a business date. The trait table is written first and read back for the
 * memberships: what is large is computed once and needs no memory in between, the rules see settled
 * values, and each of the two reads only the columns it needs.
 */
public final class SegmentStage implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentStage.class);

  @Override
  public String name() {
    return "segment";
  }

  @Override
  public Optional<String> inputs(Workspace workspace) {
    SegmentDefinitions definitions = definitions(workspace);
    if (definitions.segments().isEmpty() && definitions.traitNames().isEmpty()) {
      return Optional.empty();
    }
    String all =
        workspace.date() + "\n" + SegmentInputs.of(workspace) + "\n" + definitions.canonical();
    return Optional.of(Sha256.hex(all));
  }

  @Override
  public void run(Workspace workspace, StageReport.Builder report) {
    SegmentDefinitions definitions = definitions(workspace);
    SegmentInputs inputs = SegmentInputs.of(workspace);
    if (inputs.profiles().isEmpty()) {
      throw new ConfigException(
          "There are no profiles of "
              + workspace.clientId()
              + " for "
              + workspace.date()
              + ". Run enrich for that date first.");
    }
    LOG.info("Segmenting: client={} run={}", workspace.clientId(), workspace.run());
    SegmentFigures figures =
        new SegmentFigures(workspace.platform().privacy().defaultK(), definitions, inputs);
    workspace.progress().begin(workspace.clientId() + ": segment traits");
    WriteTraits.Written traits = writeTraits(workspace, definitions, inputs);
    workspace.progress().end(definitions.traitNames().size() + " traits");
    workspace.progress().begin(workspace.clientId() + ": segment memberships");
    Dataset<Row> memberships = writeMemberships(workspace, definitions, inputs, traits.version());
    figures.report(report, traits, sizes(memberships), version(workspace, Memberships.NAME));
    workspace.progress().end(definitions.segments().size() + " segments");
    LOG.info(
        "Segmented: run={} traits={} segments={}",
        workspace.run(),
        definitions.traitNames().size(),
        definitions.segments().size());
  }

  private static SegmentDefinitions definitions(Workspace workspace) {
    return SegmentDefinitions.resolve(workspace.spark(), workspace.client(), workspace.segments());
  }

  private static WriteTraits.Written writeTraits(
      Workspace workspace, SegmentDefinitions definitions, SegmentInputs inputs) {
    try {
      return new WriteTraits(workspace, definitions, inputs).write(commit(workspace));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the traits were counted", e);
    }
  }

  /** Replaces the memberships of the date, and gives them as they now are. */
  private static Dataset<Row> writeMemberships(
      Workspace workspace, SegmentDefinitions definitions, SegmentInputs inputs, long traits) {
    DeltaTables tables = workspace.lake().tables();
    String path = workspace.lake().layout().table(workspace.clientId(), Memberships.NAME);
    tables.declare(path, Memberships.SCHEMA, List.of(Memberships.BUSINESS_DATE.name()));
    Dataset<Row> members = members(workspace, definitions, inputs, traits);
    ReadGuard.check(workspace, members);
    tables.replaceWhere(
        path,
        members,
        Memberships.BUSINESS_DATE.name() + " = '" + workspace.date() + "'",
        commit(workspace));
    return tables
        .read(path)
        .filter(Memberships.BUSINESS_DATE.col().equalTo(functions.lit(workspace.date())));
  }

  /** One row per segment and member, by the traits of this version. */
  static Dataset<Row> members(
      Workspace workspace, SegmentDefinitions definitions, SegmentInputs inputs, long traits) {
    return definitions.segments().isEmpty()
        ? workspace.spark().createDataFrame(List.of(), Memberships.SCHEMA)
        : new Strata(definitions.segments())
            .surveyed(persons(workspace, definitions, inputs, traits))
            .transform(new MatchSegments(definitions.segments(), workspace.date())::apply);
  }

  /** One row a person with what the rules read; a table none of them reads is left alone. */
  static Dataset<Row> persons(
      Workspace workspace, SegmentDefinitions definitions, SegmentInputs inputs, long traits) {
    LakeLayout layout = workspace.lake().layout();
    DeltaTables tables = workspace.lake().tables();
    Dataset<Row> ofTraits =
        tables
            .read(layout.table(workspace.clientId(), Traits.NAME), traits)
            .select(keyAnd(definitions.traitsRead()));
    if (definitions.profileColumnsRead().isEmpty()) {
      return ofTraits;
    }
    Dataset<Row> ofProfiles =
        tables
            .read(
                layout.table(workspace.clientId(), Profiles.NAME), inputs.profiles().orElseThrow())
            .select(keyAnd(definitions.profileColumnsRead()));
    return definitions.traitsRead().isEmpty()
        ? ofProfiles
        : ofProfiles.join( // 1:1, both hold the persons of the profiles
            ofTraits, new String[] {Persons.PERSON_KEY.name()}, "inner");
  }

  // One row per segment and member, so rows are distinct persons here.
  private static Map<String, Long> sizes(Dataset<Row> memberships) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    memberships
        .groupBy(Memberships.SEGMENT_ID.col())
        .count()
        .collectAsList() // one row a segment
        .forEach(row -> sizes.put(row.getString(0), row.getLong(1)));
    return sizes;
  }

  private static Column[] keyAnd(Set<String> columns) {
    return Stream.concat(
            Stream.of(Persons.PERSON_KEY.col()), columns.stream().map(SegmentStage::named))
        .toArray(Column[]::new);
  }

  private static Column named(String column) {
    return Field.optional(column, DataTypes.NullType).col();
  }

  private static long version(Workspace workspace, String table) {
    return workspace
        .lake()
        .tables()
        .version(workspace.lake().layout().table(workspace.clientId(), table));
  }

  private static Commit commit(Workspace workspace) {
    return Commit.of(
        Map.of("stage", "segment", "date", workspace.date().toString(), "run", workspace.run()));
  }
}
