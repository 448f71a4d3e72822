package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.STOOD;
import static com.segumento.privacy.engine.TotalHistories.ENTRIES;
import static com.segumento.privacy.engine.TotalHistories.KNOWN;
import static com.segumento.privacy.engine.TotalHistories.NEW;
import static com.segumento.privacy.engine.TotalHistories.NOW;
import static com.segumento.privacy.engine.TotalHistories.PERSONS;
import static com.segumento.privacy.engine.TotalHistories.SHAPE;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds which cells are parts of which, as they stand tonight or stood until then: most persons of
 * a part, and all but k-1 at the most, are in its total, which is of another shape. All cells of a
 * shape together are a total, too: their sum is known, whether or not one cell says it.
 */
record TotalParts(int k) {
  static final Field TOTAL = Field.required("total", DataTypes.StringType);

  /** The shape of the parts. */
  static final Field OF = Field.required("of", DataTypes.StringType);

  static final Field PART = Field.required("part", DataTypes.StringType);

  /** Whether these have a new set. */
  static final Field TOTAL_NEW = Field.required("total new", DataTypes.BooleanType);

  static final Field PART_NEW = Field.required("part new", DataTypes.BooleanType);

  /** How many come to a part tonight, or leave it. */
  static final Field MOVED = Field.required("moved", DataTypes.LongType);

  private static final Field ANY_NEW = Field.required("any new", DataTypes.BooleanType);

  /** How many are in both, tonight and before. */
  private static final Field COMMON = Field.required("common", DataTypes.LongType);

  private static final Field COMMON_BEFORE = Field.required("common before", DataTypes.LongType);

  private static final Field ONE = Field.required("one", DataTypes.NullType);
  private static final Field OTHER = Field.required("other", DataTypes.NullType);

  /** Numbers of a cell, tonight and before. */
  private record Numbers(String of) {
    Field living() {
      return number("living");
    }

    Field erased() {
      return number("erased");
    }

    Field livingBefore() {
      return number("living before");
    }

    Field erasedBefore() {
      return number("erased before");
    }

    private Field number(String name) {
      return Field.required(name + " in " + of, DataTypes.LongType);
    }
  }

  private static final Numbers WHOLE = new Numbers("total");
  private static final Numbers SOME = new Numbers("part");

  /**
   * One row for each part of a cell, of those of which the cell or a part of that shape is new.
   *
   * @param decided of {@link TotalHistories#decided}
   */
  Dataset<Row> of(Dataset<Row> decided) {
    Dataset<Row> entries = TotalHistories.entries(decided);
    Column anyNew =
        max(PART_NEW.col()).over(Window.partitionBy(SEGMENT.col(), TOTAL.col(), OF.col()));
    Column tonight = isPart(SOME.living(), SOME.erased(), WHOLE.erased(), COMMON);
    Column before =
        isPart(SOME.livingBefore(), SOME.erasedBefore(), WHOLE.erasedBefore(), COMMON_BEFORE);
    return pairs(decided)
        .join(numbers(entries, TOTAL, TOTAL_NEW, WHOLE), names(TOTAL)) // n:1
        .join(numbers(entries, PART, PART_NEW, SOME), names(PART)) // n:1
        .filter(tonight.or(before))
        .filter(WHOLE.living().col().plus(WHOLE.erased().col()).gt(0))
        .withColumn(ANY_NEW.name(), anyNew.or(TOTAL_NEW.col()))
        .filter(ANY_NEW.col())
        .select(
            SEGMENT.col(),
            TOTAL.col(),
            OF.col(),
            PART.col(),
            TOTAL_NEW.col(),
            PART_NEW.col(),
            MOVED.col());
  }

  private Column isPart(Field living, Field erased, Field ofTotal, Field common) {
    Column same = least(erased.col(), ofTotal.col());
    Column outside = living.col().minus(common.col()).plus(erased.col().minus(same));
    return common.col().gt(0).and(outside.lt(k)).and(outside.lt(common.col().plus(same)));
  }

  /** Cells of two shapes that somebody is in both of, or was until tonight. */
  private static Dataset<Row> pairs(Dataset<Row> decided) {
    return decided
        .filter(KNOWN.col())
        .select(SEGMENT.col(), PERSONS.col(), ENTRIES.col(), explode(ENTRIES.col()).as(ONE.name()))
        .select(SEGMENT.col(), PERSONS.col(), ONE.col(), explode(ENTRIES.col()).as(OTHER.name()))
        .filter(SHAPE.in(ONE).notEqual(SHAPE.in(OTHER)))
        .filter(not(TotalHistories.isAllOf(CELL.in(OTHER))))
        .groupBy(
            SEGMENT.col(), TOTAL.as(CELL.in(ONE)), OF.as(SHAPE.in(OTHER)), PART.as(CELL.in(OTHER)))
        .agg(COMMON.as(sum(inBoth(NOW))), COMMON_BEFORE.as(sum(inBoth(STOOD))));
  }

  private static Column inBoth(Field in) {
    return in.in(ONE).multiply(in.in(OTHER)).multiply(PERSONS.col());
  }

  private static Dataset<Row> numbers(
      Dataset<Row> entries, Field cell, Field isNew, Numbers numbers) {
    Column now = NOW.col().multiply(PERSONS.col());
    Column stood = STOOD.col().multiply(PERSONS.col());
    Dataset<Row> sizes =
        entries
            .groupBy(SEGMENT.col(), cell.as(CELL.col()))
            .agg(
                isNew.as(max(NEW.col())),
                numbers.living().as(sum(when(KNOWN.col(), now).otherwise(0L))),
                numbers.erased().as(sum(when(KNOWN.col(), 0L).otherwise(now))),
                numbers.livingBefore().as(sum(when(KNOWN.col(), stood).otherwise(0L))),
                numbers.erasedBefore().as(sum(when(KNOWN.col(), 0L).otherwise(stood))),
                MOVED.as(sum(abs(now.minus(stood)))));
    return cell.equals(TOTAL) ? sizes.drop(MOVED.name()) : sizes;
  }

  private static String[] names(Field cell) {
    return new String[] {SEGMENT.name(), cell.name()};
  }
}
