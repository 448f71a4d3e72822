package com.segumento.privacy.gate;

import com.segumento.config.Export;
import com.segumento.lake.FileProbe;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.Workspace;
import com.segumento.model.Profiles;
import com.segumento.model.Records;
import com.segumento.model.SourceVersions;
import com.segumento.model.SuppressionLimit;
import com.segumento.model.UnsignedZeros;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Judges staged records: reads the files back from storage, generalizes every person of the source
 * again, and compares. A row may be missing from a release, within the limit; there is none in it
 * that is not a person's.
 *
 * <p>It judges one export of one night by itself, each class by what is written of it.
 */
public final class RecordGate {
  private static final String TRAITS = "traits";
  private static final Pattern DATA_FILE = Pattern.compile("part-([0-9]{5})[-.][A-Za-z0-9_.-]+");
  private static final int MOST_VALUES = 1_000_000;

  private final long rowsAFile;

  public RecordGate() {
    this(Records.ROWS_A_FILE);
  }

  /** One that expects smaller files, or larger ones. */
  public RecordGate(long rowsAFile) {
    this.rowsAFile = rowsAFile;
  }

  /**
   * Judges what lies in {@code folder} as {@code export}, whose levels are those in force, over
   * {@code sources}.
   */
  public Verdict inspect(
      Workspace workspace,
      Export configured,
      Map<String, Integer> levels,
      SourceVersions sources,
      String folder) {
    return inspect(workspace, configured, levels, sources, JudgedFolder.staged(folder));
  }

  /** The same of a folder that may be a release. */
  public Verdict inspect(
      Workspace workspace,
      Export configured,
      Map<String, Integer> levels,
      SourceVersions sources,
      JudgedFolder folder) {
    if (!new ClaimedLevels(workspace, configured).allow(levels)) {
      return Verdict.refused(Violation.LEVELS);
    }
    Export export = configured.at(levels);
    if (!RecordClaim.checkable(workspace, export)) {
      return Verdict.refused(Violation.UNCHECKABLE);
    }
    Map<Integer, String> files = files(workspace, export, folder);
    if (files.isEmpty()) {
      return Verdict.refused(Violation.FILES);
    }
    RecordClaim claim = claim(workspace, export, sources);
    List<FileProbe.Found> found =
        FileProbe.probe(workspace.spark(), List.copyOf(files.values()), kind(export));
    if (found.stream().anyMatch(file -> !file.problem().isEmpty())) {
      return Verdict.refused(Violation.UNREADABLE);
    }
    boolean honest =
        export.format() != Export.Format.PARQUET
            || StagedFooters.honest(workspace.spark(), List.copyOf(files.values()), claim.schema());
    if (!honest || !sameColumns(found, claim, export.format())) {
      return Verdict.refused(Violation.COLUMNS);
    }
    return new StagedRecords(workspace.spark(), List.copyOf(files.values()), export.format(), claim)
        .read()
        .map(staged -> judge(workspace, export, sources, claim, staged, found))
        .orElseGet(() -> Verdict.refused(Violation.COLUMNS));
  }

  private Verdict judge(
      Workspace workspace,
      Export export,
      SourceVersions sources,
      RecordClaim claim,
      Dataset<Row> staged,
      List<FileProbe.Found> found) {
    Map<Integer, Long> rows = StagedRecords.rowsByFile(staged);
    long all = rows.values().stream().mapToLong(Long::longValue).sum();
    RecordComparison comparison = new RecordComparison(claim);
    Dataset<Row> byRow =
        byRow(workspace, export, sources, claim, staged, Records.files(all, rowsAFile))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Optional<ClassJudge.Whole> whole = Optional.empty();
      if (claim.closeness().isPresent()) {
        whole = whole(workspace, claim, byRow);
        if (whole.isEmpty()) {
          return Verdict.refused(Violation.UNCHECKABLE);
        }
      }
      Row findings = comparison.findings(byRow, whole).collectAsList().get(0);
      return verdict(findings, claim, found, rows);
    } finally {
      byRow.unpersist();
    }
  }

  /** One row per distinct row, staged or of the source; the one pass over the source. */
  static Dataset<Row> byRow(
      Workspace workspace,
      Export export,
      SourceVersions sources,
      RecordClaim claim,
      Dataset<Row> staged,
      int files) {
    Dataset<Row> source =
        new SourceRecords(workspace, export, claim)
            .rows(
                read(workspace, Profiles.NAME, sources.profiles()),
                traits(workspace, sources),
                SourceMembers.of(workspace, sources.memberships()));
    return new RecordComparison(claim).byRow(staged, files, source);
  }

  /** Nothing where there are more values than can be looked at. */
  private static Optional<ClassJudge.Whole> whole(
      Workspace workspace, RecordClaim claim, Dataset<Row> byRow) {
    int index = claim.index(claim.closeness().orElseThrow().attribute());
    List<Row> rows =
        RecordComparison.distribution(byRow, index).limit(MOST_VALUES + 1).collectAsList();
    if (rows.size() > MOST_VALUES) {
      return Optional.empty();
    }
    Map<String, Long> counts = new TreeMap<>();
    rows.forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    RecordClaim.Attribute attribute = claim.attributes().get(index);
    return Optional.of(
        new WholeTable(workspace, claim.closeness().get(), attribute.source(), attribute.trait())
            .of(counts));
  }

  static RecordClaim claim(Workspace workspace, Export export, SourceVersions sources) {
    return RecordClaim.of(
        workspace,
        export,
        read(workspace, Profiles.NAME, sources.profiles()).schema(),
        traits(workspace, sources).schema());
  }

  private static boolean sameColumns(
      List<FileProbe.Found> files, RecordClaim claim, Export.Format format) {
    return switch (format) {
      case CSV -> {
        String header = String.join(",", claim.schema().fieldNames());
        yield files.stream().allMatch(file -> file.header().equals(header));
      }
      case PARQUET -> files.stream().map(FileProbe.Found::schema).distinct().count() == 1;
      case JSON -> true; // every line is looked at
    };
  }

  private static FileProbe.Kind kind(Export export) {
    return switch (export.format()) {
      case CSV -> FileProbe.Kind.TEXT_WITH_HEADER;
      case JSON -> FileProbe.Kind.TEXT;
      case PARQUET -> FileProbe.Kind.PARQUET;
    };
  }

  /** The data files by number; none where anything else lies there. */
  private static Map<Integer, String> files(
      Workspace workspace, Export export, JudgedFolder folder) {
    Map<Integer, String> files = new TreeMap<>();
    List<StoredObject> objects = folder.data(workspace);
    for (StoredObject object : objects) {
      String name = object.uri().substring(object.uri().lastIndexOf('/') + 1);
      Matcher matcher = DATA_FILE.matcher(name);
      if (matcher.matches()
          && name.endsWith("." + export.format().name().toLowerCase(Locale.ROOT))
          && folder.holds(object.uri())) {
        files.put(Integer.parseInt(matcher.group(1)), object.uri());
      }
    }
    return files.size() == objects.size() ? files : Map.of();
  }

  private static Verdict verdict(
      Row findings, RecordClaim claim, List<FileProbe.Found> found, Map<Integer, Long> rows) {
    Set<Violation> violations = EnumSet.noneOf(Violation.class);
    List<String> columns = List.of(findings.schema().fieldNames());
    for (Violation violation : Violation.values()) {
      if (columns.contains(violation.name())
          && !findings.isNullAt(findings.fieldIndex(violation.name()))
          && findings.<Long>getAs(violation.name()) > 0) {
        violations.add(violation);
      }
    }
    long staged = findings.getAs(RecordComparison.STAGED.name());
    long persons = findings.getAs(RecordComparison.PERSONS.name());
    if (persons - staged > SuppressionLimit.allowed(claim.limit(), persons)) {
      violations.add(Violation.SUPPRESSION);
    }
    List<Verdict.StagedFile> files = new ArrayList<>();
    for (FileProbe.Found file : found) {
      Matcher matcher = DATA_FILE.matcher(file.uri().substring(file.uri().lastIndexOf('/') + 1));
      if (matcher.matches()) {
        int number = Integer.parseInt(matcher.group(1));
        files.add(
            new Verdict.StagedFile(
                file.uri(), number, file.sha256(), rows.getOrDefault(number, 0L)));
      }
    }
    return new Verdict(
        violations, files, claim.schema(), staged, persons, 0, persons - staged, new TreeMap<>());
  }

  private static Dataset<Row> traits(Workspace workspace, SourceVersions sources) {
    return sources.traits().isPresent()
        ? read(workspace, TRAITS, sources.traits().getAsLong())
        : workspace.spark().createDataFrame(List.of(), new StructType());
  }

  private static Dataset<Row> read(Workspace workspace, String table, long version) {
    return workspace
        .lake()
        .tables()
        .read(workspace.lake().layout().table(workspace.clientId(), table), version)
        .transform(new UnsignedZeros()::apply);
  }
}
