package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Rules of segments over the events of a person. In all of them {@code from} is an event dataset,
 * {@code where} says which of its events count (all without it), and {@code window} which UTC days,
 * seen from the business date (all that are kept without it).
 */
public final class EventRules {
  private EventRules() {}

  /** Did it, from {@code atLeast} (1 unless said) to {@code atMost} times. */
  public record Did(
      @JsonProperty(required = true) String from,
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String where,
      @Form(pattern = Form.WINDOW, says = Form.WINDOW_SAYS) String window,
      @Range(min = 1) Integer atLeast,
      @Range(min = 1) Integer atMost) {}

  /** Did it not once. */
  public record Never(
      @JsonProperty(required = true) String from,
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String where,
      @Form(pattern = Form.WINDOW, says = Form.WINDOW_SAYS) String window) {}

  /** Did it for the first time, as far as events are kept, within the window. */
  public record First(
      @JsonProperty(required = true) String from,
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String where,
      @JsonProperty(required = true) @Form(pattern = Form.WINDOW, says = Form.WINDOW_SAYS)
          String window) {}

  /**
   * Did it in at least {@code atLeast} of the last {@code periods} periods of {@code every} days,
   * the last of which ends with the business date.
   */
  public record Regularly(
      @JsonProperty(required = true) String from,
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String where,
      @JsonProperty(required = true) @Form(pattern = Form.DAYS, says = Form.DAYS_SAYS) String every,
      @JsonProperty(required = true) @Range(min = 2, max = 120) Integer periods,
      @JsonProperty(required = true) @Range(min = 1, max = 120) Integer atLeast) {}

  /** Did it in the {@code active} days before the last {@code silent} days, and not in these. */
  public record Stopped(
      @JsonProperty(required = true) String from,
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String where,
      @JsonProperty(required = true) @Form(pattern = Form.DAYS, says = Form.DAYS_SAYS)
          String active,
      @JsonProperty(required = true) @Form(pattern = Form.DAYS, says = Form.DAYS_SAYS)
          String silent) {}

  /**
   * Did it in the last {@code recent} days, not in the {@code silent} days before these, and at
   * some time before that.
   */
  public record Restarted(
      @JsonProperty(required = true) String from,
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String where,
      @JsonProperty(required = true) @Form(pattern = Form.DAYS, says = Form.DAYS_SAYS)
          String recent,
      @JsonProperty(required = true) @Form(pattern = Form.DAYS, says = Form.DAYS_SAYS)
          String silent) {}

  /**
   * Events in order.
   *
   * @param steps each an expression; {@code {not: expression}} for one that must not happen between
   *     its neighbours; {@code {step: expression, after: 1d, before: 3d}} for one at least and at
   *     most so long after the step before it
   * @param within from the first step to the last
   */
  public record Sequence(
      @JsonProperty(required = true) String from,
      @JsonProperty(required = true)
          @SchemaText(
              """
          {"type": "array", "minItems": 1, "maxItems": 20,
           "items": {"type": ["string", "object"], "pattern": "\\\\S",
            "properties": {
             "not": {"type": "string", "pattern": "\\\\S"},
             "step": {"type": "string", "pattern": "\\\\S"},
             "after": {"type": "string", "pattern": "^[1-9][0-9]{0,4}[dhm]$",
              "patternErrorMessage": "Expected days, hours or minutes, as in 7d or 12h."},
             "before": {"type": "string", "pattern": "^[1-9][0-9]{0,4}[dhm]$",
              "patternErrorMessage": "Expected days, hours or minutes, as in 7d or 12h."}},
            "additionalProperties": false,
            "patternErrorMessage": "Expected an expression, or a mapping of not or step to one."}}""")
          List<JsonNode> steps,
      @JsonPropertyDescription("At most so long from the first step to the last")
          @Form(
              pattern = "^[1-9][0-9]{0,4}[dhm]$",
              says = "days, hours or minutes, as in 7d or 12h")
          String within,
      @Form(pattern = Form.WINDOW, says = Form.WINDOW_SAYS) String window) {
    public Sequence {
      steps = steps == null ? List.of() : List.copyOf(steps);
    }
  }
}
