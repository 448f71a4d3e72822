package com.segumento.privacy.gate;

import com.segumento.config.Export;
import com.segumento.config.Platform;
import com.segumento.lake.FileProbe;
import com.segumento.lake.Workspace;
import com.segumento.model.Audiences;
import com.segumento.model.Audiences.Content;
import com.segumento.model.PriorLists;
import com.segumento.model.Records;
import com.segumento.model.SourceVersions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Judges staged audiences: reads the files back from storage, hashes every token of the vault again
 * under the destination's key, finds the lists the destination has, and compares. A member may be
 * missing from a list; there is nobody in it who may not be, and it differs from the one its
 * destination has by none or many.
 */
public final class AudienceGate {

  /**
   * Judges what lies in {@code folder} as {@code export} over {@code sources}.
   *
   * @param claimed the lists it is said to go on from
   */
  public Verdict inspect(
      Workspace workspace,
      Export export,
      SourceVersions sources,
      JudgedFolder folder,
      PriorLists claimed) {
    if (!checkable(workspace, export)) {
      return Verdict.refused(Violation.UNCHECKABLE);
    }
    AudienceFiles.Looked looked = AudienceFiles.in(folder, workspace, export);
    if (looked.files().isEmpty()) {
      return Verdict.refused(looked.violation());
    }
    Map<Content, Dataset<Row>> rows = new EnumMap<>(Content.class);
    for (Content content : looked.files().get().found().keySet()) {
      Optional<Dataset<Row>> read = looked.files().get().rows(content);
      if (read.isEmpty()) {
        return Verdict.refused(Violation.COLUMNS);
      }
      rows.put(content, read.get());
    }
    Optional<PriorLists> prior = new ListsBefore(workspace, export).of(folder);
    if (prior.isEmpty()) {
      return Verdict.refused(Violation.PREDECESSOR);
    }
    Broadcast<byte[]> key =
        JavaSparkContext.fromSparkContext(workspace.spark().sparkContext())
            .broadcast(workspace.secrets().secret(export.destination().key()));
    try {
      AudienceSource source = new AudienceSource(workspace, export, sources, key);
      return source.known()
          ? judge(source, prior.get(), looked.files().get(), rows).and(wrong(claimed, prior.get()))
          : Verdict.refused(Violation.UNCHECKABLE);
    } finally {
      key.destroy();
    }
  }

  /** What is found is compared with, whatever is claimed; who claims another is broken. */
  private static Set<Violation> wrong(PriorLists claimed, PriorLists found) {
    return runs(claimed).equals(runs(found)) ? Set.of() : Set.of(Violation.PREDECESSOR);
  }

  private static Map<String, String> runs(PriorLists lists) {
    Map<String, String> runs = new HashMap<>();
    lists.bySegment().forEach((segment, list) -> runs.put(segment, list.run()));
    return runs;
  }

  private static boolean checkable(Workspace workspace, Export export) {
    Export.Privacy promised = export.privacy();
    return export.kind() == Export.Kind.AUDIENCE
        && workspace.client().agreement().activation()
        && export.destination() != null
        && !export.destination().key().equals(workspace.client().keys().person())
        && promised.l() == null
        && promised.t() == null
        && promised.dominance() == null
        && promised.roundTo() == null
        && promised.dp() == null
        && promised.suppressionLimit() == null;
  }

  private static int k(Workspace workspace, Export export) {
    Platform.PrivacyFloor floors = workspace.platform().privacy();
    Integer asked = export.privacy().k();
    int own = asked == null ? floors.defaultK() : asked;
    return Math.max(own, Math.max(floors.activationFloor(), floors.kFloor()));
  }

  private static Verdict judge(
      AudienceSource source,
      PriorLists prior,
      AudienceFiles files,
      Map<Content, Dataset<Row>> rows) {
    Dataset<Row> persons = source.persons().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> all =
          AudienceComparison.wanted(source.wanted(persons))
              .unionAll(AudienceComparison.before(source.before(prior)));
      Map<Content, Map<Integer, Long>> counts = new EnumMap<>(Content.class);
      for (Map.Entry<Content, Dataset<Row>> of : rows.entrySet()) {
        counts.put(of.getKey(), StagedRecords.rowsByFile(of.getValue()));
        long number = counts.get(of.getKey()).values().stream().mapToLong(Long::longValue).sum();
        all =
            all.unionAll(
                AudienceComparison.staged(
                    of.getValue(), of.getKey(), Records.files(number, Records.ROWS_A_FILE)));
      }
      int k = k(source.workspace(), source.export());
      // As many rows as there are segments.
      List<Row> segments = new AudienceComparison(k).bySegment(all, persons).collectAsList();
      return verdict(segments, files, counts);
    } finally {
      persons.unpersist();
    }
  }

  private static Verdict verdict(
      List<Row> segments, AudienceFiles files, Map<Content, Map<Integer, Long>> counts) {
    Set<Violation> violations = EnumSet.noneOf(Violation.class);
    Map<String, String> definitions = new TreeMap<>();
    long rows = 0;
    long withheld = 0;
    for (Row segment : segments) {
      for (Violation violation : Violation.values()) {
        if (List.of(segment.schema().fieldNames()).contains(violation.name())
            && segment.<Long>getAs(violation.name()) > 0) {
          violations.add(violation);
        }
      }
      long listed = segment.<Long>getAs(AudienceComparison.ROWS.name());
      String definition = segment.getAs(AudienceSource.FIRST_DEFINITION.name());
      String id = segment.getAs(Audiences.SEGMENT_ID.name());
      if (listed > 0 && id != null) {
        definitions.put(id, definition == null ? "" : definition);
      }
      rows += listed;
      withheld += segment.<Long>getAs(AudienceComparison.WITHHELD.name());
    }
    return new Verdict(
        violations,
        staged(files, counts),
        Audiences.SCHEMA,
        rows,
        rows + withheld,
        0,
        withheld,
        new TreeMap<>(definitions));
  }

  private static List<Verdict.StagedFile> staged(
      AudienceFiles files, Map<Content, Map<Integer, Long>> counts) {
    List<Verdict.StagedFile> staged = new ArrayList<>();
    files
        .found()
        .forEach(
            (content, found) -> {
              for (FileProbe.Found file : found) {
                int number = AudienceFiles.number(file.uri());
                long rows = counts.get(content).getOrDefault(number, 0L);
                staged.add(
                    new Verdict.StagedFile(
                        file.uri(), number, file.sha256(), rows, content.stem()));
              }
            });
    return staged;
  }
}
