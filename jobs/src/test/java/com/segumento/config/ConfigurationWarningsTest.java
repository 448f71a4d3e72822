package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ConfigException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationWarningsTest {
  private static final String ACME = "clients/acme.yaml";
  private static final String FLOOR =
      "clients/acme.yaml:50:18 exports[0].privacy.k: is the platform's floor. Expected more where"
          + " the data allows it.";

  @TempDir Path directory;
  private ConfigurationFiles files;

  @BeforeEach
  void copy() {
    files = ConfigurationFiles.copy(directory);
  }

  @Test
  void unsaltedHashesAreDoubtful() {
    files.edit(ACME, "salted: true", "salted: false");
    assertThat(warnings(Optional.empty()))
        .containsExactly(
            "clients/acme.yaml:18:64 datasets[0].token.salted: tokens of \"customer_hash\" are not"
                + " salted: a hash of a phone number is reversed in minutes. Ask the client for a"
                + " keyed hash.");
  }

  @ParameterizedTest
  @CsvSource({
    "window: 731d, ",
    "window: 732d, 731",
    "window: 700d ending 32d ago, 731",
    "'window: 366d, trend: ratio', 731"
  })
  void windowsLongerThanEventsAreKeptAreDoubtful(String window, String days) {
    files.edit("segments/acme.yaml", "window: 28d", window);
    List<String> expected =
        days == null
            ? List.of()
            : List.of(
                "segments/acme.yaml:7:39 traits.active_days.window: reaches back "
                    + days
                    + " days, and events are kept for retention.events_days, which is 730. Older"
                    + " ones never count.");
    assertThat(warnings(Optional.empty())).isEqualTo(expected);
  }

  @Test
  void kBelowTheFloorIsRefused() {
    files.edit(ACME, "privacy: {k: 50, suppression_limit: 0.3}", "privacy: {k: 9}");
    assertThatThrownBy(() -> warnings(Optional.empty())).isInstanceOf(ConfigException.class);
  }

  @Test
  void kAtTheFloorIsDoubtful() {
    files.edit(ACME, "privacy: {k: 50, suppression_limit: 0.3}", "privacy: {k: 10}");
    assertThat(warnings(Optional.empty())).containsExactly(FLOOR);
  }

  @Test
  void kAboveTheFloorIsNot() {
    files.edit(ACME, "privacy: {k: 50, suppression_limit: 0.3}", "privacy: {k: 11}");
    assertThat(warnings(Optional.empty())).isEmpty();
  }

  @Test
  void exactFiguresBesideNoisyOnesAreDoubtful() {
    files.edit(
        ACME,
        "privacy: {k: 50, suppression_limit: 0.3}",
        "privacy: {k: 50, dp: {mechanism: laplace, epsilon: 1}}");
    files.edit(ACME, "exports:", "privacy_budget: {epsilon: 10, per: agreement}\nexports:");
    assertThat(warnings(Optional.empty()))
        .containsExactly(
            "clients/acme.yaml:51:22 exports[0].privacy.dp: export \"state_reach\" tells figures of"
                + " cells without noise. Expected privacy.dp there too, or cells that have nothing"
                + " to do with these.");
  }

  @Test
  void recordsOfTheSamePersonsInOtherClassesAreDoubtful() {
    String records = ", kind: records, attributes: {age: quasi}, privacy: {k: 60}, ";
    String one = "{name: p1" + records + "segments: [lapsed], levels: {age: 1}}";
    assertThat(warnedOf(one, "{name: p2" + records + "segments: [winback], levels: {age: 2}}"))
        .as("nobody need be in both")
        .isEmpty();
    assertThat(
            warnedOf(
                one, one.replace("p1", "p2").replace("quasi}", "quasi, income_band: sensitive}")))
        .as("the same classes")
        .isEmpty();
    for (String other :
        List.of(
            "segments: [lapsed], levels: {age: 2}",
            "segments: [lapsed]",
            "segments: [lapsed, winback], levels: {age: 1}",
            "segments: all, levels: {age: 1}",
            "levels: {age: 1}")) {
      assertThat(warnedOf(one, "{name: p2" + records + other + "}"))
          .as(other)
          .containsExactly(
              "Export \"p1\" has records of the same persons: joined by age, rows of both may tell"
                  + " of fewer than k. Expected one export of all attributes, or the same segments"
                  + " and the same quasi attributes in both, each at the same level, given as a"
                  + " number.");
    }
    assertThat(warnedOf(one, "{name: p2" + records.replace("age", "gender") + "segments: all}"))
        .as("no attribute to join by")
        .isEmpty();
  }

  /** What is doubtful where a client has these two exports of records, and no other. */
  private List<String> warnedOf(String one, String other) {
    String text = ConfigurationFiles.text(directory.resolve(ACME));
    int from = text.indexOf("exports:\n") + "exports:\n".length();
    String exports = "  - " + one + "\n  - " + other + "\n";
    files.write(
        ACME, text.substring(0, from) + exports + text.substring(text.indexOf("retention:")));
    return inspect(Optional.empty()).warnings().stream().map(Problem::text).toList();
  }

  @Test
  void anAudienceThatNobodyCanOptOutOfIsDoubtful() {
    files.edit(ACME, "activation: false", "activation: true");
    files.edit(
        ACME,
        "exports:",
        "exports:\n  - {name: act, kind: audience, segments: [lapsed], destination: {id: dsp, key:"
            + " acme.dsp.key}, privacy: {k: 200}}");
    assertThat(warnings(Optional.empty()))
        .containsExactly(
            "clients/acme.yaml:44:23 exports[0].kind: no dataset says by opt_out who wants to be in"
                + " no audience. Expected the column that does, where the client has one.");
    files.edit(
        ACME,
        "role: insensitive}",
        "role: insensitive}\n      no_ads: {type: boolean, role: insensitive}\n    opt_out: no_ads");
    assertThat(warnings(Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-31, The agreement begins on 2026-01-01. Until then nothing is run.",
    "2028-01-01, The agreement ended on 2027-12-31. The client's data expires after"
        + " retention.grace_days."
  })
  void agreementsNotInForceAreDoubtful(LocalDate date, String text) {
    assertThat(inspect(Optional.of(date)).warnings()).extracting(Problem::text).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-01", "2027-12-31"})
  void agreementsCoverTheirFirstAndLastDay(LocalDate date) {
    assertThat(warnings(Optional.of(date))).isEmpty();
  }

  @ParameterizedTest(name = "an export without a k is held to {1} persons if it is {0}")
  @CsvSource({"cells, 50", "audience, 100"})
  void exportsWithoutAKHaveThePlatforms(String kind, int k) {
    Platform platform = inspect(Optional.empty()).configuration().platform();
    Export export =
        new Export(
            "x",
            Export.Kind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)),
            null,
            null,
            null,
            null,
            null,
            new Export.Privacy(null, null, null, null, null, null, null),
            null,
            null,
            null);
    assertThat(export.k(platform)).isEqualTo(k);
    assertThatThrownBy(() -> export.level("age"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Invalid setting exports.x.levels.age: no value. Expected a number from 0.");
  }

  private List<String> warnings(Optional<LocalDate> date) {
    return inspect(date).warnings().stream().map(Problem::toString).toList();
  }

  private ConfigurationLoader.Loaded inspect(Optional<LocalDate> date) {
    return ConfigurationLoader.inspect(directory, List.of("acme"), date);
  }
}
