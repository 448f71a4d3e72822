package com.segumento.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Consistency of traits with the event datasets they are computed from. */
record TraitRules(ClientScope scope) {
  private static final Pattern NAME = Pattern.compile(Form.NAME);
  private static final Pattern AGGREGATE = Pattern.compile("(sum|min|max|avg)\\((.*)\\)");

  void check() {
    for (Setting trait : scope.segments().at("traits").members()) {
      checkName(trait);
      Setting agg = trait.at("agg");
      Setting rfm = trait.at("rfm");
      if (agg.given() == rfm.given()) {
        findings().say(trait.byKey(), "Expected exactly one of agg and rfm.");
      } else if (rfm.given()) {
        for (String beside : List.of("from", "where", "window")) {
          if (trait.at(beside).given()) {
            findings().say(trait.at(beside).byKey(), "belongs inside rfm. Move it there.");
          }
        }
        checkColumn(rfm.at("from"), rfm.at("value"), rfm.at("value").text().orElse(""));
      } else if (!trait.at("from").given()) {
        findings().missing(trait.at("from"), "the name of an event dataset");
      } else {
        Matcher of = AGGREGATE.matcher(agg.text().orElse(""));
        checkColumn(trait.at("from"), agg, of.matches() ? of.group(2) : "");
      }
    }
  }

  private Findings findings() {
    return scope.findings();
  }

  private void checkName(Setting trait) {
    if (!NAME.matcher(trait.key()).matches()) {
      findings().say(trait.byKey(), "is no trait name. Expected " + Form.NAME_SAYS + ".");
    } else if (ClientScope.RESERVED.contains(trait.key())) {
      findings().say(trait.byKey(), "is a column of ours. Expected another name.");
    } else if (scope.profileColumns().containsKey(trait.key())) {
      findings().say(trait.byKey(), "is a profile column already. Expected another name.");
    }
  }

  /** {@code column}, where one is named, has to be a number of the dataset {@code from} names. */
  private void checkColumn(Setting from, Setting at, String column) {
    scope.known(from, scope.eventNames());
    if (column.isEmpty()) {
      return;
    }
    from.text()
        .flatMap(scope::events)
        .ifPresent(
            dataset -> {
              Map<String, Setting> columns = new LinkedHashMap<>();
              dataset.at("columns").members().forEach(each -> columns.put(each.key(), each));
              List<String> numeric = ClientScope.numeric(columns);
              if (!numeric.contains(column)) {
                findings()
                    .say(
                        at,
                        Shown.text(column)
                            + " is no numeric column of the dataset."
                            + Suggestion.among(column, numeric));
              }
            });
  }
}
