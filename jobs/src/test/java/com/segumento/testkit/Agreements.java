package com.segumento.testkit;

import com.segumento.config.Client;

/** Clients under another agreement than they were given. */
public final class Agreements {
  private Agreements() {}

  /** The same client under {@code agreement}. */
  public static Client under(Client.Agreement agreement, Client client) {
    return new Client(
        client.client(),
        agreement,
        client.keys(),
        client.datasets(),
        client.enrich(),
        client.segments(),
        client.exports(),
        client.retention(),
        client.privacyBudget());
  }
}
