package com.segumento.config;

import com.segumento.model.Events;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;

/**
 * What the checks of one client look at.
 *
 * @param segments the client's segments file; nothing is given in it where it names none
 * @param date on which the agreement should be in force, where that matters
 * @param beside more traits and segments that may be named, which are checked already
 */
record ClientScope(
    Setting platform,
    Setting client,
    Setting segments,
    Path directory,
    Optional<LocalDate> date,
    Findings findings,
    Setting beside) {
  /** The dimension of places. */
  static final String PLACE = Profiles.PLACE.name();

  /** Columns we add to a client's. */
  static final Set<String> RESERVED =
      Set.of(
          Persons.PERSON_KEY.name(),
          PLACE,
          Profiles.DEMOGRAPHICS.name(),
          Events.EVENT_DATE.name(),
          Events.DROP_DATE.name(),
          Events.DROP_ID.name());

  /** With no traits and segments besides. */
  ClientScope(
      Setting platform,
      Setting client,
      Setting segments,
      Path directory,
      Optional<LocalDate> date,
      Findings findings) {
    this(platform, client, segments, directory, date, findings, Setting.nothing(""));
  }

  List<Setting> datasets(DatasetContract.Kind kind) {
    String word = kind == DatasetContract.Kind.PROFILE ? "profile" : "event";
    return client.at("datasets").items().stream().filter(set -> set.at("kind").is(word)).toList();
  }

  /** The event dataset of this name. */
  Optional<Setting> events(String name) {
    return datasets(DatasetContract.Kind.EVENT).stream()
        .filter(dataset -> dataset.at("name").is(name))
        .findFirst();
  }

  /** Columns of all profile datasets by name. */
  Map<String, Setting> profileColumns() {
    Map<String, Setting> columns = new LinkedHashMap<>();
    for (Setting dataset : datasets(DatasetContract.Kind.PROFILE)) {
      dataset.at("columns").members().forEach(column -> columns.putIfAbsent(column.key(), column));
    }
    return columns;
  }

  /** The type of a column, where it has one. */
  static Optional<DataType> type(Setting column) {
    return column.at("type").text().flatMap(ColumnType::parse);
  }

  /** Names of numeric columns. */
  static List<String> numeric(Map<String, Setting> columns) {
    return columns.entrySet().stream()
        .filter(column -> type(column.getValue()).map(ColumnType::numeric).orElse(true))
        .map(Map.Entry::getKey)
        .toList();
  }

  List<String> eventNames() {
    return datasets(DatasetContract.Kind.EVENT).stream()
        .flatMap(dataset -> dataset.at("name").text().stream())
        .toList();
  }

  /** Whether the segments and traits of the client are known; not where their file is broken. */
  boolean knowsSegments() {
    return segments.given() || !client.at("segments").given();
  }

  Set<String> segmentIds() {
    Set<String> ids = new LinkedHashSet<>();
    for (Setting file : List.of(segments, beside)) {
      file.at("segments").items().forEach(item -> item.at("id").text().ifPresent(ids::add));
    }
    return ids;
  }

  /** Names a person can be ordered or summed by: traits and numeric profile columns. */
  List<String> figures() {
    Set<String> figures = new LinkedHashSet<>();
    for (Setting file : List.of(segments, beside)) {
      file.at("traits").members().stream()
          .filter(trait -> !trait.at("rfm").given())
          .forEach(trait -> figures.add(trait.key()));
    }
    figures.addAll(numeric(profileColumns()));
    return List.copyOf(figures);
  }

  /** Refuses members of a list that are no {@link #figures}. */
  void knownFigures(Setting names) {
    names.items().forEach(name -> known(name, figures()));
  }

  /** Refuses members of the same name. */
  void unique(List<Setting> named, String what) {
    Map<String, Setting> seen = new LinkedHashMap<>();
    for (Setting name : named) {
      name.text()
          .ifPresent(
              text -> {
                Setting first = seen.putIfAbsent(text, name);
                if (first != null) {
                  findings.say(
                      name,
                      Shown.text(text)
                          + " is given already, as "
                          + first.path()
                          + ". Expected each "
                          + what
                          + " once.");
                }
              });
    }
  }

  /** Refuses a value that is not among those known. */
  void known(Setting setting, java.util.Collection<String> known) {
    setting
        .text()
        .filter(text -> !known.contains(text))
        .ifPresent(
            text ->
                findings.say(
                    setting, Shown.text(text) + " is not known." + Suggestion.among(text, known)));
  }
}
