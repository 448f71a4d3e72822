package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Says which staged row each recounted part of a cell is in. That is the row of its own place where
 * that was staged; none where it was not though its persons are enough for one; else that of what
 * is left of the nearest place above it where one was staged; else none. So a row of what is left
 * of a place has to hold exactly those of the place who are in no row nearer to them, each once.
 *
 * @param remainders how many places lie above a part's own
 */
record Coverage(Claim claim, int remainders, List<Column> part) {
  /** Recounted cells whose persons are all in rows of places above. */
  static final Field ROLLED_UP = Field.required("rolled up", DataTypes.LongType);

  /** Recounted cells of which some person is in no row. */
  static final Field WITHHELD = Field.required("withheld", DataTypes.LongType);

  /** Those of them that are enough for a row: it would tell too much beside others. */
  static final Field HELD_BACK = Field.required("cells held back", DataTypes.LongType);

  /** Persons, each once a segment. */
  static final Field EVERYBODY = Field.required("everybody", DataTypes.LongType);

  /** Persons, each once a segment; those of segments below k apart, which no levels help. */
  static final Field MEMBERS = Field.required("members", DataTypes.LongType);

  /**
   * Those of them that are in no row of their own place, but for those whose cell was held back:
   * they are enough for a row at these levels.
   */
  static final Field SUPPRESSED = Field.required("suppressed", DataTypes.LongType);

  private static final Field DISTANCE = Field.required("distance", DataTypes.IntegerType);
  private static final Field NAME = Field.required("row name", DataTypes.StringType);
  private static final Field NEAREST = Field.optional("nearest", DataTypes.IntegerType);
  private static final Field FIRST = Field.required("first of the cell", DataTypes.IntegerType);
  private static final Field OWN = Field.optional("in a row of its own", DataTypes.BooleanType);
  private static final Field HELD = Field.required("held back", DataTypes.BooleanType);
  private static final Field IN_SEGMENT = Field.optional("in segment", DataTypes.LongType);
  private static final Field OPEN = Field.optional("in no row", DataTypes.BooleanType);

  Coverage {
    part = List.copyOf(part);
  }

  /**
   * One row per staged row, with the figures of all parts that are in it; null where none is. And
   * one or more without {@link StagedRows#POSITION} for what is in no row.
   */
  Dataset<Row> of(Dataset<Row> staged, Dataset<Row> parts) {
    Column[] cell =
        IntStream.rangeClosed(0, claim.dimensions().size())
            .mapToObj(i -> Recount.key(i).col())
            .toArray(Column[]::new);
    Column present = StagedRows.POSITION.col().isNotNull();
    // 1:n, a part has one name a place, and a staged row holds many parts
    Dataset<Row> matched =
        staged
            .join(named(parts), sameRow(), "full_outer")
            .repartition(cell)
            .withColumn(
                NEAREST.name(),
                min(when(present, DISTANCE.col()))
                    .over(Window.partitionBy(part.toArray(Column[]::new))))
            .withColumn(
                FIRST.name(),
                row_number().over(Window.partitionBy(cell).orderBy(DISTANCE.col().asc())))
            .withColumn(
                OWN.name(),
                coalesce(max(NEAREST.col().equalTo(0)).over(Window.partitionBy(cell)), lit(false)))
            .withColumn(HELD.name(), heldBack(cell))
            .withColumn(NEAREST.name(), when(not(HELD.col()), NEAREST.col()))
            .withColumn(OPEN.name(), max(NEAREST.col().isNull()).over(Window.partitionBy(cell)))
            .withColumn(
                IN_SEGMENT.name(),
                sum(when(DISTANCE.col().equalTo(0), Recount.PERSONS.col()))
                    .over(Window.partitionBy(Recount.key(0).col())));
    List<Column> figures = figures();
    return matched
        .groupBy(
            Stream.of(staged.columns())
                .map(name -> Field.optional(name, DataTypes.StringType).col())
                .toArray(Column[]::new))
        .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new));
  }

  /** Each part once a row it may be in. */
  private Dataset<Row> named(Dataset<Row> parts) {
    List<Column> names = new ArrayList<>();
    names.add(claim.place() < 0 ? lit("") : Recount.key(claim.place() + 1).col());
    for (int i = 0; i < remainders; i++) {
      names.add(Recount.remainder(i).col());
    }
    return parts.select(
        col("*"),
        posexplode(array_compact(array(names.toArray(Column[]::new))))
            .as(new String[] {DISTANCE.name(), NAME.name()}));
  }

  private Column sameRow() {
    Column same = lit(true);
    for (int i = 0; i <= claim.dimensions().size(); i++) {
      Column recounted = i == claim.place() + 1 && i > 0 ? NAME.col() : Recount.key(i).col();
      same = same.and(StagedRows.key(i).col().equalTo(recounted));
    }
    return same;
  }

  /**
   * Whether the persons of a part's cell are in no row, though they are enough for one: it was held
   * back for what it would tell beside others, and so would be what they are added to.
   */
  private Column heldBack(Column... cell) {
    Column own = DISTANCE.col().equalTo(0);
    Column enough =
        sum(when(own, Recount.PERSONS.col())).over(Window.partitionBy(cell)).geq(claim.k());
    if (claim.sensitive().isPresent()) {
      Column values = collect_list(when(own, Recount.VALUES.col())).over(Window.partitionBy(cell));
      enough = enough.and(size(array_distinct(flatten(values))).geq(claim.distinct()));
    }
    return coalesce(enough.and(not(OWN.col())), lit(false));
  }

  private List<Column> figures() {
    List<Column> figures = new ArrayList<>();
    Column cell = FIRST.col().equalTo(1).and(Recount.PERSONS.col().isNotNull());
    figures.add(Comparison.CELLS.as(sum(when(cell, 1L).otherwise(0L))));
    figures.add(
        WITHHELD.as(sum(when(cell.and(coalesce(OPEN.col(), lit(true))), 1L).otherwise(0L))));
    figures.add(HELD_BACK.as(sum(when(cell.and(HELD.col()), 1L).otherwise(0L))));
    Column rolledUp =
        cell.and(OPEN.col().equalTo(false)).and(coalesce(OWN.col(), lit(false)).equalTo(false));
    figures.add(ROLLED_UP.as(sum(when(rolledUp, 1L).otherwise(0L))));
    Column once = DISTANCE.col().equalTo(0);
    figures.add(EVERYBODY.as(sum(when(once, Recount.PERSONS.col()).otherwise(0L))));
    once = once.and(IN_SEGMENT.col().geq(claim.k()));
    Column unowned = once.and(coalesce(OWN.col(), lit(false)).equalTo(false)).and(not(HELD.col()));
    figures.add(MEMBERS.as(sum(when(once, Recount.PERSONS.col()).otherwise(0L))));
    figures.add(SUPPRESSED.as(sum(when(unowned, Recount.PERSONS.col()).otherwise(0L))));
    figures.add(Recount.PERSONS.as(sum(inRow(Recount.PERSONS))));
    figures.add(Recount.CLASSES.as(max(inRow(Recount.CLASSES))));
    figures.add(Recount.FIRST_DEFINITION.as(min(inRow(Recount.FIRST_DEFINITION))));
    figures.add(Recount.LAST_DEFINITION.as(max(inRow(Recount.LAST_DEFINITION))));
    if (claim.sensitive().isPresent()) {
      figures.add(
          Recount.VALUES.as(size(array_distinct(flatten(collect_list(inRow(Recount.VALUES)))))));
    }
    for (int i = 0; i < claim.figures().size(); i++) {
      if (claim.figures().get(i).source().isPresent()) {
        figures.addAll(sums(i));
      }
    }
    return figures;
  }

  private List<Column> sums(int figure) {
    List<Column> sums = new ArrayList<>();
    for (String added : List.of("sum", "contributors")) {
      Field field = Recount.recounted(figure, added);
      sums.add(field.as(sum(inRow(field))));
    }
    if (claim.dominance() > 0) {
      Field first = Recount.recounted(figure, "largest");
      Field second = Recount.recounted(figure, "second");
      Column all =
          array_compact(
              flatten(
                  collect_list(
                      when(mine(), array(first.col(), second.col()))))); // of each part two
      Column ranked = array_sort(all);
      Column next = when(size(all).geq(2), element_at(ranked, -2)).otherwise(lit(0));
      sums.add(first.as(array_max(all).cast(DataTypes.DoubleType)));
      sums.add(
          Recount.recounted(figure, "others")
              .as(
                  sum(inRow(Recount.recounted(figure, "sizes")))
                      .minus(array_max(all))
                      .minus(next)
                      .cast(DataTypes.DoubleType)));
    }
    return sums;
  }

  private static Column mine() {
    return DISTANCE.col().equalTo(NEAREST.col()).and(StagedRows.POSITION.col().isNotNull());
  }

  private static Column inRow(Field figure) {
    return when(mine(), figure.col());
  }
}
