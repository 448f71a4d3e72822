package com.segumento.pipeline;

import com.segumento.model.PartlyDoneException;
import java.time.LocalDate;
import java.util.List;

/** How a run ended for each of its clients. */
public record Summary(LocalDate date, List<ClientOutcome> clients) {

  public Summary {
    clients = List.copyOf(clients);
  }

  /** Whether nothing was to be done for any client. */
  public boolean idle() {
    return clients.stream().allMatch(ClientOutcome::idle);
  }

  /** The clients that failed. */
  public List<ClientOutcome> failed() {
    return clients.stream().filter(client -> client.failure().isPresent()).toList();
  }

  /**
   * 0 where no client failed; the clients' own status where all failed with the same one; {@link
   * PartlyDoneException#EXIT_STATUS} where some failed; 1 where all did, in different ways.
   */
  public int exitStatus() {
    List<Integer> statuses =
        failed().stream()
            .flatMap(client -> client.failure().stream())
            .map(Failure::exitStatus)
            .distinct()
            .toList();
    if (statuses.isEmpty()) {
      return 0;
    }
    if (failed().size() < clients.size()) {
      return PartlyDoneException.EXIT_STATUS;
    }
    return statuses.size() == 1 ? statuses.get(0) : Failure.UNEXPECTED;
  }
}
