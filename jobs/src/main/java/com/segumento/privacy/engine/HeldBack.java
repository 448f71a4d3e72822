package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingDecisions.MAY_STAY;
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
import java.util.List;
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

  /**
   * Holds sets back.
   *
   * @param sets segment, cell and figure; of a cell whose persons are held back all sums are, too
   */
  Dataset<Row> of(Dataset<Row> decisions, List<Row> sets) {
    Dataset<Row> gone =
        decisions
            .sparkSession()
            .createDataFrame(
                sets.stream().flatMap(this::figures).distinct().toList(),
                Field.schema(SEGMENT, CELL, FIGURE))
            .withColumn(HELD.name(), lit(true));
    return where(
        decisions
            .join(
                broadcast(gone), new String[] {SEGMENT.name(), CELL.name(), FIGURE.name()}, "left")
            .withColumn(HELD.name(), HELD.col().isNotNull()));
  }

  /**
   * Holds back what is marked, and what has to go with it.
   *
   * @param marked decisions with {@link #HELD}
   */
  Dataset<Row> where(Dataset<Row> marked) {
    Column back = when(MAY_STAY.col(), StandingDecisions.BEFORE).otherwise(0);
    Dataset<Row> all = withRemainders(marked);
    if (settings.sums().findAny().isPresent()) {
      all = withRemainders(all.withColumn(HELD.name(), HELD.col().or(sumOfRowThatEnds())));
    }
    return new SumsOfRows(settings)
        .of(
            all.withColumn(CHANGED.name(), CHANGED.col().and(not(HELD.col())))
                .withColumn(CHOICE.name(), when(HELD.col(), back).otherwise(CHOICE.col())),
            HELD.col())
        .drop(HELD.name());
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

  private Stream<Row> figures(Row set) {
    return set.getString(2).equals(ReleaseMemory.PERSONS)
        ? Stream.concat(
                Stream.of(ReleaseMemory.PERSONS), settings.sums().map(StandingElements::figure))
            .map(figure -> RowFactory.create(set.getString(0), set.getString(1), figure))
        : Stream.of(set);
  }
}
