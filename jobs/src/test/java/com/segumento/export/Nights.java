package com.segumento.export;

import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.ReleaseMemory;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.MemoryMutant;
import com.segumento.privacy.MemoryTable;
import com.segumento.privacy.NoiseMutant;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * Two nights of a client that has been told of twenty persons in all. On the first its ten women
 * are published, with noise; the eight men are held back, as the two others would be told of. On
 * the second, without noise, an eleventh woman is there, who waits. And what the ledger of runs
 * would say of runs that broke what the gate holds them to.
 */
final class Nights {
  /** Published on the second night. */
  static final String EXACT = NoiseMutant.EXPORT;

  /** Published on the first. */
  static final String NOISY = NoiseMutant.NOISY;

  private static final LocalDate FIRST = CellFixture.DATE;
  private static final String MEMORY = ReleaseMemory.NAME + " of ";
  private static final int WOMEN = 10;

  private final CellFixture fixture;
  private final Map<String, Night> nights = new HashMap<>();
  private final long before;

  /** A run and what it reported. */
  private record Night(Workspace workspace, String inputs, StageReport report) {}

  private Nights(CellFixture fixture) {
    this.fixture = fixture;
    fixture.budget("{epsilon: 2, delta: 1.0e-6, per: year}");
    persons(WOMEN);
    Workspace first = fixture.write().workspace(FIRST, 1, NOISY);
    List<Integer> all = new ArrayList<>(IntStream.range(0, WOMEN).boxed().toList());
    all.addAll(men());
    all.addAll(List.of(200, 201));
    remember(first, Cells.ANY, "{}", all);
    nights.put("noisy", publish(first));
    persons(WOMEN + 1);
    fixture.night(FIRST.plusDays(1));
    nights.put("nights", publish(fixture.workspace(FIRST.plusDays(1), 1, EXACT)));
    this.before = MemoryTable.open(first).version();
    remember(first, "gender@0", "{\"gender@0\":\"m\"}", men());
  }

  /** Publishes them. */
  static Nights publish(CellFixture fixture) {
    return new Nights(fixture);
  }

  private void persons(int women) {
    fixture.everybodyLeaves();
    fixture.people(0, women, "f", "Pune", "a");
    fixture.people(100, 108, "m", "Pune", "a");
    fixture.people(200, 202, "x", "Pune", "a");
  }

  private static List<Integer> men() {
    return IntStream.range(100, 108).boxed().toList();
  }

  private static void remember(
      Workspace workspace, String shape, String cell, List<Integer> persons) {
    MemoryTable memory = MemoryTable.open(workspace);
    List<Row> rows =
        MemoryMutant.rows(
            shape, "a", cell, persons, memory.version() + 1, Date.valueOf(workspace.date()));
    memory.remember(
        workspace.spark().createDataFrame(rows, ReleaseMemory.SCHEMA), "some other export");
  }

  private static Night publish(Workspace workspace) {
    StageReport report = RecordedRuns.publish(workspace);
    return new Night(workspace, new ExportStage().inputs(workspace).orElseThrow(), report);
  }

  /** The night an export was published on. */
  Workspace workspace(String export) {
    return nights.get(export).workspace();
  }

  /** Its release. */
  String release(String export) {
    return nights.get(export).report().outputs().get(export);
  }

  /** A run of that night that had the men remembered, too. */
  String rememberingAPart(String export) {
    return run(
        export, 8, Map.of("in:" + MEMORY + export, before, "out:" + MEMORY + export, before + 1));
  }

  /** A run whose tables were of these versions, else as they were. */
  private String run(String export, int number, Map<String, Long> others) {
    Night night = nights.get(export);
    Workspace run = fixture.workspace(night.workspace().date(), number);
    StageReport report = night.report();
    Map<String, Long> versions = new HashMap<>(report.versions());
    versions.putAll(others);
    RecordedRuns.append(
        run,
        night.inputs(),
        new StageReport(
            report.stage(),
            report.counts(),
            report.breakdowns(),
            versions,
            report.hashes(),
            report.outputs()));
    return run.run();
  }
}
