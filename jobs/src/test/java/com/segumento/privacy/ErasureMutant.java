package com.segumento.privacy;

import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;

import com.segumento.lake.Workspace;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.engine.CellFiles;
import io.delta.tables.DeltaTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An engine that follows an erasure: of the ten that were published one was erased, and it
 * publishes nine; and the reason code the gate must give for it.
 */
public enum ErasureMutant {
  /** The memory is told that one more has left. */
  LETS_THE_ERASED_LEAVE("few_changed"),
  /** The memory still has ten. */
  COUNTS_TONIGHTS_PERSONS("unremembered"),
  /** The memory has never had it. */
  TAKES_THE_ERASED_OUT_OF_THE_MEMORY("rewritten_memory");

  private final String code;

  ErasureMutant(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** Releases of this engine, judged by the gate. */
  public Anonymizer anonymizer() {
    return new Anonymizer(
        request -> {
          Workspace workspace = request.workspace();
          CellFiles.write(
              new CellEngine().plan(workspace, request.export(), request.sources()),
              request.folder(),
              request.export().format());
          forget(workspace, request.export().name());
          return LevelChoice.fixed(request.export().levels());
        });
  }

  private void forget(Workspace workspace, String export) {
    MemoryTable memory = MemoryTable.open(workspace);
    Column erased = length(ReleaseMemory.PERSON_KEY.col()).equalTo(ReleaseMemory.ERASED_BYTES);
    switch (this) {
      case LETS_THE_ERASED_LEAVE -> {
        Dataset<Row> left =
            memory
                .read(memory.version())
                .filter(erased)
                .withColumn(ReleaseMemory.CHANGE.name(), lit(-1))
                .withColumn(ReleaseMemory.RELEASE.name(), lit(memory.version() + 1));
        memory.remember(left, export);
      }
      case COUNTS_TONIGHTS_PERSONS -> {
        // Nothing is remembered.
      }
      case TAKES_THE_ERASED_OUT_OF_THE_MEMORY ->
          DeltaTable.forPath(
                  workspace.spark(), workspace.lake().layout().releaseMemory(workspace.clientId()))
              .delete(erased);
    }
  }
}
