package com.segumento.client;

import com.segumento.lake.ClientLedger;
import com.segumento.lake.ClientLedger.State;
import com.segumento.lake.Lease;
import com.segumento.lake.Leases;
import com.segumento.model.ClientId;
import java.util.function.Supplier;

/**
 * Works on a client while nobody else does: under a lease of its own, when no run holds one, and
 * with the ledger saying that none may begin.
 */
record Whole(Desk desk, ClientId client) {

  /**
   * Does the work.
   *
   * @param begun the ledger's entry is made by it, or found where an earlier process was killed
   * @throws com.segumento.model.LeaseHeldException where a run works on the client
   */
  <T> T work(String name, Supplier<ClientLedger.Entry> begun, Work<T> work) {
    Leases leases = new Leases(desk.lake());
    try (Lease whole = leases.takeWhole(client, name)) {
      leases.requireFree(client);
      ClientLedger.Entry entry = begun.get();
      // A run that took its lease just before the entry was made is seen now; one that takes it
      // later sees the entry.
      leases.requireFree(client);
      whole.check();
      return work.under(entry);
    }
  }

  /** What is done. */
  @FunctionalInterface
  interface Work<T> {
    T under(ClientLedger.Entry entry);
  }

  /** The entry of work that was begun before, or a new one. */
  ClientLedger.Entry begin(State state, Supplier<String> id, String reason) {
    ClientLedger ledger = ClientLedger.of(desk.lake());
    return ledger
        .life(client)
        .filter(entry -> entry.state() == state)
        .orElseGet(() -> ledger.add(client, state, id.get(), desk.actor(), reason));
  }
}
