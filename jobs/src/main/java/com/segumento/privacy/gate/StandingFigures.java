package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static com.segumento.privacy.gate.Standing.SHARE;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Holds staged figures against what stands behind them by the release memory; and that against what
 * is staged, as whoever sees that a figure is gone takes it for one that nobody is behind.
 */
record StandingFigures(Standing standing) {
  private static final Field OF_SEGMENT = Field.optional("of segment", DataTypes.StringType);
  private static final Field OF_CELL = Field.optional("of cell", DataTypes.StringType);
  private static final Field STANDING_SEGMENT =
      Field.optional("standing segment", DataTypes.StringType);
  private static final Field STANDING_CELL = Field.optional("standing cell", DataTypes.StringType);
  private static final Field COUNT = Field.required("standing", DataTypes.LongType);
  private static final Field TWICE = Field.required("standing twice", DataTypes.LongType);
  private static final Field TOTAL = Field.optional("total", DataTypes.createDecimalType(38, 6));
  private static final Field SIZES = Field.optional("sizes", DataTypes.createDecimalType(38, 6));
  private static final Field LARGEST =
      Field.optional("largest", DataTypes.createDecimalType(38, 6));
  private static final Field SECOND = Field.optional("second", DataTypes.createDecimalType(38, 6));
  private static final Field RANK = Field.required("rank", DataTypes.IntegerType);
  private static final Field VALUES = Field.required("standing values", DataTypes.LongType);
  private static final Field SENSITIVE = Field.optional("sensitive value", DataTypes.StringType);

  /** Rows of the file, and none of cells that stand and are in no row, with what stands there. */
  private Dataset<Row> beside(Dataset<Row> staged, Dataset<Row> profiles) {
    Dataset<Row> now = Standing.now(standing.ours());
    Dataset<Row> rows = staged.withColumn(CELL.name(), standing.shape().stagedCell());
    Dataset<Row> persons =
        persons(now, profiles)
            .withColumnRenamed(OF_SEGMENT.name(), STANDING_SEGMENT.name())
            .withColumnRenamed(OF_CELL.name(), STANDING_CELL.name());
    rows =
        rows.join( // 1:1, a cell is a row of the file at most
            persons,
            StagedRows.key(0)
                .col()
                .equalTo(STANDING_SEGMENT.col())
                .and(CELL.col().equalTo(STANDING_CELL.col())),
            "full_outer");
    for (int i = 0; i < standing.claim().figures().size(); i++) {
      if (standing.claim().figures().get(i).source().isPresent()) {
        rows = joined(rows, sums(now, i));
      }
    }
    return rows;
  }

  /** One row: how often each violation was found. */
  Dataset<Row> of(Dataset<Row> staged, Dataset<Row> profiles) {
    Claim claim = standing.claim();
    Dataset<Row> rows = beside(staged, profiles);
    Map<Violation, Column> wrong = new EnumMap<>(Violation.class);
    Column count = coalesce(COUNT.col(), lit(0L)); // of a row that nobody stands behind
    wrong.put(Violation.BELOW_K, count.lt(claim.k()));
    Column unremembered = COUNT.col().isNull().or(TWICE.col().gt(1));
    if (claim.sensitive().isPresent()) {
      wrong.put(Violation.DIVERSITY, coalesce(VALUES.col(), lit(0L)).lt(claim.distinct()));
    }
    for (int i = 0; i < claim.figures().size(); i++) {
      Column claimed = StagedRows.claimed(i).col();
      if (claim.figures().get(i).source().isEmpty()) {
        Column another = not(claimed.eqNullSafe(rounded(count, claim.roundTo()).cast("string")));
        wrong.merge(Violation.COUNT, another, Column::or);
        unremembered = unremembered.or(another);
      } else {
        Column total =
            named(TOTAL, i)
                .col()
                .cast(claim.figures().get(i).field().type())
                .cast(DataTypes.StringType);
        Column few = coalesce(named(COUNT, i).col().lt(claim.k()), lit(true));
        Column another = claimed.isNotNull().and(not(claimed.eqNullSafe(total)));
        unremembered = unremembered.or(named(TWICE, i).col().gt(1)).or(another);
        wrong.merge(Violation.SUM, claimed.isNotNull().and(few).or(another), Column::or);
        if (claim.dominance() > 0) {
          wrong.merge(Violation.DOMINANCE, claimed.isNotNull().and(dominated(i)), Column::or);
        }
      }
    }
    wrong.put(Violation.UNREMEMBERED, unremembered);
    wrong.replaceAll((violation, condition) -> present().and(condition));
    wrong.put(Violation.VANISHED_CELLS, size(missing()).gt(0));
    List<Column> found = new ArrayList<>();
    wrong.forEach(
        (violation, condition) ->
            found.add(
                coalesce(sum(when(coalesce(condition, lit(false)), 1L).otherwise(0L)), lit(0L))
                    .as(violation.name())));
    return rows.agg(found.get(0), found.subList(1, found.size()).toArray(Column[]::new));
  }

  private static Column present() {
    return StagedRows.POSITION.col().isNotNull();
  }

  /**
   * Segment, cell and figure of what stands, is enough to be shown, and is not.
   *
   * @param staged the rows of the file
   */
  Dataset<Row> missing(Dataset<Row> staged, Dataset<Row> profiles) {
    return beside(staged, profiles)
        .select(
            SEGMENT.as(STANDING_SEGMENT.col()),
            CELL.as(STANDING_CELL.col()),
            explode(missing()).as(FIGURE.name()));
  }

  /** The figures of a row that stand and are not shown. */
  private Column missing() {
    Claim claim = standing.claim();
    Column enough = not(present()).and(COUNT.col().geq(claim.k()));
    if (claim.sensitive().isPresent()) {
      enough = enough.and(VALUES.col().geq(claim.distinct()));
    }
    List<Column> missing = new ArrayList<>(List.of(when(enough, lit(ReleaseMemory.PERSONS))));
    for (int i = 0; i < claim.figures().size(); i++) {
      if (claim.figures().get(i).source().isPresent()) {
        Column many =
            present()
                .and(StagedRows.claimed(i).col().isNull())
                .and(named(COUNT, i).col().geq(claim.k()));
        Column safe = claim.dominance() > 0 ? not(coalesce(dominated(i), lit(false))) : lit(true);
        missing.add(when(many.and(safe), lit(standing.figure(i))));
      }
    }
    return array_compact(array(missing.toArray(Column[]::new)));
  }

  private Column dominated(int i) {
    Column largest = coalesce(named(LARGEST, i).col(), lit(0));
    Column others =
        named(SIZES, i).col().minus(largest).minus(coalesce(named(SECOND, i).col(), lit(0)));
    return others
        .cast(DataTypes.DoubleType)
        .multiply(100.0)
        .lt(largest.cast(DataTypes.DoubleType).multiply(standing.claim().dominance()));
  }

  private static Column rounded(Column persons, long step) {
    Column over = pmod(persons, lit(step));
    return persons.minus(over).plus(when(over.multiply(2).geq(step), step).otherwise(0L));
  }

  private static Dataset<Row> joined(Dataset<Row> rows, Dataset<Row> figures) {
    return rows.join( // n:1, a figure stands once
            figures,
            StagedRows.key(0)
                .col()
                .equalTo(OF_SEGMENT.col())
                .and(CELL.col().equalTo(OF_CELL.col())),
            "left")
        .drop(OF_SEGMENT.name(), OF_CELL.name());
  }

  private Dataset<Row> persons(Dataset<Row> now, Dataset<Row> profiles) {
    Dataset<Row> persons = now.filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS));
    List<Column> figures = new ArrayList<>();
    figures.add(COUNT.as(count_distinct(PERSON.col())));
    figures.add(TWICE.as(max(ReleaseMemory.CHANGE.col())));
    if (standing.claim().sensitive().isPresent()) {
      Field sensitive =
          Field.optional(standing.claim().sensitive().orElseThrow(), DataTypes.StringType);
      Dataset<Row> values =
          profiles
              .groupBy(Persons.PERSON_KEY.col())
              .agg(SENSITIVE.as(max(sensitive.col().cast(DataTypes.StringType))));
      persons = persons.join(values, Standing.names(PERSON), "left"); // n:1
      figures.add(VALUES.as(count_distinct(SENSITIVE.col())));
    }
    return grouped(persons, figures);
  }

  private Dataset<Row> sums(Dataset<Row> now, int i) {
    Dataset<Row> shares =
        now.filter(FIGURE.col().equalTo(standing.figure(i)))
            .withColumn(
                RANK.name(),
                org.apache
                    .spark
                    .sql
                    .functions
                    .row_number()
                    .over(
                        Window.partitionBy(SEGMENT.col(), CELL.col())
                            .orderBy(abs(SHARE.col()).desc())));
    List<Column> figures = new ArrayList<>();
    figures.add(named(COUNT, i).as(count_distinct(PERSON.col())));
    // Of a person with two shares at once, one would be of no one.
    figures.add(
        named(TWICE, i)
            .as(
                max(ReleaseMemory.CHANGE.col())
                    .plus(count(lit(1)))
                    .minus(count_distinct(PERSON.col()))));
    figures.add(named(TOTAL, i).as(sum(SHARE.col())));
    figures.add(named(SIZES, i).as(sum(abs(SHARE.col()))));
    figures.add(named(LARGEST, i).as(max(when(RANK.col().equalTo(1), abs(SHARE.col())))));
    figures.add(named(SECOND, i).as(max(when(RANK.col().equalTo(2), abs(SHARE.col())))));
    return grouped(shares, figures);
  }

  private static Dataset<Row> grouped(Dataset<Row> rows, List<Column> figures) {
    return rows.groupBy(SEGMENT.as(SEGMENT.col()), CELL.as(CELL.col()))
        .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new))
        .withColumnRenamed(SEGMENT.name(), OF_SEGMENT.name())
        .withColumnRenamed(CELL.name(), OF_CELL.name());
  }

  private static Field named(Field figure, int i) {
    return Field.optional(figure.name() + " of figure " + i, figure.type());
  }
}
