package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingDecisions.REASON;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.STOOD;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.KeptRows;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.ops.Ticker;
import com.segumento.privacy.Reason;
import com.segumento.privacy.Staleness;
import com.segumento.privacy.questions.ToldOtherwise;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The cells of a release as the release memory lets them be, and what it has to remember of them.
 * Keeps persons and decisions in Spark until {@link #close}.
 */
final class StandingCells implements AutoCloseable {
  private static final Field FIGURES =
      Field.optional("figures withdrawn", new ArrayType(Field.schema(FIGURE, REASON), false));

  private final CellSettings settings;
  private final String shape;
  private final LocalDate date;
  private final long release;
  private final Dataset<Row> elements;
  private final Dataset<Row> decisions;
  private final List<KeptRows> kept;
  private final boolean changesAny;

  private StandingCells(
      CellSettings settings,
      String shape,
      LocalDate date,
      long release,
      Dataset<Row> elements,
      Dataset<Row> decisions,
      List<KeptRows> kept) {
    this.settings = settings;
    this.shape = shape;
    this.date = date;
    this.release = release;
    this.elements = elements;
    this.decisions = decisions;
    this.kept = List.copyOf(kept);
    this.changesAny = decisions.agg(coalesce(max(CHANGED.col()), lit(false))).first().getBoolean(0);
  }

  /**
   * Decides.
   *
   * @param members one row per segment and member with labels, shares and sensitive value
   * @param remembered all rows of the memory
   * @param values a person's key and sensitive value, also of who is in no cell tonight; read where
   *     cells have to be diverse
   * @param release the number of the one that is being made
   * @param memoryDays how long a release is remembered
   * @param told which of some cells answers have told something else of, as {@link ToldOtherwise}
   */
  static StandingCells of(
      CellSettings settings,
      Dataset<Row> members,
      Dataset<Row> remembered,
      Dataset<Row> values,
      LocalDate date,
      long release,
      int memoryDays,
      Function<Dataset<Row>, List<Row>> told) {
    List<KeptRows> kept = new ArrayList<>();
    List<ReleaseMemory.Dimension> dimensions = settings.remembered();
    String shape = ReleaseMemory.shape(dimensions);
    RememberedCells memory =
        RememberedCells.of(
            remembered,
            shape,
            settings.segments(),
            settings.sums().map(StandingElements::figure).toList());
    Dataset<Row> placed =
        placed(settings, new CountParts(settings).once(members), memory.own(), kept)
            .withColumn(CELL.name(), ReleaseMemory.cell(dimensions));
    Dataset<Row> elements =
        keep(
            new StandingElements(settings).of(placed, valued(settings, memory.own(), values)),
            kept);
    LocalDate oldest = Ticker.reached(date).minusDays(memoryDays);
    Dataset<Row> decisions = keep(new StandingDecisions(settings, oldest).of(elements), kept);
    StandingCells first =
        new StandingCells(settings, shape, date, release, elements, decisions, kept);
    if (!first.changesAny()) {
      return first;
    }
    List<Dataset<Row>> withdrawn =
        first.withdrawn(
            new StandingConflicts(settings.k(), oldest, release, settings.dominance()),
            memory,
            told.apply(first.changed()));
    Dataset<Row> apart =
        withdrawn.stream()
            .reduce(Dataset::unionByName)
            .map(all -> keep(first.without(all), kept))
            .orElse(decisions);
    Dataset<Row> last =
        new StandingRounds(settings, shape, memory, oldest).settle(elements, apart, kept);
    return last == decisions
        ? first
        : new StandingCells(settings, shape, date, release, elements, last, kept);
  }

  /** Sets that may not be beside others, as {@link StandingConflicts} gives them. */
  private List<Dataset<Row>> withdrawn(
      StandingConflicts conflicts, RememberedCells memory, List<Row> contradicting) {
    List<Dataset<Row>> withdrawn =
        new ArrayList<>(conflicts.of(sizes(), changed(), stood(), changes(), memory));
    if (!contradicting.isEmpty()) {
      withdrawn.add(
          elements
              .sparkSession()
              .createDataFrame(contradicting, ToldOtherwise.CELLS)
              .transform(cells -> StandingConflicts.persons(cells, Reason.ANSWERS)));
    }
    return withdrawn;
  }

  private static Dataset<Row> keep(Dataset<Row> rows, List<KeptRows> kept) {
    KeptRows kepts = KeptRows.of(rows);
    kept.add(0, kepts);
    return kepts.rows();
  }

  /** What stands is held against tonight's values as well, wherever its persons are by now. */
  private static Dataset<Row> valued(
      CellSettings settings, Dataset<Row> remembered, Dataset<Row> values) {
    return settings.diversity().isEmpty()
        ? remembered
        : remembered.join( // n:1
            values
                .groupBy(PERSON.col())
                .agg(LabelPersons.SENSITIVE.as(max(LabelPersons.SENSITIVE.col()))),
            new String[] {PERSON.name()},
            "left");
  }

  /** Persons with the place their row is about; those in no row are left out. */
  private static Dataset<Row> placed(
      CellSettings settings, Dataset<Row> once, Dataset<Row> remembered, List<KeptRows> kept) {
    if (settings.others().isEmpty()) {
      return once;
    }
    Dataset<Row> persons = keep(once, kept);
    Column[] part = new CountParts(settings).part();
    Field place = LabelPersons.label(settings.place());
    Dataset<Row> found =
        new RollUpCells(settings)
            .placed(new CountParts(settings).persons(persons), cells(settings, remembered));
    List<Column> parts = new ArrayList<>();
    List<Field> keys = new ArrayList<>();
    Column same = lit(true);
    for (int i = 0; i < part.length; i++) {
      Field left = Field.optional(persons.columns()[i], DataTypes.StringType);
      Field right = Field.optional("part " + i, DataTypes.StringType);
      keys.add(right);
      parts.add(right.as(left.col()));
      same = same.and(left.col().eqNullSafe(right.col()));
    }
    parts.add(RollUpCells.FOUND.col());
    Dataset<Row> places =
        found.filter(RollUpCells.FOUND.col().isNotNull()).select(parts.toArray(Column[]::new));
    // n:1, a part is listed once
    return persons
        .join(places, same)
        .withColumn(place.name(), RollUpCells.FOUND.col())
        .drop(RollUpCells.FOUND.name())
        .drop(keys.stream().map(Field::name).toArray(String[]::new));
  }

  /** Segment and labels of cells somebody stands behind since earlier. */
  private static Dataset<Row> cells(CellSettings settings, Dataset<Row> remembered) {
    List<Column> labels = new ArrayList<>(List.of(SEGMENT.col()));
    labels.addAll(settings.labels());
    return remembered
        .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS))
        .groupBy(SEGMENT.col(), CELL.col())
        .agg(STOOD.as(sum(ReleaseMemory.CHANGE.col())))
        .filter(STOOD.col().gt(0))
        .select(labels.toArray(Column[]::new));
  }

  private Dataset<Row> chosen() {
    Column[] choice =
        Stream.of(SEGMENT, CELL, FIGURE, CHOICE, CHANGED).map(Field::col).toArray(Column[]::new);
    // n:1, a figure is decided once
    return elements.join(
        decisions.select(choice), new String[] {SEGMENT.name(), CELL.name(), FIGURE.name()});
  }

  /** 1 where an element is in the set that was chosen, else 0. */
  static Column in() {
    Column in = lit(0);
    for (int set = StandingDecisions.NOW; set <= StandingDecisions.BEFORE; set++) {
      in = when(CHOICE.col().equalTo(set), StandingDecisions.in(set)).otherwise(in);
    }
    return in;
  }

  /** How many are in each of them. */
  private Dataset<Row> sizes() {
    return decisions
        .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS).and(CHANGED.col()))
        .filter(CHOICE.col().between(StandingDecisions.NOW, StandingDecisions.BEFORE))
        .select(
            SEGMENT.col(),
            CELL.col(),
            StandingConflicts.SIZE.as(figure(StandingDecisions::elements, 4)));
  }

  /** Segment, cell and person of cells that get another set than stood there. */
  private Dataset<Row> changed() {
    return chosen()
        .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS).and(CHANGED.col()))
        .filter(in().equalTo(1))
        .select(SEGMENT.col(), CELL.col(), PERSON.col());
  }

  /** Segment, cell and person of all that stood there. */
  private Dataset<Row> stood() {
    return elements
        .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS).and(STOOD.col().equalTo(1)))
        .select(SEGMENT.col(), CELL.col(), PERSON.col());
  }

  /** What the memory has to remember: its own columns. */
  Dataset<Row> changes() {
    return chosen()
        .filter(CHANGED.col())
        .withColumn(
            ReleaseMemory.CHANGE.name(), in().minus(STOOD.col()).cast(DataTypes.IntegerType))
        .filter(ReleaseMemory.CHANGE.col().notEqual(0))
        .withColumn(ReleaseMemory.SHAPE.name(), lit(shape))
        .withColumn(ReleaseMemory.RELEASE.name(), lit(release))
        .withColumn(ReleaseMemory.BUSINESS_DATE.name(), lit(date))
        .select(
            Stream.of(ReleaseMemory.SCHEMA.fieldNames())
                .map(name -> Field.optional(name, DataTypes.NullType).col())
                .toArray(Column[]::new));
  }

  /** Whether there is anything to remember. */
  boolean changesAny() {
    return changesAny;
  }

  /** How much of it is not what tonight's tables say. */
  Staleness staleness() {
    return Waiting.of(decisions, settings.k(), settings.dimensions().size(), date);
  }

  /**
   * The decisions where these figures keep the set that stood there, or are not published; with its
   * number of persons all sums of a cell.
   */
  private Dataset<Row> without(Dataset<Row> withdrawn) {
    Column mine =
        filter(
            FIGURES.col(),
            figure ->
                figure.getField(FIGURE.name()).isin(FIGURE.col(), lit(ReleaseMemory.PERSONS)));
    Column why = try_element_at(transform(mine, of -> of.getField(REASON.name())), lit(1));
    Dataset<Row> figuresOfCells =
        withdrawn
            .groupBy(SEGMENT.col(), CELL.col())
            .agg(FIGURES.as(array_sort(collect_set(struct(FIGURE.col(), REASON.col())))));
    return new HeldBack(settings)
        .where(
            decisions
                .join(figuresOfCells, new String[] {SEGMENT.name(), CELL.name()}, "left")
                .withColumn(HeldBack.WHY.name(), why)
                .withColumn(HeldBack.HELD.name(), HeldBack.WHY.col().isNotNull())
                .drop(FIGURES.name()));
  }

  /** The rows of the release, with the figures {@link SuppressSums} takes. */
  Dataset<Row> rows() {
    List<Column> figures = new ArrayList<>();
    Column persons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    Column published = CHOICE.col().between(StandingDecisions.NOW, StandingDecisions.BEFORE);
    figures.add(
        CountParts.PERSONS.as(
            max(when(persons.and(published), figure(StandingDecisions::elements, 4)))));
    IntStream.range(0, settings.dimensions().size())
        .forEach(i -> figures.add(LabelPersons.label(i).as(max(LabelPersons.label(i).col()))));
    List<Sum> sums = settings.sums().toList();
    for (int i = 0; i < sums.size(); i++) {
      Column mine = FIGURE.col().equalTo(StandingElements.figure(sums.get(i))).and(published);
      figures.add(
          CountParts.contributors(i).as(max(when(mine, figure(StandingDecisions::elements, 4)))));
      figures.add(CountParts.total(i).as(max(when(mine, figure(StandingDecisions::total, 1)))));
      if (settings.dominance().isPresent()) {
        figures.add(CountParts.sizes(i).as(max(when(mine, figure(StandingDecisions::sizes, 1)))));
        figures.add(
            CountParts.largest(i)
                .as(
                    array_compact(
                        array(
                            max(when(mine, figure(StandingDecisions::first, 1))),
                            max(when(mine, figure(StandingDecisions::second, 1)))))));
      }
    }
    return decisions
        .groupBy(SEGMENT.col(), CELL.col())
        .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new))
        .filter(CountParts.PERSONS.col().isNotNull());
  }

  /** The chosen set's figure; of sums there are those of {@code NOW} and {@code BEFORE} only. */
  private static Column figure(java.util.function.IntFunction<Field> of, int sets) {
    List<Integer> all =
        sets == 1
            ? List.of(StandingDecisions.NOW, StandingDecisions.BEFORE)
            : IntStream.rangeClosed(StandingDecisions.NOW, StandingDecisions.BEFORE)
                .boxed()
                .toList();
    return StandingDecisions.of(of, all);
  }

  @Override
  public void close() {
    kept.forEach(KeptRows::close);
  }
}
