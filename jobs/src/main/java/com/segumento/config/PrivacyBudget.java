package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.LocalDate;

/**
 * How much may be told of one person by all figures with noise of a client.
 *
 * @param delta at which the loss by Gaussian noise is stated; none where there is no such noise
 */
public record PrivacyBudget(
    @JsonProperty(required = true)
        @JsonPropertyDescription("Privacy loss of all exports of a period, at most")
        @Range(min = 0.001, max = 10000)
        Double epsilon,
    @JsonPropertyDescription("Chance that the loss is more than epsilon; with gaussian noise")
        @Range(min = 1e-15, max = 0.001)
        Double delta,
    @JsonProperty(required = true)
        @JsonPropertyDescription("Whole agreement, or calendar year of the business date")
        Per per) {
  /** Periods after which a budget begins anew. */
  public enum Per {
    AGREEMENT,
    YEAR
  }

  /** The business dates that share the budget of {@code date}; both included. */
  public record Period(LocalDate first, LocalDate last) {}

  /** The period a business date is in. */
  public Period period(LocalDate date, Client.Agreement agreement) {
    return switch (per) {
      case AGREEMENT -> new Period(agreement.start(), agreement.end());
      case YEAR -> new Period(date.withDayOfYear(1), date.withDayOfYear(date.lengthOfYear()));
    };
  }
}
