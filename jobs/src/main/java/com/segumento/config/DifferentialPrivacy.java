package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Noise in the figures of an export of cells.
 *
 * @param epsilon of one release, of a person who is in one cell of each segment
 * @param delta of {@code gaussian} noise; none of {@code laplace}
 */
public record DifferentialPrivacy(
    @JsonProperty(required = true)
        @JsonPropertyDescription("Distribution of the noise; both are discrete")
        Mechanism mechanism,
    @JsonProperty(required = true)
        @JsonPropertyDescription("Privacy loss of one release, at most")
        @Range(min = 0.001, max = 100)
        Double epsilon,
    @JsonPropertyDescription(
            "Chance that the loss is more than epsilon; far below one in the number of persons")
        @Range(min = 1e-15, max = 0.001)
        Double delta) {
  /** Distributions of noise. */
  public enum Mechanism {
    LAPLACE,
    GAUSSIAN
  }
}
