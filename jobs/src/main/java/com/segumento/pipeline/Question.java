package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.config.Segments;
import java.time.LocalDate;
import java.util.List;

/**
 * How many persons some segments hold.
 *
 * @param actor the command, as the audit names it
 * @param definitions the client's, and what is asked for besides
 * @param segments ids of those that are asked for
 * @param preview whether a sample of the persons is enough
 * @param explained whether the plan is wanted
 */
public record Question(
    String actor,
    Client client,
    Segments definitions,
    List<String> segments,
    LocalDate date,
    boolean preview,
    boolean explained) {

  public Question {
    segments = List.copyOf(segments);
  }
}
