package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.export.Manifest;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.TableUpkeep;
import com.segumento.lake.Workspace;
import com.segumento.model.LakeLayout;
import com.segumento.model.Usage;
import com.segumento.ops.Progress;
import com.segumento.ops.Ticker;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Retention over clients, after the stages of a night or by itself, also of clients whose agreement
 * has ended; and of what the platform keeps of those who use it.
 */
public final class Retaining {
  private static final String USAGE_RULE = "usage_log_days";

  private final Parts parts;
  private final Engine engine;

  private final RetentionStage.Scope scope;

  public Retaining(Parts parts, RetentionStage.Scope scope, Progress progress, String codeVersion) {
    this.parts = parts;
    this.scope = scope;
    this.engine = parts.engine(List.of(new RetentionStage(scope)), progress, codeVersion);
  }

  /** The clients whose data may be here: all but those that were moved away or left. */
  public List<Client> clients() {
    return parts.configuration().clients().values().stream()
        .filter(client -> parts.leftOut(client.client()).isEmpty())
        .toList();
  }

  /** What {@link #run} would do, by client; the platform's own under an empty name. */
  public Map<String, List<String>> plan(LocalDate date, List<Client> clients) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (Client client : clients) {
      lines.put(
          client.client(),
          EndedAgreements.isOver(client, date)
              ? ended().lines(client)
              : lines(engine.workspace(client, date, date + "-dry-run")));
    }
    lines.put("", hasOldUsage(date) ? List.of(usageLine(date)) : List.of());
    return lines;
  }

  /** Carries out requests, deletes what has expired, proves what was erased. */
  public Summary run(LocalDate date, List<Client> clients) {
    Summary summary =
        new Nightly(engine)
            .follow(
                date,
                clients.stream().filter(client -> !EndedAgreements.isOver(client, date)).toList());
    if (scope == RetentionStage.Scope.ALL) {
      summary = summary.and(new Summary(date, offboarded(date, clients)));
    }
    if (scope == RetentionStage.Scope.ALL && hasOldUsage(date)) {
      engine.progress().begin(usageLine(date));
      int gone =
          new TableUpkeep(parts.spark(), parts.lake())
              .deleteBefore(
                  usage(), Usage.USAGE_DATE, usageCutoff(date), Map.of("retention", USAGE_RULE));
      AuditLedger.open(parts.spark(), parts.lake())
          .append(
              "retention",
              "usage.expired",
              Usage.NAME,
              Map.of("before", usageCutoff(date).toString(), "objects", Integer.toString(gone)));
      engine.progress().end(gone + " objects");
    }
    return summary;
  }

  private List<ClientOutcome> offboarded(LocalDate date, List<Client> clients) {
    return clients.stream()
        .filter(client -> EndedAgreements.isOver(client, date))
        .flatMap(client -> ended().carryOut(client, date + "-retention").stream())
        .toList();
  }

  private EndedAgreements ended() {
    return new EndedAgreements(parts, engine.progress(), Ticker.now());
  }

  private List<String> lines(Workspace workspace) {
    List<String> lines = new ArrayList<>();
    LakeLayout layout = workspace.lake().layout();
    for (StoredObject object :
        workspace.lake().objects().list(layout.requestQueue(workspace.clientId()))) {
      if (object.uri().endsWith("/" + LakeLayout.MANIFEST) && isReceived(workspace, object.uri())) {
        lines.add("take in the request " + layout.relative(object.uri()));
      }
    }
    lines.addAll(new RetentionStage(scope).lines(workspace));
    return lines;
  }

  // What was received later waits for a later night; what does not say so is refused tonight.
  private static boolean isReceived(Workspace workspace, String manifest) {
    String received =
        Manifest.parse(workspace.lake().objects().text(manifest).orElse(""))
            .path("received")
            .asText();
    return !received.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T.*")
        || received.substring(0, 10).compareTo(workspace.date().toString()) <= 0;
  }

  private boolean hasOldUsage(LocalDate date) {
    return parts.lake().tables().exists(usage())
        && new TableUpkeep(parts.spark(), parts.lake())
            .keepsBefore(usage(), Usage.USAGE_DATE, usageCutoff(date));
  }

  private String usageLine(LocalDate date) {
    return "delete rows of ops/usage before " + usageCutoff(date) + " [" + USAGE_RULE + "]";
  }

  private LocalDate usageCutoff(LocalDate date) {
    return date.minusDays(parts.configuration().platform().usageLogDays());
  }

  private String usage() {
    return parts.lake().layout().ops(Usage.NAME);
  }
}
