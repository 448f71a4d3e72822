package com.segumento.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.client.Archiving;
import com.segumento.client.Below;
import com.segumento.client.Desk;
import com.segumento.client.FullExport;
import com.segumento.client.Holding;
import com.segumento.client.Issue;
import com.segumento.client.Offboarding;
import com.segumento.config.Client;
import com.segumento.lake.StorageGuard;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.pipeline.Certificates;
import com.segumento.pipeline.Parts;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import picocli.CommandLine;

/** Carries out a request of a whole client, and says how it ended. */
final class ClientRequests {
  private final Surroundings outside;
  private final ClientCommand.Of of;
  private final CommandLine command;
  private final ClientId id;

  ClientRequests(Surroundings outside, ClientCommand.Of of, CommandLine command) {
    this.outside = outside;
    this.of = of;
    this.command = command;
    this.id = new ClientId(of.client);
  }

  int export(String to) {
    return told(
        (desk, client) -> {
          FullExport.Written written =
              new FullExport(desk).export(client, to == null ? FullExport.defaultFolder(id) : to);
          return answer("exported")
              .put("folder", written.folder())
              .put("tables", written.tables())
              .put("files", written.files())
              .put("rows", written.rows());
        });
  }

  int archive(ClientCommand.Removal removal) {
    confirmed(removal);
    return told(
        (desk, client) -> {
          Archiving archiving = new Archiving(desk);
          if (removal.dryRun) {
            ObjectNode plan = answer("would be archived");
            archiving.plan(id).forEach(prefix -> prefix(plan, prefix));
            return plan;
          }
          return moved("archived", archiving.archive(client));
        });
  }

  int offboard(ClientCommand.Removal removal) {
    confirmed(removal);
    return told(
        (desk, client) -> {
          Offboarding.Plan plan = Offboarding.plan(desk, client);
          ObjectNode answer = answer(removal.dryRun ? "would be offboarded" : "offboarded");
          if (!removal.dryRun) {
            answer.put("certificate", new Offboarding(desk, certificates(desk)).offboard(client));
          }
          plan.prefixes().forEach(prefix -> prefix(answer, prefix));
          plan.aliases().forEach(answer.withArray("keys")::add);
          return answer;
        });
  }

  private static Issue certificates(Desk desk) {
    return new Certificates(
            new Parts(desk.spark(), desk.lake(), desk.secrets(), desk.configuration()))
        .offboarding();
  }

  int restore() {
    return told((desk, client) -> moved("restored", new Archiving(desk).restore(client)));
  }

  int hold(String reason) {
    return told(
        (desk, client) -> answer(new Holding(desk).hold(id, reason) ? "held" : "was held already"));
  }

  int release(String reason) {
    return told(
        (desk, client) -> {
          ObjectNode answer =
              answer(new Holding(desk).release(id, reason) ? "released" : "was not held");
          return client.retention().legalHold()
              ? answer.put("still_held_by", "retention.legal_hold in the client's file")
              : answer;
        });
  }

  private int told(BiFunction<Desk, Client, ObjectNode> work) {
    ObjectNode answer;
    try (ConsoleProgress progress = ConsoleProgress.of(outside, command.getErr())) {
      Workbench bench = Workbench.open(outside, of.common, progress, "client " + id);
      if (!bench.broken().isEmpty()) {
        // What another client's file names is not touched, so that all of them must be known.
        throw new ConfigException(
            bench.broken().values().stream()
                .map(Throwable::getMessage)
                .collect(java.util.stream.Collectors.joining("\n")));
      }
      Client client = bench.configuration().client(id);
      StorageGuard.check(
          bench.spark(), bench.configuration().platform(), client, bench.lake().layout().root());
      answer =
          work.apply(
              new Desk(
                  bench.spark(), bench.lake(), bench.secrets(), bench.configuration(), progress),
              client);
    }
    command.getOut().println(of.json ? answer.toString() : text(answer));
    return 0;
  }

  private void confirmed(ClientCommand.Removal removal) {
    if (!removal.dryRun && !id.value().equals(removal.confirm)) {
      throw new ConfigException(
          "Nothing was done. See what would be with --dry-run; then say --confirm " + id + ".");
    }
  }

  private ObjectNode answer(String status) {
    return JsonNodeFactory.instance.objectNode().put("client", id.value()).put("status", status);
  }

  private ObjectNode moved(String status, Archiving.Moved moved) {
    return answer(status)
        .put("archive", moved.archive())
        .put("files", moved.files())
        .put("bytes", moved.bytes());
  }

  private static void prefix(ObjectNode plan, Below below) {
    plan.withArray("prefixes")
        .addObject()
        .put("prefix", below.prefix())
        .put("objects", below.objects())
        .put("bytes", below.bytes());
  }

  private static String text(ObjectNode answer) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    answer
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isArray()) {
                entry.getValue().forEach(one -> lines.add("  " + line(one)));
              } else {
                lines.add(entry.getKey().replace('_', ' ') + ": " + entry.getValue().asText());
              }
            });
    return lines.toString();
  }

  private static String line(JsonNode one) {
    return one.isObject()
        ? one.path("prefix").asText()
            + ": "
            + one.path("objects").asText()
            + " objects, "
            + one.path("bytes").asText()
            + " bytes"
        : one.asText();
  }
}
