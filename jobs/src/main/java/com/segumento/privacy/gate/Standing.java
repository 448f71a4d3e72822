package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/** What the release memory says of an export's cells, read without the engine. */
record Standing(Workspace workspace, Export export, Claim claim, MemoryVersions versions) {
  static final Field SEGMENT = ReleaseMemory.SEGMENT_ID;
  static final Field CELL = ReleaseMemory.CELL;
  static final Field FIGURE = ReleaseMemory.FIGURE;
  static final Field PERSON = Persons.PERSON_KEY;
  static final Field SHARE = ReleaseMemory.SHARE;

  /** All a person did at a figure: release and change. */
  static final Field HISTORY =
      Field.required(
          "history",
          new ArrayType(Field.schema(ReleaseMemory.RELEASE, ReleaseMemory.CHANGE), false));

  private static final Field ENTRY = Field.required("entry", DataTypes.NullType);
  private static final Field PRINT = Field.required("print", DataTypes.LongType);
  private static final Field OURS = Field.required("rows of ours", DataTypes.LongType);
  private static final Field ROWS = Field.required("memory rows", DataTypes.LongType);

  /** The dimensions by which cells of the export are remembered, with the labels of {@code key}. */
  private List<ReleaseMemory.Dimension> dimensions(List<Column> labels) {
    ClassLabels classes = new ClassLabels(workspace, export);
    List<ReleaseMemory.Dimension> dimensions = new ArrayList<>();
    for (int i = 0; i < claim.dimensions().size(); i++) {
      String name = claim.dimensions().get(i);
      if (!classes.joinsAll(name)) {
        int level = export.levels().get(name).intValue();
        dimensions.add(new ReleaseMemory.Dimension(name, level, labels.get(i)));
      }
    }
    return dimensions;
  }

  /** The text of a cell with these labels, in the order of the export's dimensions. */
  Column cell(List<Column> labels) {
    return ReleaseMemory.cell(dimensions(labels));
  }

  private String shape() {
    List<Column> none = claim.dimensions().stream().map(name -> lit("")).toList();
    return ReleaseMemory.shape(dimensions(none));
  }

  Dataset<Row> all() {
    return named(read(versions.after()));
  }

  /** With the segments of this run alone under their ids. */
  private Dataset<Row> named(Dataset<Row> memory) {
    String only = ReleaseMemory.only(workspace.run());
    Column id = SEGMENT.col();
    return workspace.lake().layout().isAside()
        ? memory.withColumn(
            SEGMENT.name(),
            when(id.endsWith(only), id.substr(lit(1), length(id).minus(only.length())))
                .otherwise(id))
        : memory;
  }

  /** Cells of the export's shape, of all segments. */
  Dataset<Row> alike() {
    return all().filter(ReleaseMemory.SHAPE.col().equalTo(shape()));
  }

  /** Cells of other shapes of the export's segments. */
  Dataset<Row> unlike() {
    return all()
        .filter(ReleaseMemory.SHAPE.col().notEqual(shape()))
        .filter(SEGMENT.col().isInCollection(claim.segments()));
  }

  /**
   * What was there before.
   *
   * @param fresh whether nothing was that is of the export's shape and segments
   * @param rewritten whether the release did more to the memory than add rows of its own
   */
  record Past(boolean fresh, boolean rewritten) {}

  /** One look at both versions. */
  Past past() {
    Column ours =
        ReleaseMemory.SHAPE
            .col()
            .equalTo(shape())
            .and(SEGMENT.col().isInCollection(claim.segments()));
    Dataset<Row> before = print(read(versions.before()), lit(true), ours);
    if (!changed()) {
      return new Past(before.first().<Long>getAs(OURS.name()) == 0, false);
    }
    Column old = ReleaseMemory.RELEASE.col().lt(versions.release());
    Column own = ReleaseMemory.RELEASE.col().equalTo(versions.release());
    Dataset<Row> after = print(read(versions.after()), old, not(old.or(own)));
    List<Row> both = before.unionAll(after).collectAsList();
    Row then = both.get(0);
    Row now = both.get(1);
    boolean same =
        then.<Long>getAs(ROWS.name()).equals(now.<Long>getAs(ROWS.name()))
            && then.<Long>getAs(PRINT.name()).equals(now.<Long>getAs(PRINT.name()))
            && now.<Long>getAs(OURS.name()) == 0;
    return new Past(then.<Long>getAs(OURS.name()) == 0, !same);
  }

  /** Whether the release is remembered by anything new. */
  boolean changed() {
    return versions.after() != versions.before();
  }

  private static Dataset<Row> print(Dataset<Row> memory, Column of, Column counted) {
    Column[] columns =
        Stream.of(memory.columns())
            .map(name -> Field.optional(name, DataTypes.NullType).col())
            .toArray(Column[]::new);
    // The same row twice cancels out in the one figure, not in the other.
    return memory.agg(
        ROWS.as(count(when(of, 1))),
        PRINT.as(coalesce(bit_xor(when(of, xxhash64(columns))), lit(0L))),
        OURS.as(count(when(counted, 1))));
  }

  /** One row per figure and who ever stood behind it, with all it did there. */
  static Dataset<Row> histories(Dataset<Row> memory) {
    return memory
        .groupBy(SEGMENT.col(), CELL.col(), FIGURE.col(), PERSON.col(), SHARE.col())
        .agg(
            HISTORY.as(
                collect_list(struct(ReleaseMemory.RELEASE.col(), ReleaseMemory.CHANGE.col()))));
  }

  /** How often somebody of this history stands there after {@code release}: 0 or 1. */
  static Column there(Column release) {
    Column until =
        filter(HISTORY.col(), event -> event.getField(ReleaseMemory.RELEASE.name()).leq(release));
    return aggregate(
        until, lit(0), (sum, event) -> sum.plus(event.getField(ReleaseMemory.CHANGE.name())));
  }

  /** Who stands there now. */
  static Dataset<Row> now(Dataset<Row> memory) {
    Column standing = sum(ReleaseMemory.CHANGE.col());
    return memory
        .groupBy(SEGMENT.col(), CELL.col(), FIGURE.col(), PERSON.col(), SHARE.col())
        .agg(ReleaseMemory.CHANGE.as(standing))
        .filter(ReleaseMemory.CHANGE.col().notEqual(0));
  }

  /**
   * Those who joined with the release though tonight's tables do not have them there: not in the
   * segment, of other labels, or with another share.
   */
  Dataset<Row> strangers(Recount recount, Dataset<Row> members) {
    Dataset<Row> joined =
        alike()
            .filter(ReleaseMemory.RELEASE.col().equalTo(versions.release()))
            .filter(ReleaseMemory.CHANGE.col().gt(0));
    String[] key = names(SEGMENT, CELL, FIGURE, PERSON, SHARE);
    return joined.join(candidates(recount, members), key, "left_anti");
  }

  /** Each member once per figure and cell it may be in: its own, and what is left of places. */
  private Dataset<Row> candidates(Recount recount, Dataset<Row> members) {
    List<Column> cells = new ArrayList<>();
    List<Column> own = new ArrayList<>();
    for (int i = 1; i <= claim.dimensions().size(); i++) {
      own.add(Recount.key(i).col());
    }
    cells.add(cell(own));
    for (int above = 0; above < recount.remainders(); above++) {
      List<Column> labels = new ArrayList<>(own);
      labels.set(claim.place(), Recount.remainder(above).col());
      cells.add(when(Recount.remainder(above).col().isNotNull(), cell(labels)));
    }
    List<Column> entries = new ArrayList<>(List.of(entry(lit(ReleaseMemory.PERSONS), lit(0))));
    for (int i = 0; i < claim.figures().size(); i++) {
      if (claim.figures().get(i).source().isPresent()) {
        Column share = Recount.part(i).col();
        entries.add(when(share.isNotNull(), entry(lit(figure(i)), share)));
      }
    }
    return members
        .withColumn(CELL.name(), explode(array_compact(array(cells.toArray(Column[]::new)))))
        .withColumn(ENTRY.name(), explode(array_compact(array(entries.toArray(Column[]::new)))))
        .select(
            SEGMENT.as(Recount.key(0).col()),
            CELL.col(),
            PERSON.col(),
            col("`" + ENTRY.name() + "`.*"))
        .distinct();
  }

  private static Column entry(Column figure, Column share) {
    return struct(FIGURE.as(figure), SHARE.as(share.cast(SHARE.type())));
  }

  /** What the i-th figure is remembered as. */
  String figure(int i) {
    Claim.Figure figure = claim.figures().get(i);
    return figure
        .source()
        .map(source -> ReleaseMemory.sum(source.name(), figure.clamp()))
        .orElse(ReleaseMemory.PERSONS);
  }

  static String[] names(Field... fields) {
    return Stream.of(fields).map(Field::name).toArray(String[]::new);
  }

  private Dataset<Row> read(long version) {
    return workspace
        .lake()
        .tables()
        .read(workspace.lake().layout().releaseMemory(workspace.clientId()), version);
  }

  /** The text of the cell of a staged row. */
  Column stagedCell() {
    List<Column> labels = new ArrayList<>();
    for (int i = 1; i <= claim.dimensions().size(); i++) {
      labels.add(StagedRows.key(i).col());
    }
    return cell(labels);
  }
}
