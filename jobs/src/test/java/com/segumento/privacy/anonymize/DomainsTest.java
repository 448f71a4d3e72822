package com.segumento.privacy.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.AnonymizeSpec;
import com.segumento.model.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DomainsTest {

  @Test
  void numbersFallIntoIntervalsThatHoldTheirLowerEnd() {
    assertThat(
            Domains.intervals(
                "age",
                List.of("19", "20", "9", "39.5", ""),
                new AnonymizeSpec.Intervals(0.0, null, List.of(10.0, 20.0))))
        .containsExactly(
            List.of("", "", "", "*"),
            List.of("9", "[0, 10)", "[0, 20)", "*"),
            List.of("19", "[10, 20)", "[0, 20)", "*"),
            List.of("20", "[20, 30)", "[20, 40)", "*"),
            List.of("39.5", "[30, 40)", "[20, 40)", "*"));
  }

  @Test
  void intervalsBeginAtFromAndGoBelowZero() {
    assertThat(
            Domains.intervals(
                "balance",
                List.of("-3", "6"),
                new AnonymizeSpec.Intervals(-5.0, 10.0, List.of(2.5))))
        .containsExactly(List.of("-3", "[-5, -2.5)", "*"), List.of("6", "[5, 7.5)", "*"));
  }

  @Test
  void numbersOutsideAreRefusedByTheirCountAlone() {
    assertThatThrownBy(
            () ->
                Domains.intervals(
                    "age",
                    List.of("17", "18", "90", "91", "secret"),
                    new AnonymizeSpec.Intervals(18.0, 90.0, List.of(10.0))))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Attribute age has 3 distinct values that are no numbers of at least 18 and of at most"
                + " 90. Correct them, or choose another hierarchy.");
  }

  @Test
  void datesAreCutToTheirParts() {
    assertThat(
            Domains.dates(
                "born",
                List.of("2026-11-24", "2025-02-28"),
                List.of(AnonymizeSpec.DatePart.values())))
        .containsExactly(
            List.of("2025-02-28", "2025-02", "2025-Q1", "2025", "*"),
            List.of("2026-11-24", "2026-11", "2026-Q4", "2026", "*"));
  }

  @Test
  void timesHaveALevelOfDays() {
    assertThat(
            Domains.dates(
                "seen",
                List.of("2026-11-24 10:00:00"),
                List.of(AnonymizeSpec.DatePart.DAY, AnonymizeSpec.DatePart.YEAR)))
        .containsExactly(List.of("2026-11-24 10:00:00", "2026-11-24", "2026", "*"));
  }

  @Test
  void whatIsNoDateIsRefused() {
    assertThatThrownBy(
            () ->
                Domains.dates(
                    "born",
                    List.of("2026-02-30", "24/11/2026", "2026-11-24"),
                    List.of(AnonymizeSpec.DatePart.YEAR)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Attribute born has 2 distinct values that are no dates as 2026-12-31. Correct them,"
                + " or choose another hierarchy.");
  }

  @Test
  void textsAreMaskedFromTheRightToOneLength() {
    assertThat(Domains.masks(List.of("411001", "4110"), new AnonymizeSpec.Mask(List.of(2, 3, 9))))
        .containsExactly(
            List.of("4110", "4110**", "411***", "*"), List.of("411001", "4110**", "411***", "*"));
    assertThat(Domains.masks(List.of("abc"), new AnonymizeSpec.Mask(List.of())))
        .containsExactly(List.of("abc", "ab*", "a**", "*"));
  }

  @Test
  void postalCodesGoUpByTheTableOfPlaces() {
    Map<String, List<String>> places =
        Map.of("411001", List.of("Pune, Maharashtra", "Maharashtra", "West", "India"));

    assertThat(Domains.places("pincode", List.of("411001", ""), places, 4))
        .containsExactly(
            List.of("", "", "", "", "", "*"),
            List.of("411001", "Pune, Maharashtra", "Maharashtra", "West", "India", "*"));
    assertThatThrownBy(() -> Domains.places("pincode", List.of("999999"), places, 4))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Attribute pincode has 1 distinct values that are in no place of the table of places."
                + " Correct them, or choose another hierarchy.");
  }
}
