package com.segumento.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Consistency of one column's contract. */
record ColumnRules(ClientScope scope, Setting dataset, Setting column) {
  private static final Pattern NAME = Pattern.compile(Form.NAME);
  private static final List<String> OF_TEXT = List.of("allowed", "pattern", "max_length");

  void check() {
    if (!NAME.matcher(column.key()).matches()) {
      findings().say(column.byKey(), "is no column name. Expected " + Form.NAME_SAYS + ".");
    } else if (ClientScope.RESERVED.contains(column.key())) {
      findings().say(column.byKey(), "is a column of ours. Expected another name.");
    }
    Setting type = column.at("type");
    if (type.text().isPresent() && ClientScope.type(column).isEmpty()) {
      findings().wrong(type, ColumnType.SAYS);
    }
    checkBounds();
    checkTexts();
    checkPattern();
    checkPlace();
    checkHierarchy();
  }

  private Findings findings() {
    return scope.findings();
  }

  private boolean hasType(java.util.function.Predicate<DataType> kind) {
    return ClientScope.type(column).map(kind::test).orElse(true);
  }

  private void checkBounds() {
    Optional<Double> min = column.at("min").number();
    Optional<Double> max = column.at("max").number();
    if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
      findings()
          .wrong(column.at("max"), "at least min, which is " + column.at("min").node().asText());
    }
    for (String bound : List.of("min", "max")) {
      if (column.at(bound).given() && !hasType(ColumnType::numeric)) {
        findings()
            .say(column.at(bound).byKey(), "bounds numbers. Remove it, or make the type one.");
      }
    }
  }

  private void checkTexts() {
    for (String key : OF_TEXT) {
      if (column.at(key).given() && !hasType(DataTypes.StringType::equals)) {
        findings()
            .say(column.at(key).byKey(), "is for strings. Remove it, or make the type string.");
      }
    }
    scope.unique(column.at("allowed").items(), "allowed value");
  }

  private void checkPattern() {
    Setting pattern = column.at("pattern");
    pattern
        .text()
        .ifPresent(
            text -> {
              try {
                Pattern.compile(text);
              } catch (PatternSyntaxException | StackOverflowError e) {
                findings().wrong(pattern, "a regular expression of Java");
              }
            });
  }

  private void checkPlace() {
    Setting place = column.at("place");
    if (!place.given()) {
      return;
    }
    boolean visited = dataset.at("kind").is("event");
    if (visited && !place.is("postal_code")) {
      findings().wrong(place, "postal_code, as the kind is event");
    } else if (visited && !scope.client().at("enrich").at("location").at("by").is("postal_code")) {
      findings()
          .say(place.byKey(), "needs enrich.location by postal_code. Remove it, or add that.");
    } else if (!hasType(DataTypes.StringType::equals)) {
      findings()
          .say(place.byKey(), "is for strings. Make the type string: codes begin with zeros.");
    }
  }

  private void checkHierarchy() {
    Setting hierarchy = column.at("hierarchy");
    if (!hierarchy.node().isObject()) {
      return;
    }
    if (!column.at("role").is("quasi")) {
      findings()
          .say(hierarchy.byKey(), "is for columns of role quasi. Remove it, or give the role.");
    }
    if (column.at("place").given()) {
      findings()
          .say(hierarchy.byKey(), "is not for places, which have levels of their own. Remove it.");
    }
    Setting intervals = hierarchy.at("intervals");
    Setting file = hierarchy.at("file");
    if (intervals.given() == file.given()) {
      findings().say(hierarchy, "Expected exactly one of intervals and file.");
    }
    if (intervals.given() && !hasType(ColumnType::whole)) {
      findings().say(intervals.byKey(), "are for columns of type int or long. Remove them.");
    }
    checkIntervals(intervals.items());
    file.text().ifPresent(text -> checkFile(file, text));
  }

  private void checkIntervals(List<Setting> widths) {
    for (int i = 0; i < widths.size(); i++) {
      double width = widths.get(i).number().orElse(1.0);
      double before = i == 0 ? 1.0 : widths.get(i - 1).number().orElse(width);
      if (width < 1) {
        findings().wrong(widths.get(i), "a width of at least 1");
      } else if (before >= 1 && (width % before != 0 || (i > 0 && width == before))) {
        findings()
            .wrong(
                widths.get(i),
                "a multiple of the width before, " + widths.get(i - 1).node().asText());
      }
    }
  }

  private void checkFile(Setting file, String text) {
    if (Source.inside(text)) {
      HierarchyFile.read(scope.directory(), text, findings());
    } else {
      findings().wrong(file, "a path that stays inside hierarchies");
    }
  }
}
