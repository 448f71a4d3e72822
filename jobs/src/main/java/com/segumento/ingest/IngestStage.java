package com.segumento.ingest;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.lake.PersonKeys;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.model.Sha256;
import com.segumento.ops.StageReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in all complete drops of a client that are dated up to the business date and were not taken
 * in before. A drop is in its table as a whole or not at all, once; rows that break the contract
 * are in quarantine. Refused drops keep no good drop out.
 */
public final class IngestStage implements Stage {
  static final String NAME = "ingest";

  private static final Logger LOG = LoggerFactory.getLogger(IngestStage.class);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> inputs(Workspace workspace) {
    List<String> pending = new ArrayList<>();
    for (DatasetContract contract : workspace.client().datasets()) {
      pending.addAll(Landing.of(workspace, contract).lines());
    }
    return pending.isEmpty()
        ? Optional.empty()
        : Optional.of(Sha256.hex(String.join("\n", pending)));
  }

  @Override
  public List<String> secrets(Client client) {
    return List.of(client.keys().person());
  }

  /**
   * Ingests.
   *
   * @throws com.segumento.model.DataContractException that names every refused drop, after all
   *     others were taken in
   */
  @Override
  public void run(Workspace workspace, StageReport.Builder report) {
    LOG.info(
        "Ingest begins: client={} date={} run={}",
        workspace.client().client(),
        workspace.date(),
        workspace.run());
    List<Refused> refused = new ArrayList<>();
    try (PersonKeys keys = PersonKeys.open(workspace)) {
      for (DatasetContract contract : workspace.client().datasets()) {
        refused.addAll(ingest(workspace, contract, keys.function(), report));
      }
    }
    report.count("drops_refused", refused.size());
    LOG.info(
        "Ingest ends: client={} run={} drops_refused={}",
        workspace.client().client(),
        workspace.run(),
        refused.size());
    if (!refused.isEmpty()) {
      throw Refused.exception(workspace.client().client(), refused);
    }
  }

  private static List<Refused> ingest(
      Workspace workspace,
      DatasetContract contract,
      UserDefinedFunction personKey,
      StageReport.Builder report) {
    Landing landing = Landing.of(workspace, contract);
    report.count("drops_altered", landing.altered());
    List<Refused> refused = new ArrayList<>(landing.refused());
    if (landing.drops().isEmpty()) {
      return refused;
    }
    String drops = landing.drops().size() + " drops";
    workspace
        .progress()
        .begin(workspace.client().client() + ": ingest " + contract.name() + " (" + drops + ")");
    DatasetIngest ingest = new DatasetIngest(workspace, contract, personKey, report);
    refused.addAll(ingest(workspace, ingest, landing, report));
    workspace
        .progress()
        .end(refused.isEmpty() ? drops + " ingested" : refused.size() + " drops refused");
    return refused;
  }

  private static List<Refused> ingest(
      Workspace workspace, DatasetIngest ingest, Landing landing, StageReport.Builder report) {
    var tables = workspace.lake().tables();
    String name = ingest.table().contract().name();
    String path = ingest.table().path();
    if (tables.exists(path)) {
      report.read(name, tables.version(path));
    }
    List<Refused> refused = new Order(ingest).run(landing);
    if (tables.exists(path)) {
      report.wrote(name, tables.version(path));
    }
    return refused;
  }
}
