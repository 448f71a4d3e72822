package com.segumento.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.privacy.gate.Violation;
import com.segumento.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the documentation says of the gate's reason codes. To make the page anew: {@code ./mvnw test
 * -pl udfs,jobs -Dtest=ReasonsPageTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dreasons.write=true}
 */
class ReasonsPageTest {
  private static final Path PAGE = Repository.path("jobs/src/site/markdown/reasons.md");

  private static final String HEAD =
      """
      # Reason codes of the gate

      This page is made by `ReasonsPageTest`. A release of which one of these is found is refused (exit 3), and nothing of it is published; the message,
      `status` and the report of the run name the codes. `suppression`, `suppression_limit`, `other_persons`, `told_otherwise`, `overspent`, `person_in_two_places`,
      `mixed_definitions` and what is `lost_` may come of data, settings or missing tables. The engine lets none of the others happen: they say that it has a fault, or that
      somebody has changed a table by hand. Keep the log then, and do not try other settings until it is known why.

      | code | what was found | the promise of `verify` it breaks |
      | --- | --- | --- |
      """;

  private static final String COST =
      """

      # Reasons in the run report

      A row that is withheld, or waits, is no fault: the report of the run says of each export of `cells` how many there are for each reason
      (`withheld_by_reason`, `waiting_by_reason`, `sums_waiting_by_reason`) and which rows have waited longest (`longest_waits`). No client is told.
      Of cells too few or too alike these are counted that are in no row of a place above either; the other figures are of rows, also of what is left of places.

      | reason | why tonight's figure is not there |
      | --- | --- |
      """;

  @Test
  void thePageHasEveryCode() throws IOException {
    String page =
        Stream.of(Violation.values())
            .sorted(Comparator.comparing(Violation::code))
            .map(
                violation ->
                    "| `%s` | %s | %s |\n"
                        .formatted(
                            violation.code(),
                            violation.says(),
                            Promise.brokenBy(violation).label()))
            .collect(Collectors.joining("", HEAD, COST))
            .concat(
                Stream.of(Reason.values())
                    .map(reason -> "| `%s` | %s |\n".formatted(reason.code(), reason.says()))
                    .collect(Collectors.joining()));
    if (Boolean.getBoolean("reasons.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("reasons.md is out of date. Make it anew with -Dreasons.write=true")
        .isEqualTo(page);
  }
}
