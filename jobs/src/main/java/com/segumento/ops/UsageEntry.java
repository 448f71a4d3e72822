package com.segumento.ops;

import java.time.Instant;

/**
 * One line of the ledger of usage.
 *
 * @param actor who
 * @param action what, such as {@code release.shared}
 * @param run of the release
 * @param files how many it was about
 * @param expiresAt when what was given ends
 */
public record UsageEntry(
    Instant time,
    String actor,
    String action,
    String client,
    String export,
    String run,
    int files,
    Instant expiresAt) {}
