package com.segumento.privacy;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.engine.CellFiles;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * An engine that publishes cells of one level of places without a look at what another export has
 * published at another; and the reason code the gate must give for it. Of each segment one person
 * is the only one of its district.
 */
public enum PlaceMutant {
  /** Two districts of a state that is published. */
  LEAVES_ONE_OF_A_STATE("totals", "a", 1),
  /** The state of two districts that are published. */
  ADDS_ONE_TO_ITS_DISTRICTS("totals", "b", 2),
  /** The one district there is beside it, of a state that is published. */
  LEAVES_ONE_BESIDE_A_DISTRICT("nearly_another_cell, totals", "c", 1),
  /** In place of districts. */
  PUBLISHES_POSTAL_CODES("unexpected_cell, count", "a", 1);

  private static final int DISTRICT = 1;
  private static final int STATE = 2;

  private final String code;
  private final String segment;
  private final int level;

  PlaceMutant(String code, String segment, int level) {
    this.code = code;
    this.segment = segment;
    this.level = level;
  }

  public String code() {
    return code;
  }

  /** The persons: 21 of each segment. */
  public static CellFixture write(CellFixture fixture) {
    fixture.people(0, 12, "f", "Pune", "a");
    fixture.people(12, 20, "f", "Nagpur", "a");
    fixture.people(20, 21, "f", "Nashik", "a");
    fixture.people(100, 112, "f", "Pune", "b");
    fixture.people(112, 120, "f", "Nagpur", "b");
    fixture.people(120, 121, "f", "Nashik", "b");
    fixture.people(200, 220, "f", "Pune", "c");
    fixture.people(220, 221, "f", "Nashik", "c");
    return fixture.write();
  }

  /** The exports that are published before. */
  public static String[] before() {
    return new String[] {cells("states", STATE, "a, c"), cells("districts", DISTRICT, "b")};
  }

  /** The export as it is configured. */
  public String definition() {
    return cells("places", level, segment);
  }

  private static String cells(String name, int level, String segments) {
    return "{name: %s, kind: cells, segments: [%s], dimensions: [place], levels: {place: %d}, measures: [{name: customers}], privacy: {k: 5}, format: csv}"
        .formatted(name, segments, level);
  }

  /** Releases of {@link #definition} by this engine, judged by the gate. */
  public Anonymizer anonymizer() {
    return new Anonymizer(
        request -> {
          Workspace workspace = request.workspace();
          Export export = request.export();
          int used = this == PUBLISHES_POSTAL_CODES ? 0 : level;
          CellFiles.write(
              new CellEngine()
                  .plan(
                      workspace,
                      CellFixture.export(cells("places", used, segment)),
                      request.sources()),
              request.folder(),
              export.format());
          MemoryTable memory = MemoryTable.open(workspace);
          memory.remember(
              workspace
                  .spark()
                  .createDataFrame(
                      remembered(memory.version() + 1, Date.valueOf(workspace.date())),
                      ReleaseMemory.SCHEMA),
              export.name());
          return LevelChoice.fixed(export.levels());
        });
  }

  private List<Row> remembered(long release, Date date) {
    return switch (this) {
      case LEAVES_ONE_OF_A_STATE, PUBLISHES_POSTAL_CODES -> {
        List<Row> rows = new ArrayList<>(rows("Pune, Maharashtra", 0, 12, release, date));
        rows.addAll(rows("Nagpur, Maharashtra", 12, 20, release, date));
        yield rows;
      }
      case ADDS_ONE_TO_ITS_DISTRICTS -> rows("Maharashtra", 100, 121, release, date);
      case LEAVES_ONE_BESIDE_A_DISTRICT -> rows("Pune, Maharashtra", 200, 220, release, date);
    };
  }

  private List<Row> rows(String label, int from, int to, long release, Date date) {
    String shape = "place@" + level;
    String cell = "{\"" + shape + "\":\"" + label + "\"}";
    return MemoryMutant.rows(
        shape, segment, cell, IntStream.range(from, to).boxed().toList(), release, date);
  }
}
