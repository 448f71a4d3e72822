package com.segumento.lake;

import java.util.Map;
import java.util.Optional;

/**
 * What a Delta commit carries besides its rows.
 *
 * @param once application id and version under which this commit happens at most once, ever
 * @param note what the table's history says of it; names and dates, never a person
 */
public record Commit(Optional<Once> once, Map<String, String> note) {

  public Commit {
    note = Map.copyOf(note);
  }

  /** A commit that may be repeated. */
  public static Commit of(Map<String, String> note) {
    return new Commit(Optional.empty(), note);
  }

  /** A commit that Delta drops when {@code application} has committed before. */
  public static Commit once(String application, Map<String, String> note) {
    return new Commit(Optional.of(new Once(application, 1L)), note);
  }

  /** Delta's idempotency mark ({@code txnAppId}, {@code txnVersion}). */
  public record Once(String application, long version) {}
}
