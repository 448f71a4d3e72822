package com.segumento.request;

import com.segumento.lake.AuditLedger;
import com.segumento.lake.RequestLedger;
import com.segumento.lake.Workspace;
import com.segumento.model.RequestStep;
import com.segumento.ops.RequestRecord;
import com.segumento.ops.Ticker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes down steps of a client's requests: in the audit and then in the ledger. */
final class Steps {
  private final Workspace workspace;
  private final RequestLedger ledger;
  private final Runnable beforeWrite;
  private final Map<String, RequestRecord> newest = new LinkedHashMap<>();
  private final List<RequestRecord> taken = new ArrayList<>();

  /**
   * @param beforeWrite is run before anything is written; where it throws, the run was killed
   */
  Steps(Workspace workspace, Runnable beforeWrite) {
    this.workspace = workspace;
    this.beforeWrite = beforeWrite;
    this.ledger = RequestLedger.open(workspace.spark(), workspace.lake());
    ledger.newest(workspace.clientId()).forEach(record -> newest.put(record.id(), record));
  }

  /** How far each request is, in the order they came. */
  List<RequestRecord> newest() {
    return List.copyOf(newest.values());
  }

  /** How far a request is; null where it is new. */
  RequestRecord of(String id) {
    return newest.get(id);
  }

  /** What was written down here. */
  List<RequestRecord> taken() {
    return List.copyOf(taken);
  }

  /** Announces a write. */
  void beforeWrite() {
    beforeWrite.run();
  }

  /** Takes a step with known requests, all at once. */
  void take(RequestStep step, List<RequestRecord> requests, Map<String, String> details) {
    take(
        requests.stream()
            .map(record -> record.at(step, Ticker.now(), workspace.run(), details))
            .toList());
  }

  /** Writes down steps of one kind. */
  void take(List<RequestRecord> steps) {
    if (steps.isEmpty()) {
      return;
    }
    beforeWrite();
    // The audit first: killed in between, a step is audited twice rather than never.
    AuditLedger.open(workspace.spark(), workspace.lake())
        .append(
            workspace.spark().sparkContext().sparkUser(),
            "request." + steps.get(0).step().name().toLowerCase(Locale.ROOT),
            workspace.client().client(),
            Map.of(
                "requests",
                steps.stream().map(RequestRecord::id).collect(Collectors.joining(" ")),
                "run",
                workspace.run(),
                "date",
                workspace.date().toString()));
    beforeWrite();
    ledger.append(steps);
    for (RequestRecord step : steps) {
      newest.put(step.id(), step);
      taken.add(step);
    }
  }
}
