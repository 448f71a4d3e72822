package com.segumento.segment;

import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.ExclusionsTable;
import com.segumento.lake.SegmentCodebook;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.LakeLayout;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.Traits;
import com.segumento.ops.StageReport;
import com.segumento.segment.overlap.Overlap;
import java.sql.Date;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Computes the memberships of a business date: all segments in one pass over the persons. */
record WriteMemberships(Workspace workspace, SegmentDefinitions definitions, SegmentInputs inputs) {
  /**
   * What came of it.
   *
   * @param version of the table
   * @param movements by segment
   * @param codes by segment
   * @param compared whether there was a night before
   */
  record Written(
      long version, Map<String, Movement> movements, Map<String, Integer> codes, boolean compared) {
    long size(String segment) {
      return movements.get(segment).size();
    }
  }

  /**
   * Replaces the memberships of the date.
   *
   * @param report is told what the surveys of rules have to say
   */
  Written write(long traits, Commit commit, StageReport.Builder report) {
    DeltaTables tables = workspace.lake().tables();
    String path = table(Memberships.NAME);
    tables.declare(path, Memberships.SCHEMA, List.of(Memberships.BUSINESS_DATE.name()));
    Optional<Dataset<Row>> before = before();
    List<Integer> codes =
        SegmentCodebook.open(workspace.spark(), workspace.lake(), workspace.clientId())
            .codes(definitions.hashes(), commit.note());
    Dataset<Row> members = members(persons(traits), codes, before, report);
    ReadGuard.check(workspace, members);
    tables.replaceWhere(
        path, members, Memberships.BUSINESS_DATE.name() + " = '" + workspace.date() + "'", commit);
    List<Movement> moved = Movement.of(codes, ofDate(workspace.date()), workspace.date(), before);
    Map<String, Movement> movements = new LinkedHashMap<>();
    Map<String, Integer> byId = new LinkedHashMap<>();
    for (int i = 0; i < codes.size(); i++) {
      movements.put(definitions.segments().get(i).id(), moved.get(i));
      byId.put(definitions.segments().get(i).id(), codes.get(i));
    }
    return new Written(tables.version(path), movements, byId, before.isPresent());
  }

  /** Tells how many persons segments have in common, of all {@code persons}. */
  void reportOverlap(Written written, long persons, StageReport.Builder report) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    written.movements().forEach((segment, movement) -> sizes.put(segment, movement.size()));
    new Overlap(persons, workspace.platform().privacy().defaultK())
        .report(
            ofDate(workspace.date()), Memberships.SEGMENTS.col(), written.codes(), sizes, report);
  }

  /** How the memberships are computed, by the traits of this version. */
  Dataset<Row> outline(long traits) {
    List<Integer> codes = IntStream.range(0, definitions.segments().size()).boxed().toList();
    return members(persons(traits), codes, Optional.empty(), StageReport.of("segment"));
  }

  /** {@link Memberships#SCHEMA} of the date. */
  Dataset<Row> members(
      Dataset<Row> persons,
      List<Integer> codes,
      Optional<Dataset<Row>> before,
      StageReport.Builder report) {
    int k = workspace.platform().privacy().defaultK();
    return new Strata(definitions.segments())
        .surveyed(persons, k, report)
        .transform(new MatchSegments(definitions.segments(), codes)::apply)
        .transform(new DateEntries(workspace.date(), before)::apply);
  }

  /** The newest night before the date, if there is one. */
  Optional<Dataset<Row>> before() {
    DeltaTables tables = workspace.lake().tables();
    if (tables.untouched(table(Memberships.NAME))) {
      return Optional.empty();
    }
    Row newest =
        tables
            .read(table(Memberships.NAME))
            .filter(Memberships.BUSINESS_DATE.col().lt(functions.lit(workspace.date())))
            .agg(functions.max(Memberships.BUSINESS_DATE.col()))
            .head();
    return Optional.ofNullable((Date) newest.get(0)).map(date -> ofDate(date.toLocalDate()));
  }

  private Dataset<Row> ofDate(LocalDate date) {
    return workspace
        .lake()
        .tables()
        .read(table(Memberships.NAME))
        .filter(Memberships.BUSINESS_DATE.col().equalTo(functions.lit(date)));
  }

  /** One row a person with what the rules read; a table none of them reads is left alone. */
  Dataset<Row> persons(long traits) {
    DeltaTables tables = workspace.lake().tables();
    Dataset<Row> ofTraits =
        tables.read(table(Traits.NAME), traits).select(keyAnd(definitions.traitsRead()));
    if (definitions.profileColumnsRead().isEmpty()) {
      return ofTraits;
    }
    Dataset<Row> ofProfiles =
        tables
            .read(table(Profiles.NAME), inputs.profiles().orElseThrow())
            .select(keyAnd(definitions.profileColumnsRead()));
    return definitions.traitsRead().isEmpty()
        ? ExclusionsTable.of(workspace).without(ofProfiles) // traits were made without them
        : ofProfiles.join( // 1:1, both hold the persons of the profiles
            ofTraits, new String[] {Persons.PERSON_KEY.name()}, "inner");
  }

  private static Column[] keyAnd(Set<String> columns) {
    return Stream.concat(
            Stream.of(Persons.PERSON_KEY.col()), columns.stream().map(WriteMemberships::named))
        .toArray(Column[]::new);
  }

  private static Column named(String column) {
    return Field.optional(column, DataTypes.NullType).col();
  }

  private String table(String name) {
    LakeLayout layout = workspace.lake().layout();
    return layout.table(workspace.clientId(), name);
  }
}
