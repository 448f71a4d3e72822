package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.SHARE;
import static com.segumento.privacy.engine.StandingElements.STOOD;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.Export;
import com.segumento.lake.KeptRows;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.NoiseDraws;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.FigureNoise;
import com.segumento.privacy.NoiseLedger;
import com.segumento.privacy.ReleaseRequest;
import com.segumento.udf.Calibration;
import com.segumento.udf.NoisyFigure;
import com.segumento.udf.PrivacyLoss;
import com.segumento.udf.SetDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Cells whose figures carry noise, and what that costs. The noise is a function of the figure and
 * the set of persons the release memory has behind it, so that a set that is published again has
 * the figure it had. The secret is with the executors until this is closed.
 */
final class NoisyCells implements AutoCloseable {
  private static final Field STORED = Field.required("stored segment", DataTypes.StringType);
  private static final Field ENTRY = Field.required("entry", DataTypes.NullType);
  private static final Field EXACT = Field.required("exact", DataTypes.createDecimalType(38, 6));
  private static final Field NOISY = Field.required("noisy", DataTypes.createDecimalType(38, 6));
  private static final Field COMPUTED = Field.optional("computed", DataTypes.StringType);
  private static final Field RECORDED = Field.optional("recorded", DataTypes.StringType);
  private static final Field PAID = Field.optional("paid", DataTypes.BooleanType);

  private final Workspace workspace;
  private final Export export;
  private final CellSettings settings;
  private final Dataset<Row> cells;
  private final Dataset<Row> standing;
  private final NoiseLedger ledger;
  private final Calibration calibration;
  private final Broadcast<byte[]> secret;
  private final KeptRows drawn;
  private final KeptRows draws;

  /**
   * Draws.
   *
   * @param cells as {@link StandingCells#rows} gives them
   * @param memory all rows of the release memory, which remembers the cells
   */
  NoisyCells(
      ReleaseRequest request,
      CellSettings settings,
      NoiseLedger ledger,
      Dataset<Row> cells,
      Dataset<Row> memory) {
    this.workspace = request.workspace();
    this.export = request.export();
    this.settings = settings;
    this.ledger = ledger;
    this.calibration = FigureNoise.calibration(export, workspace.segments());
    this.secret =
        JavaSparkContext.fromSparkContext(workspace.spark().sparkContext())
            .broadcast(
                NoisyFigure.secret(workspace.secrets().secret(workspace.client().keys().person())));
    String named = workspace.lake().layout().isAside() ? ReleaseMemory.only(workspace.run()) : "";
    this.cells = cells.withColumn(STORED.name(), concat(SEGMENT.col(), lit(named)));
    this.standing =
        memory
            .filter(ReleaseMemory.SHAPE.col().equalTo(ReleaseMemory.shape(settings.remembered())))
            .filter(
                SEGMENT
                    .col()
                    .isInCollection(settings.segments().stream().map(id -> id + named).toList()))
            .groupBy(STORED.as(SEGMENT.col()), CELL.col(), FIGURE.col(), PERSON.col(), SHARE.col())
            .agg(
                STOOD.as(sum(ReleaseMemory.CHANGE.col())),
                NoiseDraws.SINCE.as(max(ReleaseMemory.RELEASE.col())));
    this.drawn = KeptRows.of(drawn());
    this.draws = KeptRows.of(draws());
  }

  /** One row per figure that is published. */
  private Dataset<Row> drawn() {
    Dataset<Row> sets =
        standing
            .groupBy(STORED.col(), CELL.col(), FIGURE.col())
            .agg(
                COMPUTED.as(
                    SetDigest.of(STOOD.col().gt(0), SetDigest.element(PERSON.col(), SHARE.col()))),
                NoiseDraws.SINCE.as(max(NoiseDraws.SINCE.col())));
    Dataset<Row> recorded =
        ledger
            .read()
            .groupBy(
                STORED.as(SEGMENT.col()),
                CELL.col(),
                FIGURE.col(),
                NoiseDraws.NOISE.col(),
                NoiseDraws.SINCE.col())
            .agg(RECORDED.as(min(NoiseDraws.DIGEST.col())));
    Dataset<Row> paid =
        ledger
            .read()
            .select(
                STORED.as(SEGMENT.col()),
                CELL.col(),
                FIGURE.col(),
                NoiseDraws.NOISE.col(),
                NoiseDraws.DIGEST.col(),
                PAID.as(lit(true)))
            .distinct();
    return figures()
        .join(sets, names(STORED, CELL, FIGURE))
        .join(recorded, names(STORED, CELL, FIGURE, NoiseDraws.NOISE, NoiseDraws.SINCE), "left")
        .withColumn(NoiseDraws.DIGEST.name(), coalesce(RECORDED.col(), COMPUTED.col()))
        .join(paid, names(STORED, CELL, FIGURE, NoiseDraws.NOISE, NoiseDraws.DIGEST), "left")
        .withColumn(NOISY.name(), noisy());
  }

  private Dataset<Row> figures() {
    Map<String, FigureNoise> noise = noise();
    List<Column> entries = new ArrayList<>();
    entries.add(entry(ReleaseMemory.PERSONS, noise, CountParts.PERSONS.col()));
    List<Sum> sums = settings.sums().toList();
    for (int i = 0; i < sums.size(); i++) {
      Column total = CountParts.total(i).col();
      entries.add(
          when(total.isNotNull(), entry(StandingElements.figure(sums.get(i)), noise, total)));
    }
    if (!noise.containsKey(ReleaseMemory.PERSONS)) {
      entries.remove(0);
    }
    return cells
        .select(
            SEGMENT.col(),
            STORED.col(),
            CELL.col(),
            ENTRY.as(explode(array_compact(array(entries.toArray(Column[]::new))))))
        .select(
            SEGMENT.col(),
            STORED.col(),
            CELL.col(),
            FIGURE.as(FIGURE.in(ENTRY)),
            NoiseDraws.NOISE.as(NoiseDraws.NOISE.in(ENTRY)),
            EXACT.as(EXACT.in(ENTRY)))
        .distinct(); // two measures may be one figure
  }

  private static Column entry(String figure, Map<String, FigureNoise> noise, Column exact) {
    FigureNoise of = noise.get(figure);
    return struct(
        FIGURE.as(lit(figure)),
        NoiseDraws.NOISE.as(lit(of == null ? "" : of.noise().describe())),
        EXACT.as(exact.cast(EXACT.type())));
  }

  private Map<String, FigureNoise> noise() {
    return FigureNoise.of(
        export,
        workspace.segments(),
        Field.schema(
            settings.measures().stream().map(CellSettings.Measure::field).toArray(Field[]::new)));
  }

  private Column noisy() {
    Column noisy = null;
    Column identity = NoiseDraws.identity(STORED.col(), CELL.col(), FIGURE.col());
    for (var figure : noise().entrySet()) {
      FigureNoise of = figure.getValue();
      Column value =
          udf(new NoisyFigure(secret, of.noise(), of.unit()), NOISY.type())
              .withName("noisy_figure")
              .apply(identity, NoiseDraws.DIGEST.col(), EXACT.col());
      Column mine = FIGURE.col().equalTo(figure.getKey());
      noisy = noisy == null ? when(mine, value) : noisy.when(mine, value);
    }
    return noisy;
  }

  /** What the noise costs that was never drawn before, of one person at most. */
  PrivacyLoss loss() {
    return NoiseLedger.losses(draws.rows());
  }

  /** Accounts for what is not in the ledger yet. */
  void account() {
    if (!draws.rows().isEmpty()) {
      ledger.add(draws.rows(), export.name());
    }
  }

  private Dataset<Row> draws() {
    Column fresh = PAID.col().isNull();
    return drawn
        .rows()
        .filter(RECORDED.col().isNull())
        .join(cellsOfAPerson(), names(STORED, FIGURE), "left")
        .withColumn(SEGMENT.name(), STORED.col())
        .withColumn(NoiseDraws.MECHANISM.name(), lit(calibration.mechanism().name()))
        .withColumn(
            NoiseDraws.COST.name(),
            when(fresh, lit(calibration.cost())).otherwise(lit(0)).cast(NoiseDraws.COST.type()))
        .withColumn(NoiseDraws.CELLS.name(), coalesce(NoiseDraws.CELLS.col(), lit(0L)))
        .withColumn(NoiseDraws.EXPORT.name(), lit(export.name()))
        .withColumn(NoiseDraws.RUN.name(), lit(workspace.run()))
        .withColumn(NoiseDraws.BUSINESS_DATE.name(), lit(workspace.date()))
        .withColumn(NoiseDraws.RELEASE.name(), lit(ledger.next()))
        .select(
            Stream.of(NoiseDraws.SCHEMA.fieldNames())
                .map(name -> Field.optional(name, DataTypes.NullType).col())
                .toArray(Column[]::new));
  }

  /** The most cells of a segment that one person is in, of those whose noise is new. */
  private Dataset<Row> cellsOfAPerson() {
    Dataset<Row> fresh =
        drawn.rows().filter(PAID.col().isNull()).select(STORED.col(), CELL.col(), FIGURE.col());
    return standing
        .filter(STOOD.col().gt(0))
        .join(fresh, names(STORED, CELL, FIGURE)) // n:1, a figure is drawn once
        .groupBy(STORED.col(), FIGURE.col(), PERSON.col())
        .agg(NoiseDraws.CELLS.as(count(lit(1))))
        .groupBy(STORED.col(), FIGURE.col())
        .agg(NoiseDraws.CELLS.as(max(NoiseDraws.CELLS.col())));
  }

  /** The cells with their noise, for {@link SuppressSums}. */
  Dataset<Row> rows() {
    List<Column> figures = new ArrayList<>();
    figures.add(CountParts.PERSONS.as(max(of(ReleaseMemory.PERSONS)).cast(DataTypes.LongType)));
    List<Sum> sums = settings.sums().toList();
    for (int i = 0; i < sums.size(); i++) {
      figures.add(CountParts.total(i).as(max(of(StandingElements.figure(sums.get(i))))));
    }
    Dataset<Row> noisy =
        drawn
            .rows()
            .groupBy(STORED.col(), CELL.col())
            .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new));
    String[] replaced =
        Stream.of(noisy.columns())
            .filter(name -> !name.equals(STORED.name()) && !name.equals(CELL.name()))
            .toArray(String[]::new);
    return cells.drop(replaced).join(noisy, names(STORED, CELL)); // 1:1, a cell is one row
  }

  private static Column of(String figure) {
    return when(FIGURE.col().equalTo(figure), NOISY.col());
  }

  private static String[] names(Field... fields) {
    return Stream.of(fields).map(Field::name).toArray(String[]::new);
  }

  @Override
  public void close() {
    draws.close();
    drawn.close();
    secret.destroy();
  }
}
