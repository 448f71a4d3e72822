package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.SHARE;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.engine.SetsToHoldBack.Behind;
import com.segumento.privacy.engine.SetsToHoldBack.Stands;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Groups the persons of a segment and figure by the cells they are behind: all that has to be known
 * of them together.
 *
 * <p>Of a sum, who has another share in some of the cells is in a group of those who have another
 * one in the same cells, and where {@code sized}, it is known of each group how much it adds: of
 * each share, and of what two shares of a person differ by, all amounts together and the two
 * largest.
 *
 * @param sized whether amounts are looked at
 */
record GroupsBehind(boolean sized) {
  /** So many groups of a segment and figure are looked at. */
  static final int LIMIT = 100_000;

  private static final Field NOW = Field.required("now", DataTypes.BooleanType);
  private static final Field BEFORE = Field.required("before", DataTypes.BooleanType);
  private static final Field NEW = Field.required("new", DataTypes.BooleanType);

  /** A cell, whether somebody is behind it with its new set and without, and whether it has one. */
  static final Field STANDS =
      Field.required("stands", Field.schema(ReleaseMemory.SHAPE, CELL, NOW, BEFORE, NEW));

  private static final Field WITH = Field.required("with", DataTypes.NullType);
  private static final Field SHARES = Field.required("shares", DataTypes.NullType);
  private static final Field OF_SHARE = Field.required("of share", DataTypes.IntegerType);
  private static final Field BEHIND =
      Field.required(
          "behind",
          new ArrayType(
              Field.schema(ReleaseMemory.SHAPE, CELL, NOW, BEFORE, NEW, OF_SHARE), false));
  private static final Field PERSONS = Field.required("persons", DataTypes.LongType);
  private static final Field KNOWN = Field.required("known", DataTypes.BooleanType);
  private static final Field AMOUNTS = Field.required("amounts", DataTypes.NullType);
  private static final Field NUMBER = Field.required("number", DataTypes.IntegerType);
  private static final Field AMOUNT = Field.required("amount", DataTypes.createDecimalType(38, 6));
  private static final Field RANK = Field.required("rank", DataTypes.IntegerType);
  private static final Field TOGETHER = Field.required("together", AMOUNT.type());
  private static final Field FIRST = Field.required("first", AMOUNT.type());
  private static final Field SECOND = Field.required("second", AMOUNT.type());
  private static final Field SIZES =
      Field.required("sizes", new ArrayType(Field.schema(NUMBER, TOGETHER, FIRST, SECOND), false));
  private static final Field ALL = Field.required("groups of it", DataTypes.LongType);
  private static final Field GROUPS =
      Field.required("groups", new ArrayType(Field.schema(BEHIND, PERSONS, KNOWN, SIZES), false));

  static Column stands(Column shape, Column now, Column before, Column changed) {
    return STANDS.as(
        struct(
            ReleaseMemory.SHAPE.as(shape),
            CELL.col(),
            NOW.as(now),
            BEFORE.as(before),
            NEW.as(changed)));
  }

  /**
   * One row per segment and figure, for {@link #groups}.
   *
   * @param rows segment, figure, person, share and {@link #STANDS}
   */
  Dataset<Row> apply(Dataset<Row> rows) {
    Dataset<Row> persons = persons(rows);
    Column few = ALL.col().leq(LIMIT);
    return (sized ? sized(persons) : counted(persons))
        .withColumn(ALL.name(), count(lit(1)).over(Window.partitionBy(SEGMENT.col(), FIGURE.col())))
        // Of too many only the names of the new cells are of use.
        .withColumn(
            BEHIND.name(),
            when(few, BEHIND.col())
                .otherwise(filter(BEHIND.col(), each -> each.getField(NEW.name()))))
        .withColumn(SIZES.name(), filter(SIZES.col(), each -> few))
        .groupBy(SEGMENT.col(), FIGURE.col(), ALL.col(), KNOWN.col(), BEHIND.col(), SIZES.col())
        .agg(PERSONS.as(sum(PERSONS.col())))
        .groupBy(SEGMENT.col(), FIGURE.col(), ALL.col())
        .agg(
            GROUPS.as(collect_list(struct(BEHIND.col(), PERSONS.col(), KNOWN.col(), SIZES.col()))));
  }

  /** One row a person, with the shares from the least on. */
  private static Dataset<Row> persons(Dataset<Row> rows) {
    Column share = SHARE.col();
    Column stands =
        transform(
            WITH.col(),
            each ->
                struct(
                    each.getField(STANDS.name()).getField(ReleaseMemory.SHAPE.name()),
                    each.getField(STANDS.name()).getField(CELL.name()),
                    each.getField(STANDS.name()).getField(NOW.name()),
                    each.getField(STANDS.name()).getField(BEFORE.name()),
                    each.getField(STANDS.name()).getField(NEW.name()),
                    OF_SHARE.as(
                        array_position(SHARES.col(), each.getField(SHARE.name()))
                            .minus(1)
                            .cast(OF_SHARE.type()))));
    return rows
        // Of somebody who was erased nobody knows which rows are one's: each has its own name.
        .withColumn(KNOWN.name(), octet_length(PERSON.col()).equalTo(Cells.KEY_BYTES))
        .groupBy(PERSON.col(), KNOWN.col(), SEGMENT.col(), FIGURE.col())
        .agg(WITH.as(sort_array(collect_set(struct(share, STANDS.col())))))
        .withColumn(
            SHARES.name(),
            array_distinct(transform(WITH.col(), each -> each.getField(SHARE.name()))))
        .withColumn(BEHIND.name(), stands);
  }

  private static Column[] group(Field... more) {
    return Stream.concat(Stream.of(SEGMENT, FIGURE, KNOWN, BEHIND), Stream.of(more))
        .map(Field::col)
        .toArray(Column[]::new);
  }

  private static Dataset<Row> counted(Dataset<Row> persons) {
    return persons
        .groupBy(group())
        .agg(PERSONS.as(count(lit(1))))
        .withColumn(SIZES.name(), array().cast(SIZES.type()));
  }

  private static Dataset<Row> sized(Dataset<Row> persons) {
    Column apart =
        transform(
            SHARES.col(),
            (share, i) ->
                concat(
                    array(abs(share).cast(AMOUNT.type())),
                    transform(
                        slice(SHARES.col(), i.plus(2), size(SHARES.col())),
                        other -> other.minus(share).cast(AMOUNT.type()))));
    Column[] numbered = group(NUMBER);
    Column rank = row_number().over(Window.partitionBy(numbered).orderBy(AMOUNT.col().desc()));
    Dataset<Row> ranked =
        persons
            .withColumn(AMOUNTS.name(), flatten(apart))
            .select(
                Stream.concat(
                        Stream.of(group()),
                        Stream.of(
                            posexplode(AMOUNTS.col())
                                .as(new String[] {NUMBER.name(), AMOUNT.name()})))
                    .toArray(Column[]::new))
            .withColumn(RANK.name(), rank);
    return ranked
        .groupBy(numbered)
        .agg(
            PERSONS.as(count(lit(1))),
            TOGETHER.as(sum(AMOUNT.col()).cast(AMOUNT.type())),
            FIRST.as(max(when(RANK.col().equalTo(1), AMOUNT.col()))),
            SECOND.as(
                coalesce(
                    max(when(RANK.col().equalTo(2), AMOUNT.col())), lit(0).cast(AMOUNT.type()))))
        .groupBy(group())
        .agg(
            PERSONS.as(max(PERSONS.col())),
            SIZES.as(
                sort_array(
                    collect_list(
                        struct(NUMBER.col(), TOGETHER.col(), FIRST.col(), SECOND.col())))));
  }

  /** The groups of a row. */
  static List<Row> groups(Row system) {
    return system.getList(system.fieldIndex(GROUPS.name()));
  }

  /** Whether there are too many to look at; then the groups are of new cells only. */
  static boolean tooMany(Row system) {
    return system.<Long>getAs(ALL.name()) > LIMIT;
  }

  /** The cells of a group. */
  static Stream<Row> cells(Row group) {
    return group.<Row>getList(0).stream();
  }

  /** Of one of them. */
  static SetsToHoldBack.Cell cell(Row cell, String kin) {
    return new SetsToHoldBack.Cell(cell.getString(0), cell.getString(1), cell.getBoolean(4), kin);
  }

  /**
   * A group.
   *
   * @param numbers of the cells, by their names
   */
  static Behind behind(Row group, Map<String, Integer> numbers) {
    List<Stands> stands =
        cells(group)
            .map(
                each ->
                    new Stands(
                        numbers.get(each.getString(1)),
                        each.getBoolean(2),
                        each.getBoolean(3),
                        each.getInt(5)))
            .toList();
    int shares = stands.stream().mapToInt(Stands::share).max().orElse(0) + 1;
    List<Sizes> sizes =
        group.<Row>getList(3).stream()
            .map(each -> Sizes.of(each.getDecimal(1), each.getDecimal(2), each.getDecimal(3)))
            .toList();
    return new Behind(stands, group.getLong(1), group.getBoolean(2), new Shares(shares, sizes));
  }
}
