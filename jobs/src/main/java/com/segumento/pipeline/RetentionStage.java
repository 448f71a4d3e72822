package com.segumento.pipeline;

import com.segumento.export.ManifestSigner;
import com.segumento.lake.AlertSink;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.CertificateLedger;
import com.segumento.lake.Holds;
import com.segumento.lake.Lease;
import com.segumento.lake.Leases;
import com.segumento.lake.RetentionLedger;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.model.Sha256;
import com.segumento.ops.StageReport;
import com.segumento.ops.Ticker;
import com.segumento.retention.Certificate;
import com.segumento.retention.Expiry;
import com.segumento.retention.Upkeep;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes what of a client has expired, and what its tables need no longer. Meanwhile nothing else
 * works on the client.
 */
public final class RetentionStage implements Stage {
  /** Name of the stage. */
  public static final String NAME = "retention";

  private final InstantSource clock;
  private final Scope scope;

  /** How much of it. */
  public enum Scope {
    ALL,
    /** What persons asked for, and nothing that has merely expired. */
    ERASURES
  }

  public RetentionStage(Scope scope) {
    this(scope, Ticker::now);
  }

  RetentionStage(Scope scope, InstantSource clock) {
    this.scope = scope;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** What there is to do now; done once, there is nothing more. */
  @Override
  public Optional<String> inputs(Workspace workspace) {
    List<String> lines = new ArrayList<>(lines(workspace));
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(Sha256.hex(String.join("\n", lines) + "\n" + workspace.run()));
  }

  /** What a run would do, a line each. */
  public List<String> lines(Workspace workspace) {
    Instant now = clock.instant();
    List<String> lines = new ArrayList<>();
    erasing(workspace).due().forEach(request -> lines.add("erase, for request " + request));
    if (scope == Scope.ERASURES) {
      return lines;
    }
    boolean held = held(workspace);
    Expiry.Plan plan = expiry(workspace, now).plan(held);
    plan.due().forEach(each -> lines.add("delete " + each.says() + " [" + each.rule() + "]"));
    plan.announced()
        .forEach(each -> lines.add("announce " + each.says() + " [" + each.rule() + "]"));
    plan.held().forEach(each -> lines.add("keep " + each.says() + " [legal hold]"));
    new ExpiryCertificates(workspace)
        .lacking()
        .forEach(of -> lines.add("certify what has expired in run " + of));
    new Upkeep(workspace, now).due(held).forEach(table -> lines.add("vacuum " + table));
    return lines;
  }

  @Override
  public void run(Workspace workspace, StageReport.Builder report) {
    Instant now = clock.instant();
    try (Lease alone =
        new Leases(workspace.lake()).takeRetention(workspace.clientId(), workspace.run())) {
      erasing(workspace).carryOut(report);
      alone.check();
      if (scope == Scope.ALL) {
        expire(workspace, now, report);
      }
    }
  }

  private static void expire(Workspace workspace, Instant now, StageReport.Builder report) {
    Expiry expiry = expiry(workspace, now);
    boolean held = held(workspace);
    Expiry.Plan plan = expiry.plan(held);
    long gone = expiry.carryOut(plan);
    report.count("expired", plan.due().size());
    report.count("announced", plan.announced().size());
    report.count("held", plan.held().size());
    report.count("objects_deleted", gone);
    new ExpiryCertificates(workspace).issue();
    Upkeep upkeep = new Upkeep(workspace, now);
    report.count("objects_vacuumed", upkeep.carryOut(upkeep.due(held)));
  }

  static Certificate certificates(Workspace workspace) {
    return new Certificate(
        CertificateLedger.open(workspace.spark(), workspace.lake()),
        AuditLedger.open(workspace.spark(), workspace.lake()),
        new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS)));
  }

  private static Expiry expiry(Workspace workspace, Instant now) {
    return new Expiry(workspace, RetentionLedger.open(workspace.spark(), workspace.lake()), now);
  }

  private static boolean held(Workspace workspace) {
    return Holds.of(workspace.lake()).active(workspace.client());
  }

  private static Erasing erasing(Workspace workspace) {
    return new Erasing(
        workspace, AlertSink.open(workspace.lake(), workspace.platform(), workspace.secrets()));
  }
}
