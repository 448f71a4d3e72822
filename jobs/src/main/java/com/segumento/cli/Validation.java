package com.segumento.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.config.Segments;
import com.segumento.lake.Secrets;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.pipeline.NeededSecrets;
import com.segumento.pipeline.Parts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Checks configuration as a run would, and what only Spark can check of it. */
final class Validation {
  private final Surroundings outside;
  private final Common common;
  private final PrintWriter err;

  Validation(Surroundings outside, Common common, PrintWriter err) {
    this.outside = outside;
    this.common = common;
    this.err = err;
  }

  /**
   * What was found good.
   *
   * @param client the only one to look at; all where it is null
   * @throws ConfigException that lists what is wrong
   */
  String check(String client, boolean json) {
    List<String> ids =
        client == null
            ? ConfigurationLoader.clientIds(common.conf)
            : List.of(new ClientId(client).value());
    ConfigurationLoader.Loaded loaded =
        ConfigurationLoader.inspect(common.conf, ids, Optional.empty());
    List<String> problems = expressions(loaded.configuration());
    if (!problems.isEmpty()) {
      throw new ConfigException(String.join("\n", problems));
    }
    List<String> warnings = new ArrayList<>();
    loaded.warnings().forEach(warning -> warnings.add(warning.toString()));
    warnings.addAll(secrets(loaded.configuration()));
    if (json) {
      ObjectNode node = JsonNodeFactory.instance.objectNode().put("valid", true);
      node.putArray("clients");
      ids.forEach(node.withArray("clients")::add);
      node.putArray("warnings");
      warnings.forEach(node.withArray("warnings")::add);
      return node.toString();
    }
    warnings.forEach(warning -> Failures.print(err, "warning: " + warning));
    return "The configuration is valid. Clients: " + String.join(", ", ids);
  }

  static String invalid(ConfigException e) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("valid", false);
    node.putArray("problems");
    e.getMessage().lines().forEach(node.withArray("problems")::add);
    return node.toString();
  }

  /**
   * What is not where runs will look for it; nothing where no provider of secrets is set. The
   * configuration is right without, and may be looked at where its secrets are not.
   */
  private static List<String> secrets(Configuration configuration) {
    Secrets secrets = Secrets.of(new SparkConf());
    try {
      return secrets.hasProvider() ? new NeededSecrets(secrets).missing(configuration) : List.of();
    } catch (ConfigException e) {
      return List.of(e.getMessage());
    }
  }

  /** Resolves the expressions of all clients; starts Spark only where there are some. */
  private List<String> expressions(Configuration configuration) {
    List<Client> some =
        configuration.clients().values().stream()
            .filter(
                client ->
                    !configuration.segments(new ClientId(client.client())).equals(Segments.NONE))
            .toList();
    if (some.isEmpty()) {
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    try (ConsoleProgress progress = ConsoleProgress.of(outside, err)) {
      SparkSession spark =
          Workbench.spark(outside, progress, "validate", configuration.platform().lake());
      for (Client client : some) {
        try {
          Parts.definitions(spark, configuration, client);
        } catch (ConfigException e) { // the problems of all clients are told at once
          problems.add(e.getMessage());
        }
      }
    }
    return problems;
  }
}
