package com.segumento.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Client;
import com.segumento.generate.DropGenerator;
import com.segumento.generate.GeneratedDrop;
import com.segumento.generate.GeneratorSettings;
import com.segumento.generate.OnlineRetail;
import com.segumento.lake.AuditLedger;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.ops.RunJson;
import com.segumento.ops.StageReport;
import com.segumento.reference.ReferenceLoad;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts reference data and drops into the lake, and says what it put there. */
final class Loading {
  private static final String ACTOR = "operator";

  private final Surroundings outside;
  private final Common common;
  private final PrintWriter err;

  Loading(Surroundings outside, Common common, PrintWriter err) {
    this.outside = outside;
    this.common = common;
    this.err = err;
  }

  /** Loads a version of reference tables that lie in one place. */
  String references(List<String> names, String path, LocalDate validFrom, boolean json) {
    Map<String, StageReport> reports = new LinkedHashMap<>();
    try (ConsoleProgress progress = ConsoleProgress.of(outside, err)) {
      Workbench bench =
          Workbench.open(outside, common, progress, "reference load " + String.join(" ", names));
      for (String name : names) {
        progress.begin("reference load " + name);
        reports.put(name, reference(bench, name, path, validFrom));
        progress.end("done");
      }
    }
    return reports.entrySet().stream()
        .map(
            loaded ->
                json ? RunJson.json(loaded.getValue()) : text(loaded.getKey(), loaded.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static StageReport reference(
      Workbench bench, String name, String path, LocalDate validFrom) {
    String run = "reference-" + name + "-" + validFrom;
    StageReport report =
        ReferenceLoad.load(bench.spark(), bench.lake(), name, path, validFrom, run);
    AuditLedger.open(bench.spark(), bench.lake())
        .append(
            ACTOR, "reference.loaded", name, Map.of("valid_from", "" + validFrom, "path", path));
    return report;
  }

  private static String text(String name, StageReport report) {
    Table table = new Table("reference " + name, "");
    report.counts().forEach((figure, value) -> table.row(figure.replace('_', ' '), "" + value));
    return table.toString();
  }

  /** Generates drops. */
  String drops(GenerateCommand.Settings settings, boolean json) {
    List<GeneratedDrop> drops;
    try (ConsoleProgress progress = ConsoleProgress.of(outside, err)) {
      Workbench bench =
          Workbench.open(
              outside, common, progress, "generate " + settings.client, List.of(settings.client));
      Client client = bench.configuration().client(new ClientId(settings.client));
      progress.begin("generate " + settings.client);
      drops = drops(bench, client, settings);
      progress.end("done");
    }
    return json ? json(drops) : text(drops);
  }

  private static List<GeneratedDrop> drops(
      Workbench bench, Client client, GenerateCommand.Settings settings) {
    return switch (settings.source) {
      case "synthetic" ->
          DropGenerator.generate(bench.spark(), bench.lake(), client, settings(settings, client));
      case OnlineRetail.NAME ->
          OnlineRetail.generate(
              bench.spark(),
              bench.lake(),
              client,
              bench.configuration().directory().resolve(OnlineRetail.FILE),
              settings.nights);
      default ->
          throw ConfigException.invalid(
              "--source", settings.source, "synthetic or " + OnlineRetail.NAME);
    };
  }

  private static GeneratorSettings settings(GenerateCommand.Settings settings, Client client) {
    return GeneratorSettings.of(
        settings.persons,
        settings.days,
        settings.seed,
        settings.from == null ? client.agreement().start() : settings.from,
        settings.nights);
  }

  private static String text(List<GeneratedDrop> drops) {
    Table table = new Table("drop", "dataset", "date", "files", "rows");
    for (GeneratedDrop drop : drops) {
      table.row(
          drop.dropId(), drop.dataset(), "" + drop.date(), "" + drop.files(), "" + drop.rows());
    }
    return table.toString();
  }

  private static String json(List<GeneratedDrop> drops) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.putArray("drops");
    for (GeneratedDrop drop : drops) {
      all.withArray("drops")
          .addObject()
          .put("dropId", drop.dropId())
          .put("dataset", drop.dataset())
          .put("date", drop.date().toString())
          .put("files", drop.files())
          .put("rows", drop.rows());
    }
    return all.toString();
  }
}
