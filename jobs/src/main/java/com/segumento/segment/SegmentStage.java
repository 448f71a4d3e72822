package com.segumento.segment;

import com.segumento.lake.Commit;
import com.segumento.lake.ExclusionsTable;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Exclusions;
import com.segumento.model.Sha256;
import com.segumento.ops.StageReport;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traits and memberships of a business date. The trait table is written first and read back for the
 * memberships: what is large is computed once and needs no memory in between, the rules see settled
 * values, and each of the two reads only the columns it needs.
 */
public final class SegmentStage implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentStage.class);

  @Override
  public String name() {
    return "segment";
  }

  @Override
  public Optional<String> inputs(Workspace workspace) {
    SegmentDefinitions definitions = definitions(workspace);
    if (definitions.segments().isEmpty() && definitions.traitNames().isEmpty()) {
      return Optional.empty();
    }
    String all =
        workspace.date()
            + "\n"
            + SegmentInputs.of(workspace).beforePurges(workspace)
            + "\n"
            + definitions.canonical()
            + exclusions(workspace);
    return Optional.of(Sha256.hex(all));
  }

  @Override
  public void run(Workspace workspace, StageReport.Builder report) {
    SegmentDefinitions definitions = definitions(workspace);
    SegmentInputs inputs = SegmentInputs.of(workspace);
    if (inputs.profiles().isEmpty()) {
      throw new ConfigException(
          "There are no profiles of "
              + workspace.clientId()
              + " for "
              + workspace.date()
              + ". Run enrich for that date first.");
    }
    Commit commit = commit(workspace);
    LOG.info("Segmenting: client={} run={}", workspace.clientId(), workspace.run());
    SegmentFigures figures =
        new SegmentFigures(workspace.platform().privacy().defaultK(), definitions, inputs);
    workspace.progress().begin(workspace.clientId() + ": segment traits");
    WriteTraits.Written traits = writeTraits(workspace, definitions, inputs, commit, report);
    workspace.progress().end(definitions.traitNames().size() + " traits");
    workspace.progress().begin(workspace.clientId() + ": segment memberships");
    WriteMemberships write = new WriteMemberships(workspace, definitions, inputs);
    WriteMemberships.Written memberships = write.write(traits.version(), commit, report);
    figures.report(report, traits, memberships);
    write.reportOverlap(memberships, traits.persons(), report);
    workspace.progress().end(definitions.segments().size() + " segments");
    LOG.info(
        "Segmented: run={} traits={} segments={}",
        workspace.run(),
        definitions.traitNames().size(),
        definitions.segments().size());
  }

  private static String exclusions(Workspace workspace) {
    OptionalLong version = ExclusionsTable.of(workspace).version();
    return version.isPresent() ? "\n" + Exclusions.NAME + " " + version.getAsLong() : "";
  }

  private static SegmentDefinitions definitions(Workspace workspace) {
    return SegmentDefinitions.resolve(workspace.spark(), workspace.client(), workspace.segments());
  }

  private static WriteTraits.Written writeTraits(
      Workspace workspace,
      SegmentDefinitions definitions,
      SegmentInputs inputs,
      Commit commit,
      StageReport.Builder report) {
    try {
      return new WriteTraits(workspace, definitions, inputs).write(commit, report);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the traits were counted", e);
    }
  }

  /** Says who was left out: what is made of the tables is held against that. */
  private static Commit commit(Workspace workspace) {
    Map<String, String> note = new TreeMap<>();
    note.put("stage", "segment");
    note.put("date", workspace.date().toString());
    note.put("run", workspace.run());
    ExclusionsTable.of(workspace)
        .version()
        .ifPresent(version -> note.put(Exclusions.NAME, Long.toString(version)));
    return Commit.of(note);
  }
}
