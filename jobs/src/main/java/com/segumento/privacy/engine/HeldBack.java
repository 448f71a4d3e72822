package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingDecisions.MAY_STAY;
import static com.segumento.privacy.engine.StandingDecisions.REASON;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/** Decisions in which some new sets are held back: what stood there stays, or nothing is there. */
record HeldBack(CellSettings settings) {
  /** Whether a figure is held back. */
  static final Field HELD = Field.optional("held back", DataTypes.BooleanType);

  /** Code of the reason why; null where it goes with another. */
  static final Field WHY = Field.optional("why held back", DataTypes.StringType);

  /** A new set that is held back. */
  record HeldSet(String segment, String cell, String figure, Reason reason) {
    private HeldSet of(String other) {
      return new HeldSet(segment, cell, other, reason);
    }

    List<String> key() {
      return List.of(segment, cell, figure);
    }

    private Row row() {
      return RowFactory.create(segment, cell, figure, reason.code());
    }
  }

  /**
   * Holds sets back.
   *
   * @param sets of a cell whose persons are held back all sums are, too
   */
  Dataset<Row> of(Dataset<Row> decisions, List<HeldSet> sets) {
    Map<List<String>, HeldSet> figures = new LinkedHashMap<>();
    sets.stream().flatMap(this::figures).forEach(set -> figures.putIfAbsent(set.key(), set));
    Dataset<Row> gone =
        decisions
            .sparkSession()
            .createDataFrame(
                figures.values().stream().map(HeldSet::row).toList(),
                Field.schema(SEGMENT, CELL, FIGURE, WHY));
    return where(
        decisions
            .join(
                broadcast(gone), new String[] {SEGMENT.name(), CELL.name(), FIGURE.name()}, "left")
            .withColumn(HELD.name(), WHY.col().isNotNull()));
  }

  /**
   * Holds back what is marked, and what has to go with it.
   *
   * @param marked decisions with {@link #HELD} and {@link #WHY}
   */
  Dataset<Row> where(Dataset<Row> marked) {
    Column back = when(MAY_STAY.col(), StandingDecisions.BEFORE).otherwise(0);
    Dataset<Row> all = withRemainders(marked);
    if (settings.sums().findAny().isPresent()) {
      all = withRemainders(all.withColumn(HELD.name(), HELD.col().or(sumOfRowThatEnds())));
    }
    Column why = coalesce(WHY.col(), lit(Reason.BESIDE.code()));
    return new SumsOfRows(settings)
        .of(
            all.withColumn(
                    REASON.name(), when(HELD.col().and(CHANGED.col()), why).otherwise(REASON.col()))
                .withColumn(CHANGED.name(), CHANGED.col().and(not(HELD.col())))
                .withColumn(CHOICE.name(), when(HELD.col(), back).otherwise(CHOICE.col())),
            HELD.col())
        .drop(HELD.name(), WHY.name());
  }

  /** Whether a sum is held back of a row that would be gone: then the row stays, with all of it. */
  private static Column sumOfRowThatEnds() {
    WindowSpec row = Window.partitionBy(SEGMENT.col(), CELL.col());
    Column ends =
        FIGURE
            .col()
            .equalTo(ReleaseMemory.PERSONS)
            .and(CHOICE.col().equalTo(StandingDecisions.CLOSED));
    return max(HELD.col()).over(row).and(coalesce(max(ends).over(row), lit(false)));
  }

  /**
   * The same of all that is left of places, where it is so of one such row of a segment and other
   * labels: persons of a row that is held back would have to be in the one of the place above.
   */
  private Dataset<Row> withRemainders(Dataset<Row> marked) {
    if (settings.others().isEmpty()) {
      return marked;
    }
    Column remainder = LabelPersons.label(settings.place()).col().startsWith(Cells.OTHER_IN);
    Column[] others =
        Stream.concat(
                Stream.of(SEGMENT.col(), FIGURE.col()),
                IntStream.range(0, settings.dimensions().size())
                    .filter(i -> i != settings.place())
                    .mapToObj(i -> LabelPersons.label(i).col()))
            .toArray(Column[]::new);
    Column any = max(HELD.col().and(remainder)).over(Window.partitionBy(others));
    return marked.withColumn(HELD.name(), HELD.col().or(coalesce(remainder.and(any), lit(false))));
  }

  private Stream<HeldSet> figures(HeldSet set) {
    return set.figure().equals(ReleaseMemory.PERSONS)
        ? Stream.concat(
                Stream.of(ReleaseMemory.PERSONS), settings.sums().map(StandingElements::figure))
            .map(set::of)
        : Stream.of(set);
  }
}
