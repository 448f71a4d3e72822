package com.segumento.client;

import com.segumento.lake.ClientLedger;
import com.segumento.lake.ClientLedger.State;
import com.segumento.lake.Holds;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import java.util.Map;

/** Lays a legal hold on a client, and lifts it. Done twice it changes nothing. */
public final class Holding {
  private final Desk desk;

  public Holding(Desk desk) {
    this.desk = desk;
  }

  /**
   * Lays a hold; false where there is one already.
   *
   * @param reason why, as in the number of a case; names no person
   */
  public boolean hold(ClientId client, String reason) {
    return change(client, State.HELD, reason);
  }

  /** Lifts a hold; false where there is none in the ledger. */
  public boolean release(ClientId client, String reason) {
    return change(client, State.RELEASED, reason);
  }

  private boolean change(ClientId client, State to, String reason) {
    if (reason.isBlank()) {
      throw ConfigException.invalid("--reason", reason, "why, as in the number of a case");
    }
    requireStays(client);
    if (Holds.of(desk.lake()).active(client) == (to == State.HELD)) {
      return false;
    }
    ClientLedger.of(desk.lake()).add(client, to, "", desk.actor(), reason);
    desk.audit(
        to == State.HELD ? "client.held" : "client.released",
        client.value(),
        Map.of("reason", reason));
    requireStays(client); // whoever offboards looks for holds after it has said so
    return true;
  }

  private void requireStays(ClientId client) {
    if (ClientLedger.of(desk.lake()).leaves(client)) {
      throw new ConfigException(
          "Client " + client + " is being offboarded, or was: a hold comes too late.");
    }
  }
}
