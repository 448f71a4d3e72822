package com.segumento.privacy.gate;

import com.segumento.config.Export;
import com.segumento.lake.FileProbe;
import com.segumento.lake.KeptRows;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.Workspace;
import com.segumento.model.Profiles;
import com.segumento.model.SourceVersions;
import com.segumento.model.SuppressionLimit;
import com.segumento.model.UnsignedZeros;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Judges staged cells: reads the file back from storage, counts every cell again from memberships,
 * profiles and traits, and compares. A cell or sum that could have been published but was not is no
 * violation, but where it was before and somebody still stands behind it. Where cells of the same
 * shape were released before, the release memory says whom the figures are about, and is judged
 * itself: who joined is there by tonight's tables, and no two sets that were ever published tell of
 * fewer than k persons by their difference.
 */
public final class CellGate {
  private static final String TRAITS = "traits";
  private static final Pattern DATA_FILE = Pattern.compile("part-00000[-.][A-Za-z0-9_.-]+");

  /**
   * Judges what lies in {@code folder} as {@code configured} over {@code sources}.
   *
   * @param levels said to be in force
   * @param memory the release memory the cells were made on, and the one that remembers them
   */
  public Verdict inspect(
      Workspace workspace,
      Export configured,
      Map<String, Integer> levels,
      SourceVersions sources,
      MemoryVersions memory,
      String folder) {
    return inspect(
        workspace,
        configured,
        levels,
        sources,
        memory,
        JudgedFolder.staged(folder),
        BudgetInForce.of(workspace));
  }

  /**
   * The same of a folder that may be a release.
   *
   * @param budget of an export with noise, the one it was published under
   */
  public Verdict inspect(
      Workspace workspace,
      Export configured,
      Map<String, Integer> levels,
      SourceVersions sources,
      MemoryVersions memory,
      JudgedFolder folder,
      Optional<BudgetInForce> budget) {
    if (!Claim.checkable(configured)) {
      return Verdict.refused(Violation.UNCHECKABLE);
    }
    if (!new ClaimedLevels(workspace, configured).allow(levels)) {
      return Verdict.refused(Violation.LEVELS);
    }
    Export export = configured.at(levels);
    List<StoredObject> files = folder.data(workspace);
    if (files.size() != 1 || !isDataFile(files.get(0).uri(), folder, export.format())) {
      return Verdict.refused(Violation.FILES);
    }
    String file = files.get(0).uri();
    FileProbe.Kind kind =
        export.format() == Export.Format.PARQUET ? FileProbe.Kind.PARQUET : FileProbe.Kind.TEXT;
    FileProbe.Found found = FileProbe.probe(workspace.spark(), List.of(file), kind).get(0);
    if (!found.problem().isEmpty()) {
      return Verdict.refused(Violation.UNREADABLE);
    }
    Claim claim = claim(workspace, export, sources);
    if (kind == FileProbe.Kind.PARQUET
        && !StagedFooters.honest(workspace.spark(), List.of(file), claim.schema())) {
      return Verdict.refused(Violation.COLUMNS);
    }
    boolean limited =
        configured.searchesLevels() || configured.privacy().suppressionLimit() != null;
    double limit = limited ? configured.suppressionLimit() : 1;
    return new StagedRows(workspace.spark(), file, export.format(), claim)
        .read()
        .map(
            staged ->
                judge(
                    new Recount(workspace, export, sources, claim),
                    memory,
                    staged,
                    new StagedFile(file, found.sha256(), limit, folder.isPublished()),
                    budget))
        .orElseGet(() -> Verdict.refused(Violation.COLUMNS));
  }

  /** By what was counted again, then by the release memory; each table is read once. */
  private static Verdict judge(
      Recount recount,
      MemoryVersions versions,
      Dataset<Row> staged,
      StagedFile file,
      Optional<BudgetInForce> budget) {
    Workspace workspace = recount.workspace();
    Shape shape = new Shape(workspace, recount.export(), recount.claim());
    StandingMemory memory = StandingMemory.of(shape, versions);
    Dataset<Row> profiles = read(workspace, Profiles.NAME, recount.sources().profiles());
    try (KeptRows rows = KeptRows.of(staged);
        KeptRows remembered = KeptRows.of(memory.rows());
        KeptRows members = KeptRows.of(members(recount, profiles))) {
      StandingMemory.Past past = memory.past(remembered.rows());
      Standing standing = new Standing(shape, versions, remembered.rows());
      StandingJudge judge = new StandingJudge(standing, past, recount);
      if (recount.export().privacy().dp() == null) {
        return verdict(judge, file, rows.rows(), profiles, members.rows());
      }
      try (NoisyRows noisy = new NoisyRows(standing, rows.rows())) {
        return verdict(judge, file, noisy.truth(), profiles, members.rows())
            .and(noisy.violations(budget));
      }
    }
  }

  /**
   * A file that can be read.
   *
   * @param limit the share of members that may be in no cell of their own
   * @param published whether it is that of a release, of which all that is wrong is to be found;
   *     what is staged is refused by the first that is
   */
  private record StagedFile(String uri, String sha256, double limit, boolean published) {}

  private static Verdict verdict(
      StandingJudge judge,
      StagedFile file,
      Dataset<Row> staged,
      Dataset<Row> profiles,
      Dataset<Row> members) {
    Recount recount = judge.recount();
    Row findings = judged(recount, staged, members, judge.past().fresh()).collectAsList().get(0);
    Verdict verdict = verdict(findings, recount.claim(), file);
    if (verdict.violations().contains(Violation.UNEXPECTED_CELL)
        && !judge.past().fresh()
        && new EmptyCells(judge.standing()).nobodys(covered(recount, staged, members)).isEmpty()) {
      verdict = verdict.without(Violation.UNEXPECTED_CELL);
    }
    return verdict.violations().isEmpty() || file.published()
        ? verdict.and(judge.violations(staged, profiles, members))
        : verdict;
  }

  static Claim claim(Workspace workspace, Export export, SourceVersions sources) {
    return Claim.of(
        workspace,
        export,
        read(workspace, Profiles.NAME, sources.profiles()).schema(),
        traits(workspace, sources).schema());
  }

  private static Dataset<Row> traits(Workspace workspace, SourceVersions sources) {
    return sources.traits().isPresent()
        ? read(workspace, TRAITS, sources.traits().getAsLong())
        : workspace.spark().createDataFrame(List.of(), new StructType());
  }

  /** What {@link Recount#members} gives. */
  static Dataset<Row> members(Recount recount, Dataset<Row> profiles) {
    Workspace workspace = recount.workspace();
    return recount.members(
        SourceMembers.of(workspace, recount.sources().memberships()),
        profiles,
        traits(workspace, recount.sources()));
  }

  /** One row: how often each violation was found, and the figures of the verdict. */
  static Dataset<Row> judged(
      Recount recount, Dataset<Row> staged, Dataset<Row> members, boolean fresh) {
    return Comparison.of(covered(recount, staged, members), recount.claim(), fresh);
  }

  private static Dataset<Row> covered(Recount recount, Dataset<Row> staged, Dataset<Row> members) {
    return new Coverage(recount.claim(), recount.remainders(), recount.part())
        .of(staged, recount.parts(members));
  }

  private static Verdict verdict(Row findings, Claim claim, StagedFile file) {
    Set<Violation> violations = EnumSet.noneOf(Violation.class);
    List<String> columns = List.of(findings.schema().fieldNames());
    for (Violation violation : Violation.values()) {
      if (columns.contains(violation.name())
          && !findings.isNullAt(findings.fieldIndex(violation.name()))
          && findings.<Long>getAs(violation.name()) > 0) {
        violations.add(violation);
      }
    }
    long members = findings.<Long>getAs(Coverage.MEMBERS.name());
    if (findings.<Long>getAs(Coverage.SUPPRESSED.name())
        > SuppressionLimit.allowed(file.limit(), members)) {
      violations.add(Violation.SUPPRESSION_LIMIT);
    }
    Map<String, String> definitions = new TreeMap<>();
    for (Row definition :
        findings.<Row>getList(findings.fieldIndex(Comparison.DEFINITIONS.name()))) {
      if (!definition.isNullAt(0) && !definition.isNullAt(1)) {
        definitions.put(definition.getString(0), definition.getString(1));
      }
    }
    return new Verdict(
        violations,
        List.of(
            new Verdict.StagedFile(
                file.uri(), 0, file.sha256(), findings.getAs(Comparison.ROWS.name()))),
        claim.schema(),
        findings.<Long>getAs(Comparison.ROWS.name()),
        findings.<Long>getAs(Comparison.CELLS.name()),
        findings.<Long>getAs(Coverage.ROLLED_UP.name()),
        findings.<Long>getAs(Coverage.WITHHELD.name()),
        new TreeMap<>(definitions),
        ofCells(findings));
  }

  private static CellFigures ofCells(Row findings) {
    return new CellFigures(
        findings.<Long>getAs(Coverage.HELD_BACK.name()),
        findings.<Long>getAs(Coverage.EVERYBODY.name()),
        findings.<Long>getAs(Comparison.REPRESENTED.name()),
        findings.<Long>getAs(Comparison.ERROR.name()),
        findings.<Long>getAs(Comparison.LARGEST_ERROR.name()));
  }

  private static boolean isDataFile(String uri, JudgedFolder folder, Export.Format format) {
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    return DATA_FILE.matcher(name).matches()
        && name.endsWith("." + format.name().toLowerCase(Locale.ROOT))
        && folder.holds(uri);
  }

  static Dataset<Row> read(Workspace workspace, String table, long version) {
    return workspace
        .lake()
        .tables()
        .read(workspace.lake().layout().table(workspace.clientId(), table), version)
        .transform(new UnsignedZeros()::apply);
  }
}
