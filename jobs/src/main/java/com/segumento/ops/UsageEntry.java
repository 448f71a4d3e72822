package com.segumento.ops;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One line of the ledger of usage. What does not apply is null.
 *
 * @param actor who
 * @param action what: a command, or {@code release.shared}
 * @param client whose data it was about; {@link #ALL} where it was about no one client
 * @param run that it made, or looked at
 * @param businessDate that it was for
 * @param exitStatus how the command ended
 * @param files how many were given
 * @param expiresAt when what was given ends
 */
public record UsageEntry(
    Instant time,
    String actor,
    String action,
    String client,
    String export,
    String run,
    LocalDate businessDate,
    Integer exitStatus,
    Integer files,
    Instant expiresAt) {
  /** No one client. */
  public static final String ALL = "*";
}
