package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.lit;

import com.segumento.config.Export;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.MembershipView;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.ClientId;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.SourceVersions;
import com.segumento.model.UnsignedZeros;
import com.segumento.privacy.LevelChoice;
import com.segumento.privacy.MemoryTable;
import com.segumento.privacy.NoiseLedger;
import com.segumento.privacy.ReleaseRequest;
import com.segumento.privacy.lattice.Effort;
import com.segumento.privacy.questions.QuestionTable;
import com.segumento.privacy.questions.ToldOtherwise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Makes the cells of an export, at its configured levels or at those found best: every published
 * cell has at least k distinct persons, and the sums in it at least k contributors. Persons of
 * smaller ones are published by the place above theirs, where they are enough together. What has
 * been released before decides how far a cell may follow tonight's tables: see {@link
 * StandingDecisions} and {@link StandingConflicts}.
 */
public final class CellEngine {
  private static final String TRAITS = "traits";

  /**
   * Checks what {@code export} asks for.
   *
   * @throws com.segumento.model.ConfigException where it makes no sense or can't be kept
   */
  public void check(Workspace workspace, Export export, SourceVersions sources) {
    finest(workspace, export, sources);
  }

  /** Makes the cells and writes them as the one file in the request's folder. */
  public LevelChoice stage(ReleaseRequest request) {
    Export export = request.export();
    LevelChoice choice =
        LevelSearch.needed(export) ? chosen(request) : LevelChoice.fixed(export.levels());
    Workspace workspace = request.workspace();
    CellSettings settings = settings(workspace, export.at(choice.levels()), request.sources());
    MemoryTable memory = MemoryTable.open(workspace);
    long before = memory.version();
    try (StandingCells cells =
        StandingCells.of(
            settings,
            labelled(workspace, settings, request.sources()),
            memory.read(before),
            labels(workspace, settings, request.sources()),
            workspace.date(),
            before + 1,
            workspace.platform().privacy().releaseMemoryDays(),
            told(workspace)::of)) {
      if (export.privacy().dp() == null) {
        write(request, settings, cells.rows());
      }
      if (cells.changesAny()) {
        memory.remember(cells.changes(), export.name());
      }
      if (export.privacy().dp() != null) {
        stageNoisy(request, settings, cells.rows(), memory);
      }
      return choice.with(cells.staleness());
    }
  }

  private static ToldOtherwise told(Workspace workspace) {
    return new ToldOtherwise(
        QuestionTable.existing(workspace.spark(), workspace.lake(), workspace.clientId()),
        workspace.platform().privacy().defaultK());
  }

  /** Noise is drawn for sets that are remembered, and accounted for before anybody can see it. */
  private static void stageNoisy(
      ReleaseRequest request, CellSettings settings, Dataset<Row> cells, MemoryTable memory) {
    NoiseLedger ledger = NoiseLedger.open(request.workspace());
    Dataset<Row> remembered = memory.read(memory.version());
    try (NoisyCells noisy = new NoisyCells(request, settings, ledger, cells, remembered)) {
      ledger.requireLeft(noisy.loss(), request.export());
      noisy.account();
      write(request, settings, noisy.rows());
    }
  }

  private static void write(ReleaseRequest request, CellSettings settings, Dataset<Row> cells) {
    CellFiles.write(
        cells.transform(new SuppressSums(settings)::apply),
        request.folder(),
        request.export().format());
  }

  static LevelChoice chosen(ReleaseRequest request) {
    Workspace workspace = request.workspace();
    CellSettings settings = finest(workspace, request.export(), request.sources());
    Dataset<Row> profiles = read(workspace, Profiles.NAME, request.sources().profiles());
    List<Rungs> rungs =
        request.export().dimensions().stream()
            .map(name -> Ladder.of(workspace, request.export(), name, profiles.schema()))
            .map(ladder -> Rungs.of(request.export(), ladder))
            .toList();
    return new LevelSearch(request, settings, rungs, Effort.DEFAULT)
        .choose(members(workspace, settings, request.sources()), profiles);
  }

  /** The settings where levels that are to be found are 0. */
  static CellSettings finest(Workspace workspace, Export export, SourceVersions sources) {
    Map<String, Integer> levels = new LinkedHashMap<>();
    export
        .levels()
        .forEach(
            (name, level) -> levels.put(name, level.isIntegralNumber() ? level.intValue() : 0));
    return settings(workspace, export.at(levels), sources);
  }

  /** The cells as tonight's tables have them, whatever was released before; in no order. */
  public Dataset<Row> plan(Workspace workspace, Export export, SourceVersions sources) {
    CellSettings settings = settings(workspace, export, sources);
    return labelled(workspace, settings, sources)
        .transform(new CountParts(settings)::apply)
        .transform(new RollUpCells(settings)::apply)
        .transform(new SuppressSums(settings)::apply);
  }

  /** Who stands behind each row of a release at these levels, as {@link RowPersons} gives it. */
  public Dataset<Row> persons(Workspace workspace, Export export, SourceVersions sources) {
    CellSettings settings = settings(workspace, export, sources);
    return labelled(workspace, settings, sources).transform(new RowPersons(settings)::apply);
  }

  /** One row per segment and member with what a cell needs of a person. */
  private static Dataset<Row> labelled(
      Workspace workspace, CellSettings settings, SourceVersions sources) {
    return members(workspace, settings, sources)
        .join(
            labels(workspace, settings, sources),
            Persons.PERSON_KEY.name()); // n:1, one profile a person
  }

  private static Dataset<Row> labels(
      Workspace workspace, CellSettings settings, SourceVersions sources) {
    return persons(workspace, settings, sources).transform(new LabelPersons(settings)::apply);
  }

  private static CellSettings settings(Workspace workspace, Export export, SourceVersions sources) {
    return CellSettings.of(
        workspace,
        export,
        read(workspace, Profiles.NAME, sources.profiles()).schema(),
        sources.traits().isPresent()
            ? read(workspace, TRAITS, sources.traits().getAsLong()).schema()
            : new StructType());
  }

  private static Dataset<Row> members(
      Workspace workspace, CellSettings settings, SourceVersions sources) {
    return MembershipView.of(workspace, sources.memberships())
        .filter(Memberships.BUSINESS_DATE.col().equalTo(lit(workspace.date())))
        .filter(Cells.SEGMENT_ID.col().isin(settings.segments().toArray()))
        .select(Cells.SEGMENT_ID.col(), Persons.PERSON_KEY.col());
  }

  /** Profiles, with the traits that are summed where any are. */
  private static Dataset<Row> persons(
      Workspace workspace, CellSettings settings, SourceVersions sources) {
    Dataset<Row> profiles = read(workspace, Profiles.NAME, sources.profiles());
    if (sources.traits().isEmpty()) {
      return profiles;
    }
    Dataset<Row> traits = read(workspace, TRAITS, sources.traits().getAsLong());
    List<String> columns = List.of(traits.columns());
    List<Field> summed =
        settings
            .sums()
            .map(Sum::summed)
            .filter(column -> columns.contains(column.name()))
            .distinct()
            .toList();
    return summed.isEmpty() ? profiles : withTraits(profiles, traits, summed);
  }

  private static Dataset<Row> withTraits(
      Dataset<Row> profiles, Dataset<Row> traits, List<Field> summed) {
    Dataset<Row> values =
        traits.select(
            Stream.concat(Stream.of(Persons.PERSON_KEY), summed.stream())
                .map(Field::col)
                .toArray(Column[]::new));
    // 1:1, one row of traits a person; a profile column of a trait's name gives way
    return profiles
        .drop(summed.stream().map(Field::name).toArray(String[]::new))
        .join(
            values,
            scala.jdk.javaapi.CollectionConverters.asScala(List.of(Persons.PERSON_KEY.name()))
                .toSeq(),
            "left");
  }

  private static Dataset<Row> read(Workspace workspace, String table, long version) {
    DeltaTables tables = workspace.lake().tables();
    ClientId client = workspace.clientId();
    return tables
        .read(workspace.lake().layout().table(client, table), version)
        .transform(new UnsignedZeros()::apply);
  }
}
