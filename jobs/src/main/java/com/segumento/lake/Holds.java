package com.segumento.lake;

import com.segumento.config.Client;
import com.segumento.lake.ClientLedger.State;
import com.segumento.model.ClientId;

/** Legal holds: while one is on a client, nothing of it is deleted, whoever asks. */
public record Holds(Lake lake) {

  public static Holds of(Lake lake) {
    return new Holds(lake);
  }

  /** Whether the ledger has a hold on a client. */
  public boolean active(ClientId client) {
    return ClientLedger.of(lake).hold(client).filter(e -> e.state() == State.HELD).isPresent();
  }

  /** Whether the ledger has one, or the client's own file. */
  public boolean active(Client client) {
    return client.retention().legalHold() || active(new ClientId(client.client()));
  }
}
