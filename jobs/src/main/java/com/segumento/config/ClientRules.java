package com.segumento.config;

import com.segumento.model.ClientId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What a schema cannot say of a client's files; hands the parts on to rules of their own. */
record ClientRules(ClientScope scope) {
  /**
   * @param fileName of the client's file, without the suffix
   */
  void check(String fileName) {
    Setting client = scope.client();
    Setting id = client.at("client");
    id.text()
        .filter(text -> ClientId.FORM.matcher(text).matches() && !text.equals(fileName))
        .ifPresent(
            text ->
                scope
                    .findings()
                    .wrong(id, "the name of its file, which is " + Shown.text(fileName)));
    checkAgreement(client.at("agreement"));
    Setting keys = client.at("keys");
    scope.unique(List.of(keys.at("person"), keys.at("requests")), "alias");
    List<String> datasets =
        client.at("datasets").items().stream()
            .flatMap(dataset -> dataset.at("name").text().stream())
            .toList();
    for (Setting instruction : client.at("retention").at("instructions").items()) {
      scope.known(instruction.at("dataset"), datasets);
    }
    new DatasetRules(scope).check();
    new EnrichmentRules(scope).check();
    new TraitRules(scope).check();
    new SegmentRules(scope).check();
    new ExportRules(scope).check();
  }

  private void checkAgreement(Setting agreement) {
    if (scope.platform().at("regions").given()) {
      scope.known(agreement.at("region"), scope.platform().at("regions").keys());
    }
    scope.unique(agreement.at("purposes").items(), "purpose");
    Optional<LocalDate> start = date(agreement.at("start"));
    Optional<LocalDate> end = date(agreement.at("end"));
    if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
      scope
          .findings()
          .wrong(agreement.at("end"), "a date that is not before the start, " + start.get());
    }
    scope
        .date()
        .ifPresent(
            on -> {
              end.filter(on::isAfter).ifPresent(last -> warnOfEnd(agreement, last));
              start.filter(on::isBefore).ifPresent(first -> warnOfStart(agreement, first));
            });
  }

  private void warnOfEnd(Setting agreement, LocalDate last) {
    scope
        .findings()
        .warn(
            agreement.at("end"),
            "The agreement ended on "
                + last
                + ". The client's data expires after retention.grace_days.");
  }

  private void warnOfStart(Setting agreement, LocalDate first) {
    scope
        .findings()
        .warn(
            agreement.at("start"),
            "The agreement begins on " + first + ". Until then nothing is run.");
  }

  private static Optional<LocalDate> date(Setting setting) {
    try {
      return setting.text().map(LocalDate::parse);
    } catch (DateTimeException e) {
      // The schema has reported it.
      return Optional.empty();
    }
  }
}
