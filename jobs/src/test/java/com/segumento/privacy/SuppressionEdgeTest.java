package com.segumento.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.engine.RecordEngine;
import com.segumento.privacy.gate.CellGate;
import com.segumento.privacy.gate.MemoryVersions;
import com.segumento.privacy.gate.RecordGate;
import com.segumento.privacy.gate.Violation;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of 100 persons 29 are too few of their kind: engines and gates draw the line at one place. */
@ExtendWith(SparkExtension.class)
class SuppressionEdgeTest {
  private static final String EXPORT =
      "{name: edge, kind: %s, levels: {age: 0}, privacy: {k: 3, suppression_limit: %s}, format: csv}";
  private static final String CELLS =
      "cells, segments: [a], dimensions: [age], measures: [{name: customers}]";
  private static final String RECORDS = "records, attributes: {age: quasi}";
  private static final SourceVersions SOURCES = new SourceVersions(1, 1, OptionalLong.of(1));
  private static final int ALL = 100;
  private static final int ALONE = 29;

  @TempDir static Path directory;
  private static CellFixture fixture;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = new CellFixture(spark, directory);
    for (int i = 0; i < ALL; i++) {
      fixture.person(i < ALONE ? 30 + i : 20, "f", "low", "Pune", 1, "a");
    }
    fixture.write();
  }

  @ParameterizedTest(name = "limit {0}: allowed {1}")
  @CsvSource({"0.289999, false", "0.29, true"})
  void ofCells(String limit, boolean allowed) {
    Runnable engine = () -> new CellEngine().stage(request(CELLS, limit, 1));
    check(engine, allowed);
    ReleaseRequest careless = request(CELLS, "1", 2);
    long before = MemoryTable.open(careless.workspace()).version();
    LevelChoice choice = new CellEngine().stage(careless);
    assertThat(
            new CellGate()
                .inspect(
                    careless.workspace(),
                    export(CELLS, limit),
                    choice.levels(),
                    SOURCES,
                    new MemoryVersions(before, MemoryTable.open(careless.workspace()).version()),
                    careless.folder())
                .violations())
        .isEqualTo(allowed ? Set.of() : Set.of(Violation.SUPPRESSION_LIMIT));
    clear(careless.workspace());
  }

  @ParameterizedTest(name = "limit {0}: allowed {1}")
  @CsvSource({"0.289999, false", "0.29, true"})
  void ofRecords(String limit, boolean allowed) {
    Runnable engine = () -> new RecordEngine().stage(request(RECORDS, limit, 3));
    check(engine, allowed);
    ReleaseRequest careless = request(RECORDS, "1", 4);
    LevelChoice choice = new RecordEngine().stage(careless);
    assertThat(
            new RecordGate()
                .inspect(
                    careless.workspace(),
                    export(RECORDS, limit),
                    choice.levels(),
                    SOURCES,
                    careless.folder())
                .violations())
        .isEqualTo(allowed ? Set.of() : Set.of(Violation.SUPPRESSION));
    clear(careless.workspace());
  }

  private static void check(Runnable engine, boolean allowed) {
    if (allowed) {
      assertThatCode(engine::run).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(engine::run).isInstanceOf(PrivacyRefused.class);
    }
  }

  private static ReleaseRequest request(String kind, String limit, int run) {
    Workspace workspace = fixture.workspace(run, EXPORT.formatted(kind, limit));
    String folder = workspace.lake().layout().staging(CellFixture.CLIENT, workspace.run());
    return new ReleaseRequest(workspace, export(kind, limit), SOURCES, folder + "/edge", Map.of());
  }

  private static Export export(String kind, String limit) {
    return CellFixture.export(EXPORT.formatted(kind, limit));
  }

  private static void clear(Workspace workspace) {
    workspace.lake().objects().delete(workspace.lake().layout().staging(CellFixture.CLIENT));
  }
}
