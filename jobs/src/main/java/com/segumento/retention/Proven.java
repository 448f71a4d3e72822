package com.segumento.retention;

import java.time.Instant;

/**
 * That nothing was found in anything there was.
 *
 * @param objects how many were looked into, each whole
 * @param bytes of theirs, as stored
 * @param digest SHA-256 over one line an object, in order of their names: its SHA-256, its length
 *     and its name below the lake
 * @param removed how many objects held a needle, or could not be looked into, and were deleted
 * @param arrived how many objects clients delivered meanwhile, which the next run looks into
 * @param others how many objects that another client delivered hold the same tokens, which are that
 *     client's own, or could not be looked into; they were left alone
 * @param waiting how many objects of requests that are still to be carried out hold the tokens;
 *     they are left alone until then
 * @param needles how many forms of tokens and keys were looked for
 */
public record Proven(
    long objects,
    long bytes,
    String digest,
    long removed,
    long arrived,
    long others,
    long waiting,
    long needles,
    Instant began,
    Instant ended) {}
