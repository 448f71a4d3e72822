package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.config.Segments;
import com.segumento.privacy.engine.DimensionLabels;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How many persons some segments hold.
 *
 * @param actor the command, as the audit names it
 * @param definitions the client's, and what is asked for besides
 * @param segments ids of those that are asked for
 * @param preview whether a sample of the persons is enough
 * @param explained whether the plan is wanted
 * @param by a dimension the segments are to be broken down by
 * @param overlap whether it is wanted what they have in common with the client's own segments
 */
public record Question(
    String actor,
    Client client,
    Segments definitions,
    List<String> segments,
    LocalDate date,
    boolean preview,
    boolean explained,
    Optional<DimensionLabels> by,
    boolean overlap) {

  public Question {
    segments = List.copyOf(segments);
  }

  /** Of the funnel alone. */
  public Question(
      String actor,
      Client client,
      Segments definitions,
      List<String> segments,
      LocalDate date,
      boolean preview,
      boolean explained) {
    this(actor, client, definitions, segments, date, preview, explained, Optional.empty(), false);
  }

  /** The same with the parts of the segments. */
  public Question parted(Optional<DimensionLabels> dimension, boolean shared) {
    return new Question(
        actor, client, definitions, segments, date, preview, explained, dimension, shared);
  }
}
