package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

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

/**
 * What the release memory says of an export's cells, read without the engine.
 *
 * @param memory rows of {@link StandingMemory}
 */
record Standing(Shape shape, MemoryVersions versions, Dataset<Row> memory) {
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

  private static final Field MEMBER = Field.required("member", Persons.PERSON_KEY.type());

  Workspace workspace() {
    return shape.workspace();
  }

  Claim claim() {
    return shape.claim();
  }

  /** Cells of the export's shape, of all segments. */
  Dataset<Row> alike() {
    return memory.filter(ReleaseMemory.SHAPE.col().equalTo(shape.text()));
  }

  /** Who stands behind their numbers of persons now. */
  Dataset<Row> alikeNow() {
    return now(alike().filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS)));
  }

  /** Cells of other shapes of the export's segments. */
  Dataset<Row> unlike() {
    return memory
        .filter(ReleaseMemory.SHAPE.col().notEqual(shape.text()))
        .filter(SEGMENT.col().isInCollection(claim().segments()));
  }

  /** Cells of other shapes, of all segments. */
  Dataset<Row> elsewhere() {
    return StandingMemory.elsewhere(shape, versions);
  }

  /** Cells of the export's shape and segments. */
  Dataset<Row> ours() {
    return alike().filter(SEGMENT.col().isInCollection(claim().segments()));
  }

  /** Whether the release is remembered by anything new. */
  boolean changed() {
    return versions.after() != versions.before();
  }

  /** One row per figure and who ever stood behind it, with all it did there. */
  static Dataset<Row> histories(Dataset<Row> memory) {
    return memory
        // The person first: rows are sorted by the first bytes of the first column.
        .groupBy(PERSON.col(), SEGMENT.col(), CELL.col(), FIGURE.col(), SHARE.col())
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
    Column member =
        SEGMENT.col().equalTo(Recount.key(0).col()).and(PERSON.col().equalTo(MEMBER.col()));
    return joined.join( // n:1, its figures
        members.withColumnRenamed(PERSON.name(), MEMBER.name()),
        member.and(ofItsCells(recount)).and(ofItsShares()),
        "left_anti");
  }

  /** Whether a cell is one that a member may be in: its own, or what is left of a place above. */
  private Column ofItsCells(Recount recount) {
    List<Column> own = new ArrayList<>();
    for (int i = 1; i <= claim().dimensions().size(); i++) {
      own.add(Recount.key(i).col());
    }
    Column cells = CELL.col().equalTo(shape.cell(own));
    for (int above = 0; above < recount.remainders(); above++) {
      Column remainder = Recount.remainder(above).col();
      List<Column> labels = new ArrayList<>(own);
      labels.set(claim().place(), remainder);
      cells = cells.or(remainder.isNotNull().and(CELL.col().equalTo(shape.cell(labels))));
    }
    return cells;
  }

  /** Whether a figure is one that a member adds this share to. */
  private Column ofItsShares() {
    Column shares = FIGURE.col().equalTo(ReleaseMemory.PERSONS).and(SHARE.col().equalTo(0));
    for (int i = 0; i < claim().figures().size(); i++) {
      if (claim().figures().get(i).source().isPresent()) {
        Column share = Recount.part(i).col();
        Column same = SHARE.col().equalTo(share.cast(SHARE.type()));
        shares = shares.or(FIGURE.col().equalTo(figure(i)).and(share.notEqual(0)).and(same));
      }
    }
    return shares;
  }

  /** What the i-th figure is remembered as. */
  String figure(int i) {
    Claim.Figure figure = claim().figures().get(i);
    return figure
        .source()
        .map(source -> ReleaseMemory.sum(source.name(), figure.clamp()))
        .orElse(ReleaseMemory.PERSONS);
  }

  static String[] names(Field... fields) {
    return Stream.of(fields).map(Field::name).toArray(String[]::new);
  }
}
