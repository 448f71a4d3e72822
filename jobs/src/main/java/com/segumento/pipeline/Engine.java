package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.ops.Progress;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * What a run works with.
 *
 * @param stages in their order; one of them for a command of a single stage
 * @param check refuses a client whose definitions or lake are not fit, before its first stage
 * @param codeVersion version of the jar, as the journal keeps it
 */
public record Engine(
    SparkSession spark,
    Lake lake,
    Secrets secrets,
    Configuration configuration,
    List<Stage> stages,
    Consumer<Client> check,
    Journal journal,
    Leasing leases,
    Progress progress,
    String codeVersion) {

  public Engine {
    stages = List.copyOf(stages);
  }

  Workspace workspace(Client client, LocalDate date, String run) {
    return new Workspace(
        spark,
        lake,
        secrets,
        configuration.platform(),
        client,
        configuration.segments(new ClientId(client.client())),
        date,
        run,
        configuration.directory(),
        progress);
  }

  List<String> stageNames() {
    return stages.stream().map(Stage::name).toList();
  }
}
