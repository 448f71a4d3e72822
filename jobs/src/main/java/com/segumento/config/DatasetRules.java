package com.segumento.config;

import com.segumento.model.Memberships;
import com.segumento.model.Profiles;
import com.segumento.model.SegmentCodes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Consistency of a client's dataset contracts. */
record DatasetRules(ClientScope scope) {
  /** Tables of a client that are not datasets. */
  private static final Set<String> TABLES =
      Set.of(Profiles.NAME, "traits", Memberships.NAME, SegmentCodes.NAME);

  void check() {
    List<Setting> datasets = scope.client().at("datasets").items();
    scope.unique(datasets.stream().map(set -> set.at("name")).toList(), "dataset name");
    for (Setting dataset : datasets) {
      Setting name = dataset.at("name");
      if (name.text().filter(TABLES::contains).isPresent()) {
        findings()
            .wrong(
                name, "a name other than " + String.join(", ", TABLES.stream().sorted().toList()));
      }
      checkKind(dataset);
      checkToken(dataset.at("token"));
      checkNames(dataset);
      checkOptOut(dataset);
      checkCsv(dataset);
      checkExpectations(dataset);
      dataset
          .at("columns")
          .members()
          .forEach(column -> new ColumnRules(scope, dataset, column).check());
    }
    checkProfileColumns();
    checkPlaces(scope.profileColumns().values());
    for (Setting events : scope.datasets(DatasetContract.Kind.EVENT)) {
      checkPlaces(events.at("columns").members());
    }
  }

  private Findings findings() {
    return scope.findings();
  }

  private void checkKind(Setting dataset) {
    Setting mode = dataset.at("mode");
    if (dataset.at("kind").is("profile")) {
      if (mode.is("append")) {
        findings().wrong(mode, "upsert or snapshot, as the kind is profile");
      }
      if (mode.is("upsert") && !dataset.at("updated_at").given()) {
        findings().missing(dataset.at("updated_at"), "the column that orders versions of a row");
      }
      unexpected(dataset.at("event_time"), "event");
      unexpected(dataset.at("event_type"), "event");
      unexpected(dataset.at("expectations").at("max_event_age_days"), "event");
    }
    if (dataset.at("kind").is("event")) {
      if (mode.is("upsert") || mode.is("snapshot")) {
        findings().wrong(mode, "append, as the kind is event");
      }
      if (!dataset.at("event_time").given()) {
        findings().missing(dataset.at("event_time"), "the column with the instant of an event");
      }
      unexpected(dataset.at("updated_at"), "profile");
      unexpected(dataset.at("opt_out"), "profile");
    }
  }

  private void unexpected(Setting setting, String kind) {
    if (setting.given()) {
      findings().say(setting.byKey(), "belongs to datasets of kind " + kind + ". Remove it.");
    }
  }

  private void checkToken(Setting token) {
    boolean hashed = token.at("scheme").is("sha256_hex") || token.at("scheme").is("sha512_hex");
    if (hashed && token.at("salted").node().isBoolean() && !token.at("salted").isTrue()) {
      findings()
          .warn(
              token.at("salted"),
              "tokens of "
                  + Shown.text(token.at("column").text().orElse(""))
                  + " are not salted: a hash of a phone number is reversed in minutes. Ask the"
                  + " client for a keyed hash.");
    }
  }

  /** All columns of a file have different names, none of them one of ours. */
  private void checkNames(Setting dataset) {
    List<Setting> special =
        new ArrayList<>(
            List.of(
                dataset.at("token").at("column"),
                dataset.at("updated_at"),
                dataset.at("event_time"),
                dataset.at("event_type")));
    scope.unique(special, "column");
    for (Setting column : special) {
      if (column.text().filter(ClientScope.RESERVED::contains).isPresent()) {
        findings().wrong(column, "a column name that is not reserved for ours");
      }
      if (column.text().filter(dataset.at("columns").node()::has).isPresent()) {
        findings()
            .say(
                dataset.at("columns").at(column.node().textValue()).byKey(),
                "is the column that " + column.path() + " names. Remove it here.");
      }
    }
  }

  /** A no that could not be read would be no no. */
  private void checkOptOut(Setting dataset) {
    Setting optOut = dataset.at("opt_out");
    if (optOut.text().isEmpty() || !dataset.at("kind").is("profile")) {
      return;
    }
    scope.known(optOut, dataset.at("columns").keys());
    Setting column = dataset.at("columns").at(optOut.node().textValue());
    if (column.at("type").text().filter(type -> !type.equals("boolean")).isPresent()) {
      findings().wrong(column.at("type"), "boolean, as it is the column to opt out by");
    }
    if (column.at("role").is("identifying")) {
      findings().wrong(column.at("role"), "another role: an identifying column is in no profile");
    }
  }

  private void checkCsv(Setting dataset) {
    Setting csv = dataset.at("csv");
    if (csv.given() && dataset.at("format").text().isPresent() && !dataset.at("format").is("csv")) {
      findings().say(csv.byKey(), "belongs to datasets of format csv. Remove it.");
    }
  }

  private void checkExpectations(Setting dataset) {
    Setting expectations = dataset.at("expectations");
    Optional<Double> most = expectations.at("max_rows").number();
    if (most.isPresent() && expectations.at("min_rows").number().orElse(0.0) > most.get()) {
      findings().wrong(expectations.at("max_rows"), "at least min_rows");
    }
    List<String> columns = dataset.at("columns").keys();
    for (Setting share : expectations.at("max_null").members()) {
      if (!columns.contains(share.key())) {
        findings()
            .say(
                share.byKey(),
                "is no column of the dataset." + Suggestion.among(share.key(), columns));
      }
    }
  }

  private void checkProfileColumns() {
    Map<String, Setting> seen = new HashMap<>();
    for (Setting dataset : scope.datasets(DatasetContract.Kind.PROFILE)) {
      for (Setting column : dataset.at("columns").members()) {
        Setting first = seen.putIfAbsent(column.key(), column);
        if (first != null) {
          findings()
              .say(
                  column.byKey(),
                  "is a column of another profile dataset already ("
                      + first.path()
                      + "). Expected another name: one profile row joins them.");
        }
      }
    }
  }

  private void checkPlaces(Collection<Setting> columns) {
    Map<String, Setting> seen = new HashMap<>();
    for (Setting column : columns) {
      Setting place = column.at("place");
      place
          .text()
          .map(by -> seen.putIfAbsent(by, column))
          .ifPresent(
              first ->
                  findings()
                      .say(
                          place,
                          "is the place of " + first.path() + " already. Keep one of them."));
    }
  }
}
