package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.Sessions;
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
 * @param replan whether levels of exports are chosen anew, whatever earlier releases had
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
    String codeVersion,
    boolean replan) {

  public Engine {
    stages = List.copyOf(stages);
  }

  /** One that keeps the levels of earlier releases. */
  public Engine(
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
    this(
        spark,
        lake,
        secrets,
        configuration,
        stages,
        check,
        journal,
        leases,
        progress,
        codeVersion,
        false);
  }

  /** The same, with levels of exports chosen anew. */
  public Engine replanning() {
    return new Engine(
        spark,
        lake,
        secrets,
        configuration,
        stages,
        check,
        journal,
        leases,
        progress,
        codeVersion,
        true);
  }

  /** With a session of its own: some settings of a write can only be made for a whole session. */
  Workspace workspace(Client client, LocalDate date, String run) {
    SparkSession own = Sessions.another(spark);
    return new Workspace(
        own,
        Lake.open(own, lake.layout().root()),
        secrets,
        configuration.platform(),
        client,
        configuration.segments(new ClientId(client.client())),
        date,
        run,
        configuration.directory(),
        progress,
        replan);
  }

  List<String> stageNames() {
    return stages.stream().map(Stage::name).toList();
  }
}
