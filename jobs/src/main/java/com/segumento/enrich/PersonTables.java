package com.segumento.enrich;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.ProfileSchema;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The ingested tables that say who a client's persons are, as of a business date: its profile
 * datasets, or its event datasets where it has none of the former.
 *
 * @param versions by dataset; only datasets that have been ingested by then
 */
record PersonTables(Map<DatasetContract, Long> versions) {

  static PersonTables asOf(Workspace workspace) {
    List<DatasetContract> datasets = workspace.client().datasets();
    boolean hasProfiles = datasets.stream().anyMatch(dataset -> dataset.kind() == Kind.PROFILE);
    Map<DatasetContract, Long> versions = new LinkedHashMap<>();
    for (DatasetContract dataset : datasets) {
      if ((dataset.kind() == Kind.PROFILE) == hasProfiles) {
        version(workspace, dataset).ifPresent(version -> versions.put(dataset, version));
      }
    }
    return new PersonTables(versions);
  }

  private static OptionalLong version(Workspace workspace, DatasetContract dataset) {
    String asOf = workspace.date().toString();
    return workspace
        .lake()
        .tables()
        .history(table(workspace, dataset))
        .lastVersion(note -> note.containsKey("date") && note.get("date").compareTo(asOf) <= 0);
  }

  static String table(Workspace workspace, DatasetContract dataset) {
    return workspace.lake().layout().table(workspace.clientId(), dataset.name());
  }

  /** One row a person: its key, and the profile columns its tables have. */
  Dataset<Row> persons(Workspace workspace) {
    List<Dataset<Row>> parts = new ArrayList<>();
    Set<String> taken = new LinkedHashSet<>();
    versions.forEach(
        (dataset, version) -> {
          Dataset<Row> rows = workspace.lake().tables().read(table(workspace, dataset), version);
          parts.add(
              dataset.kind() == Kind.PROFILE
                  ? rows.select(columns(dataset, rows, taken))
                  : rows.select(Persons.PERSON_KEY.col()));
        });
    boolean events = versions.keySet().stream().anyMatch(dataset -> dataset.kind() == Kind.EVENT);
    return events
        ? parts.stream().reduce(Dataset::union).orElseThrow().distinct()
        : parts.stream().reduce(PersonTables::join).orElseThrow();
  }

  private static Dataset<Row> join(Dataset<Row> left, Dataset<Row> right) {
    // 1:1, ingest keeps one row a person in each profile table
    return left.join(right, new String[] {Persons.PERSON_KEY.name()}, "full_outer");
  }

  private static Column[] columns(DatasetContract dataset, Dataset<Row> rows, Set<String> taken) {
    List<String> present = List.of(rows.columns());
    List<Column> columns = new ArrayList<>();
    columns.add(Persons.PERSON_KEY.col());
    for (Field field : ProfileSchema.columns(dataset).values()) {
      if (present.contains(field.name()) && taken.add(field.name())) {
        columns.add(field.col());
      }
    }
    return columns.toArray(Column[]::new);
  }
}
