package com.segumento.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.pipeline.ClientOutcome;
import com.segumento.pipeline.StageOutcome;
import com.segumento.pipeline.Summary;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a run ended, as a table or JSON. */
final class SummaryView {
  private SummaryView() {}

  static String text(Summary summary) {
    if (summary.clients().isEmpty()) {
      return "Nothing to do: no client's agreement covers " + summary.date() + ".";
    }
    List<String> without =
        summary.clients().stream()
            .filter(SummaryView::isWithoutDrop)
            .map(ClientOutcome::client)
            .toList();
    String drops = withoutDrop(without, summary.date());
    if (summary.idle()) {
      return "Nothing to do: all stages of "
          + summary.date()
          + " are done over the same inputs."
          + drops;
    }
    Table table = new Table("run", "client", "stage", "status", "seconds", "result");
    for (ClientOutcome client : summary.clients()) {
      if (client.stages().isEmpty()) {
        table.row(client.run(), client.client(), "-", "not begun", "", "");
      }
      for (StageOutcome stage : client.stages()) {
        table.row(
            client.run(),
            client.client(),
            stage.stage(),
            stage.status().name().toLowerCase(Locale.ROOT),
            Figures.seconds(stage.seconds()),
            Figures.main(stage.report()));
      }
    }
    return table + drops;
  }

  private static boolean isWithoutDrop(ClientOutcome client) {
    return client.stages().stream()
        .anyMatch(stage -> stage.stage().equals(Figures.INGEST) && !stage.ever());
  }

  /** A line for each of the clients, after other text. */
  static String withoutDrop(Collection<String> clients, LocalDate date) {
    return clients.stream()
        .map(
            client ->
                "\nClient "
                    + client
                    + ": no drop was there to take in, in any run of "
                    + date
                    + ".")
        .collect(Collectors.joining());
  }

  static String json(Summary summary) {
    ObjectNode all =
        JsonNodeFactory.instance
            .objectNode()
            .put("date", summary.date().toString())
            .put("idle", summary.idle())
            .put("exitStatus", summary.exitStatus());
    all.putArray("clients");
    for (ClientOutcome client : summary.clients()) {
      ObjectNode node =
          all.withArray("clients")
              .addObject()
              .put("client", client.client())
              .put("run", client.run())
              .put("error", client.failure().map(failure -> failure.message()).orElse(null))
              .put("withoutDrop", isWithoutDrop(client));
      node.putArray("stages");
      for (StageOutcome stage : client.stages()) {
        ObjectNode counts =
            node.withArray("stages")
                .addObject()
                .put("stage", stage.stage())
                .put("status", stage.status().name())
                .put("seconds", stage.seconds())
                .putObject("counts");
        stage.report().counts().forEach(counts::put);
      }
    }
    return all.toString();
  }
}
