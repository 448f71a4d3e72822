package com.segumento.ops;

import com.segumento.model.Law;
import com.segumento.model.RequestKind;
import com.segumento.model.RequestStep;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the ledger says of a request: names, dates and figures, never a token or a key.
 *
 * @param id unique of its client
 * @param about what is known of it from a manifest that can be trusted
 * @param step how far it is
 * @param time when that was
 * @param run in which that was
 */
public record RequestRecord(
    String id,
    String client,
    Optional<About> about,
    RequestStep step,
    Instant time,
    String run,
    SortedMap<String, String> details) {

  /** Detail: why a step was taken. */
  public static final String REASON = "reason";

  public RequestRecord {
    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  /**
   * What a request is.
   *
   * @param received by the client
   * @param deadline last day on which it is in time
   * @param persons distinct ones it is about
   */
  public record About(
      RequestKind kind, Law law, Instant received, LocalDate deadline, long persons) {}

  /** The same request at a further step. */
  public RequestRecord at(RequestStep next, Instant when, String by, Map<String, String> said) {
    TreeMap<String, String> all = new TreeMap<>(details);
    all.remove(REASON); // it was that of the step before
    all.putAll(said);
    return new RequestRecord(id, client, about, next, when, by, all);
  }
}
