package com.segumento.privacy;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.Profiles;
import com.segumento.model.SourceVersions;
import com.segumento.ops.Stopwatch;
import com.segumento.privacy.engine.AudienceEngine;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.engine.RecordEngine;
import com.segumento.privacy.gate.AudienceGate;
import com.segumento.privacy.gate.CellGate;
import com.segumento.privacy.gate.JudgedFolder;
import com.segumento.privacy.gate.MemoryVersions;
import com.segumento.privacy.gate.RecordGate;
import com.segumento.privacy.gate.Verdict;
import com.segumento.privacy.gate.Violation;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes releases: the engine writes them to staging, the gate judges what lies there. */
public final class Anonymizer {
  /** What rows in the ledger of noise may be to blame for, which no run takes out again. */
  private static final Set<Violation> LEFT_IN_LEDGER =
      Set.of(Violation.NOISE, Violation.UNACCOUNTED);

  private static final String GO_ON =
      " If it is refused again once that is mended, what was wrong is in the ledger privacy_budget:"
          + " change privacy.dp.epsilon of the export a little, so that all its noise is drawn, and"
          + " paid for, anew.";

  private final Maker maker;
  private final CellGate cells = new CellGate();
  private final RecordGate records;
  private final AudienceGate audiences = new AudienceGate();

  /** With the engines of this product. */
  public Anonymizer() {
    this(Anonymizer::stage, new RecordGate());
  }

  Anonymizer(Maker maker) {
    this(maker, new RecordGate());
  }

  Anonymizer(Maker maker, RecordGate records) {
    this.maker = maker;
    this.records = records;
  }

  private static LevelChoice stage(ReleaseRequest request) {
    return switch (request.export().kind()) {
      case CELLS -> new CellEngine().stage(request);
      case RECORDS -> new RecordEngine().stage(request);
      case AUDIENCE -> new AudienceEngine().stage(request);
    };
  }

  /** Writes an export's data to a folder in staging, and says at what levels. */
  @FunctionalInterface
  interface Maker {
    LevelChoice stage(ReleaseRequest request);
  }

  /**
   * Checks what {@code export} asks for.
   *
   * @throws com.segumento.model.ConfigException where it makes no sense or can't be kept
   */
  public void check(Workspace workspace, Export export, SourceVersions sources) {
    switch (export.kind()) {
      case CELLS -> new CellEngine().check(workspace, export, sources);
      case RECORDS -> new RecordEngine().check(workspace, export, sources);
      case AUDIENCE -> new AudienceEngine().check(workspace, export, sources);
    }
  }

  /**
   * Makes an export in its folder of staging. The gate judges it at the levels that are said to be
   * in force.
   *
   * @throws PrivacyRefused where nothing can be released, the gate finds one violation, or it is no
   *     longer known what was published before
   */
  public Released release(ReleaseRequest request) {
    Workspace workspace = request.workspace();
    Export export = request.export();
    requireKept(request);
    Stopwatch making = Stopwatch.start();
    if (export.kind() != Export.Kind.CELLS) {
      LevelChoice choice = maker.stage(request);
      return judged(request, choice, Released.Memory.NONE, making.seconds());
    }
    MemoryTable memory = MemoryTable.open(workspace);
    long before = memory.version();
    boolean published = false;
    try {
      LevelChoice choice = maker.stage(request);
      Released.Memory versions = new Released.Memory(before, memory.version());
      Released released = judged(request, choice, versions, making.seconds());
      published = true;
      return released;
    } finally {
      if (!published) {
        memory.forgetSince(before);
      }
    }
  }

  /**
   * Before a table that was lost is declared anew, or anything is made that cannot be published.
   */
  private static void requireKept(ReleaseRequest request) {
    Workspace workspace = request.workspace();
    Export export = request.export();
    String what = "export " + export.name();
    if (export.kind() == Export.Kind.CELLS) {
      MemoryTable.requireKept(workspace, what);
      String profiles = workspace.lake().layout().table(workspace.clientId(), Profiles.NAME);
      MemoryTable.requireKnown(
          workspace, workspace.lake().tables().read(profiles, request.sources().profiles()), what);
    }
    if (export.privacy().dp() != null) {
      NoiseLedger.requireKept(workspace, what);
    }
  }

  private Released judged(
      ReleaseRequest request, LevelChoice choice, Released.Memory memory, double making) {
    Stopwatch judging = Stopwatch.start();
    Verdict verdict = inspect(request, choice, new MemoryVersions(memory.before(), memory.after()));
    if (verdict.violations().isEmpty()
        && new AnsweredBefore(request.workspace(), memory).contradicts()) {
      verdict = verdict.with(Set.of(Violation.TOLD_OTHERWISE));
    }
    if (!verdict.violations().isEmpty()) {
      throw refused(request.workspace(), request.export(), verdict);
    }
    return new Released(
        request,
        choice,
        request.export().k(request.workspace().platform()),
        verdict,
        memory,
        new Released.Times(making, judging.seconds()));
  }

  private Verdict inspect(ReleaseRequest request, LevelChoice choice, MemoryVersions memory) {
    Workspace workspace = request.workspace();
    Export export = request.export();
    SourceVersions sources = request.sources();
    return switch (export.kind()) {
      case CELLS ->
          cells.inspect(workspace, export, choice.levels(), sources, memory, request.folder());
      case RECORDS ->
          records.inspect(workspace, export, choice.levels(), sources, request.folder());
      case AUDIENCE ->
          audiences.inspect(
              workspace, export, sources, JudgedFolder.staged(request.folder()), request.prior());
    };
  }

  /**
   * Who stands behind each row of a release of cells, by numbers of persons alone: {@code
   * segment_id}, here the segment and the labels of the row as one text, and the person's key, each
   * person once a row.
   *
   * @param export at the levels of the release
   */
  public Dataset<Row> persons(Workspace workspace, Export export, SourceVersions sources) {
    return new CellEngine().persons(workspace, export, sources);
  }

  private static PrivacyRefused refused(Workspace workspace, Export export, Verdict verdict) {
    return Refusal.of(
        workspace,
        "export " + export.name(),
        verdict.violations().stream().map(Violation::code).collect(Collectors.joining(", ")),
        "What was staged does not keep what the export promises; report it with the run id "
            + workspace.run()
            + "."
            + (LEFT_IN_LEDGER.stream().anyMatch(verdict.violations()::contains) ? GO_ON : ""));
  }
}
