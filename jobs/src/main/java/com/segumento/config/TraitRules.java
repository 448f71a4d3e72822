package com.segumento.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Consistency of traits with the event datasets they are computed from. */
record TraitRules(ClientScope scope) {
  private static final Pattern NAME = Pattern.compile(Form.NAME);
  private static final Pattern DAYS =
      Pattern.compile("([0-9]{1,5})d(?: ending ([0-9]{1,5})d ago)?");
  private static final List<String> KINDS =
      List.of("agg", "ratio", "score", "tile", "rfm", "cluster");
  private static final String OUT_OF_PLACE =
      "belongs to a trait of events. Leave it out: this one is made of other traits.";
  private static final List<String> OF_EVENTS = List.of("from", "where", "window", "trend");

  void check() {
    for (Setting trait : scope.segments().at("traits").members()) {
      checkName(trait);
      List<String> given = KINDS.stream().filter(kind -> trait.at(kind).given()).toList();
      if (given.size() != 1) {
        findings().say(trait.byKey(), "Expected exactly one of " + String.join(", ", KINDS) + ".");
      } else if (given.get(0).equals("agg")) {
        checkAggregate(trait);
      } else {
        checkOfPersons(trait, given.get(0));
      }
    }
  }

  private void checkAggregate(Setting trait) {
    if (!trait.at("from").given()) {
      findings().missing(trait.at("from"), "the name of an event dataset");
    }
    scope.known(trait.at("from"), scope.eventNames());
    checkReach(trait);
    if (trait.at("trend").given() && !trait.at("window").given()) {
      findings()
          .missing(trait.at("window"), "a window, which the trend compares with the one before");
    }
  }

  /** A window longer than events are kept is not wrong, but never what it seems. */
  private void checkReach(Setting trait) {
    Optional<Double> kept = scope.client().at("retention").at("events_days").number();
    Matcher window = DAYS.matcher(trait.at("window").text().orElse(""));
    if (kept.isEmpty() || !window.matches()) {
      return;
    }
    long days = Long.parseLong(window.group(1)) * (trait.at("trend").given() ? 2 : 1);
    long ago = window.group(2) == null ? 0 : Long.parseLong(window.group(2));
    if (days - 1 + ago > kept.get()) {
      findings()
          .warn(
              trait.at("window"),
              "reaches back "
                  + (days - 1 + ago)
                  + " days, and events are kept for retention.events_days, which is "
                  + kept.get().longValue()
                  + ". Older ones never count.");
    }
  }

  private void checkOfPersons(Setting trait, String kind) {
    for (String beside : OF_EVENTS) {
      if (trait.at(beside).given()) {
        String where = kind.equals("rfm") ? "belongs inside rfm. Move it there." : OUT_OF_PLACE;
        findings().say(trait.at(beside).byKey(), where);
      }
    }
    checkOthers(trait, trait.at("ratio").items());
    for (String other : trait.at("score").keys()) {
      if (!figuresBut(trait).contains(other)) {
        findings()
            .say(
                trait.at("score").at(other).byKey(),
                "is no numeric trait or column." + Suggestion.among(other, figuresBut(trait)));
      }
    }
    checkOthers(trait, List.of(trait.at("tile").at("by")));
    checkOthers(trait, trait.at("cluster").at("features").items());
    Setting rfm = trait.at("rfm");
    checkColumn(rfm.at("from"), rfm.at("value"), rfm.at("value").text().orElse(""));
  }

  private void checkOthers(Setting trait, List<Setting> others) {
    others.forEach(other -> scope.known(other, figuresBut(trait)));
  }

  private List<String> figuresBut(Setting trait) {
    return scope.figures().stream().filter(figure -> !figure.equals(trait.key())).toList();
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
