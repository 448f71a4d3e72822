package com.segumento.pipeline;

import com.segumento.model.ConfigException;
import com.segumento.model.PartlyDoneException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a run ended for each of its clients. */
public record Summary(LocalDate date, List<ClientOutcome> clients) {

  public Summary {
    clients = List.copyOf(clients);
  }

  /** The same, and clients that could not begin because their files are wrong. */
  public Summary with(Map<String, ConfigException> broken) {
    List<ClientOutcome> all = new ArrayList<>(clients);
    broken.forEach(
        (client, problem) ->
            all.add(new ClientOutcome(client, "", List.of(), Optional.of(Failure.of(problem)))));
    return new Summary(date, all);
  }

  /** The same, and what was done for clients afterwards. */
  public Summary and(Summary later) {
    Map<String, ClientOutcome> byClient = new LinkedHashMap<>();
    clients.forEach(each -> byClient.put(each.client(), each));
    later.clients.forEach(each -> byClient.merge(each.client(), each, ClientOutcome::and));
    return new Summary(date, List.copyOf(byClient.values()));
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
