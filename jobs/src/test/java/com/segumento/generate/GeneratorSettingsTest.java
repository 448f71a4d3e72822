package com.segumento.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ConfigException;
import java.time.LocalDate;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorSettingsTest {
  private static final LocalDate FROM = LocalDate.of(2026, 1, 1);

  @Test
  void pinsItsDefaults() {
    assertThat(GeneratorSettings.DEFAULT_NIGHTS).isEqualTo(2);
    assertThat(GeneratorSettings.of(1000, 58, 7, FROM, 2))
        .isEqualTo(
            new GeneratorSettings(1000, 58, 7, FROM, 2, 10.0, OptionalDouble.empty(), 0.01, 0.02));
    assertThat(GeneratorSettings.DEFAULT_BROKEN_RATE).isEqualTo(0.005);
  }

  @Test
  void putsTheLastNightOnTheLastDay() {
    GeneratorSettings settings = GeneratorSettings.of(1, 30, 7, FROM, 3);
    assertThat(settings.dayOfNight(0)).isEqualTo(27);
    assertThat(settings.dayOfNight(2)).isEqualTo(29);
    assertThat(GeneratorSettings.of(1, 1, 7, FROM, 1).dayOfNight(0)).isZero();
  }

  @ParameterizedTest(name = "{0} persons, {1} days, {2} nights")
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 30 | 2 | Invalid setting generate.persons: 0. Expected an integer of at least 1.",
        "1 | 0 | 1 | Invalid setting generate.days: 0. Expected an integer between 1 and 3660.",
        "1 | 3661 | 1 | Invalid setting generate.days: 3661. Expected an integer between 1 and 3660.",
        "1 | 2 | 3 | Invalid setting generate.nights: 3. Expected an integer between 1 and days, 2.",
        "1 | 2 | 0 | Invalid setting generate.nights: 0. Expected an integer between 1 and days, 2."
      })
  void refusesWhatCannotBe(long persons, int days, int nights, String message) {
    assertThatThrownBy(() -> GeneratorSettings.of(persons, days, 7, FROM, nights))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void refusesARateThatIsNoShare() {
    GeneratorSettings settings = GeneratorSettings.of(1, 1, 7, FROM, 1);
    assertThat(settings.withBrokenRate(1).brokenRate()).hasValue(1);
    assertThatThrownBy(() -> settings.withBrokenRate(1.01))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid setting generate.broken_rate: 1.01. Expected a share between 0 and 1.");
  }
}
