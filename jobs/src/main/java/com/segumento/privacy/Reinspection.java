package com.segumento.privacy;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.PriorLists;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.gate.AudienceGate;
import com.segumento.privacy.gate.BudgetInForce;
import com.segumento.privacy.gate.CellGate;
import com.segumento.privacy.gate.JudgedFolder;
import com.segumento.privacy.gate.MemoryVersions;
import com.segumento.privacy.gate.RecordGate;
import com.segumento.privacy.gate.Verdict;
import com.segumento.privacy.gate.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.sql.types.StructType;

/**
 * What the gate finds of a release that was published before. Nothing that made it has a part in
 * it.
 *
 * @param broken reason codes by promise, of those the export makes and the gate looked at; no codes
 *     where it is kept
 * @param whole whether the gate looked at all of them: it goes no further where it can't read what
 *     lies there
 * @param rows in the files
 * @param withheld cells or persons that are in no file
 * @param definitions definition hashes of the segments that are in the files
 */
public record Reinspection(
    Map<Promise, List<String>> broken,
    boolean whole,
    StructType schema,
    long rows,
    long withheld,
    SortedMap<String, String> definitions) {

  public Reinspection {
    broken = Collections.unmodifiableMap(new EnumMap<>(broken));
  }

  /**
   * What a release was made on.
   *
   * @param sources versions of tables
   * @param memory of cells, the versions of the release memory before and after them
   * @param prior of an audience, the lists it went on from
   * @param budget of an export with noise, the one that was in force
   */
  public record Basis(
      SourceVersions sources,
      Released.Memory memory,
      PriorLists prior,
      Optional<BudgetInForce> budget) {}

  /**
   * Judges the release in {@code folder}.
   *
   * @param basis whose tables must still be there
   */
  public static Reinspection of(
      Workspace workspace, Export export, Map<String, Integer> levels, Basis basis, String folder) {
    SourceVersions sources = basis.sources();
    JudgedFolder judged = JudgedFolder.published(folder);
    Verdict verdict =
        switch (export.kind()) {
          case CELLS ->
              new CellGate()
                  .inspect(
                      workspace,
                      export,
                      levels,
                      sources,
                      new MemoryVersions(basis.memory().before(), basis.memory().after()),
                      judged,
                      basis.budget());
          case RECORDS -> new RecordGate().inspect(workspace, export, levels, sources, judged);
          case AUDIENCE ->
              new AudienceGate().inspect(workspace, export, sources, judged, basis.prior());
        };
    return of(export, verdict);
  }

  private static Reinspection of(Export export, Verdict verdict) {
    boolean whole = !verdict.files().isEmpty();
    Map<Promise, List<String>> broken = new EnumMap<>(Promise.class);
    for (Promise promise : Promise.values()) {
      List<String> codes = new ArrayList<>();
      verdict.violations().stream()
          .filter(violation -> Promise.brokenBy(violation) == promise)
          .map(Violation::code)
          .forEach(codes::add);
      if (!codes.isEmpty() || (whole && promise.of(export))) {
        broken.put(promise, List.copyOf(codes));
      }
    }
    return new Reinspection(
        broken, whole, verdict.schema(), verdict.rows(), verdict.withheld(), verdict.definitions());
  }
}
