package com.segumento.privacy;

import com.segumento.config.Export;
import com.segumento.config.Platform;
import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.gate.CellGate;
import com.segumento.privacy.gate.Verdict;
import com.segumento.privacy.gate.Violation;
import java.util.stream.Collectors;

/** Makes releases: the engine writes them to staging, the gate judges what lies there. */
public final class Anonymizer {
  private final Maker maker;
  private final CellGate gate = new CellGate();

  /** With the engine of this product. */
  public Anonymizer() {
    this(new CellEngine()::stage);
  }

  Anonymizer(Maker maker) {
    this.maker = maker;
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
    new CellEngine().check(workspace, export, sources);
  }

  /**
   * Makes an export in its folder of staging. The gate judges it at the levels that are said to be
   * in force.
   *
   * @throws PrivacyRefused where the gate finds one violation
   */
  public Released release(ReleaseRequest request) {
    Workspace workspace = request.workspace();
    Export export = request.export();
    SourceVersions sources = request.sources();
    LevelChoice choice = maker.stage(request);
    Verdict verdict =
        gate.inspect(workspace, export.at(choice.levels()), sources, request.folder());
    if (!verdict.violations().isEmpty()) {
      throw new PrivacyRefused(
          "The privacy gate refused export "
              + export.name()
              + " of client "
              + workspace.client().client()
              + " on "
              + workspace.date()
              + ": "
              + verdict.violations().stream().map(Violation::code).collect(Collectors.joining(", "))
              + ". Nothing of it was published. What was staged does not keep what the export"
              + " promises; report it with the run id "
              + workspace.run()
              + ".");
    }
    Platform.PrivacyFloor floor = workspace.platform().privacy();
    Integer k = export.privacy().k();
    return new Released(
        export,
        sources,
        choice,
        Math.max(k == null ? floor.defaultK() : k, floor.kFloor()),
        verdict);
  }
}
