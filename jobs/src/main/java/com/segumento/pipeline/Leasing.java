package com.segumento.pipeline;

import com.segumento.model.ClientId;
import java.time.LocalDate;

/** Keeps a second driver off a client and date: {@link com.segumento.lake.Leases}. */
@FunctionalInterface
public interface Leasing {
  /**
   * Takes the lease, until it is closed.
   *
   * @throws com.segumento.model.LeaseHeldException where another run holds it
   */
  Held take(ClientId client, LocalDate date, String run);

  /** A lease that is held. */
  @FunctionalInterface
  interface Held extends AutoCloseable {
    /**
     * Refuses to go on where the lease was lost meanwhile.
     *
     * @throws com.segumento.model.LeaseHeldException where it ran out or another run took it
     */
    default void check() {}

    @Override
    void close();
  }
}
