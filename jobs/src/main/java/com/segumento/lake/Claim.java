package com.segumento.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.ops.Holder;
import java.time.Instant;

/**
 * One generation of a lease, as its file says it.
 *
 * @param run the run that works under the lease
 * @param lease random, the same in all generations of one lease
 * @param since when the lease was taken
 * @param until when it ends unless it is renewed
 * @param released whether its holder has given it back
 */
record Claim(
    String run, String lease, Holder holder, String since, String until, boolean released) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Claim parse(String json) {
    try {
      return JSON.readValue(json, Claim.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A lease's file holds no lease.", e);
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether somebody else must keep off, as far as {@code self} can tell. */
  boolean holds(Instant now, Holder self) {
    return !released && now.isBefore(Instant.parse(until)) && !self.knowsDead(holder);
  }

  Claim renewed(Instant newUntil) {
    return new Claim(run, lease, holder, since, newUntil.toString(), false);
  }

  Claim givenBack() {
    return new Claim(run, lease, holder, since, until, true);
  }
}
