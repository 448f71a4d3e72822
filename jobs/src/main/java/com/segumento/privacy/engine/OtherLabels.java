package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds new sets that differ by 1 to k-1 persons from one that the same segment has in a cell of
 * other labels: of another shape, or of the same, as where intervals or the name of a place are
 * others than they were. Who has moved is no such case: it is in a small part of both cells.
 *
 * <p>Of who was erased it is known how many are in a set, but not which ones of another cell they
 * were: they are taken for the same as far as there are as many, as in {@link NearSets}.
 */
record OtherLabels(int k) {
  /** Whether a set is as new as the ones it is compared with; of two such the later gives way. */
  private static final Field NEW = Field.required("new", DataTypes.BooleanType);

  private static final Field OTHER_CELL = Field.required("other cell", DataTypes.StringType);
  private static final Field LIVING = Field.required("living", DataTypes.LongType);
  private static final Field ERASED = Field.required("erased", DataTypes.LongType);
  private static final Field OTHER_LIVING = Field.required("other living", DataTypes.LongType);
  private static final Field OTHER_ERASED = Field.required("other erased", DataTypes.LongType);
  private static final Field COMMON = Field.required("common", DataTypes.LongType);
  private static final Field FIRST = Field.optional("first erased", DataTypes.BinaryType);

  /** In the place of all who were erased, where nobody else may be in both of two near sets. */
  private static final byte[] NOBODY = {};

  /**
   * Segments and cells of new sets that give way, some more than once.
   *
   * @param changed segment, cell and person of the sets that are new tonight
   * @param standing the same of those that stood there before, of any labels
   */
  Dataset<Row> telling(Dataset<Row> changed, Dataset<Row> standing) {
    Dataset<Row> others =
        counted(standing)
            .withColumn(NEW.name(), lit(false))
            .unionByName(counted(changed).withColumn(NEW.name(), lit(true)))
            .select(
                SEGMENT.col(),
                OTHER_CELL.as(CELL.col()),
                NEW.col(),
                PERSON.col(),
                OTHER_LIVING.as(LIVING.col()),
                OTHER_ERASED.as(ERASED.col()));
    Column ours = LIVING.col().plus(ERASED.col());
    Column theirs = OTHER_LIVING.col().plus(OTHER_ERASED.col());
    Column givesWay =
        CELL.col()
            .gt(OTHER_CELL.col())
            .or(not(NEW.col()).and(CELL.col().notEqual(OTHER_CELL.col())));
    Column apart =
        LIVING
            .col()
            .plus(OTHER_LIVING.col())
            .minus(COMMON.col().multiply(2))
            .plus(abs(ERASED.col().minus(OTHER_ERASED.col())));
    return counted(changed)
        .join(others, new String[] {PERSON.name(), SEGMENT.name()}) // 1:n, once a shape and night
        .filter(givesWay.and(abs(ours.minus(theirs)).lt(k)))
        .groupBy(SEGMENT.col(), CELL.col(), OTHER_CELL.col(), NEW.col())
        .agg(
            COMMON.as(count(when(isKnown(), 1))),
            LIVING.as(max(LIVING.col())),
            ERASED.as(max(ERASED.col())),
            OTHER_LIVING.as(max(OTHER_LIVING.col())),
            OTHER_ERASED.as(max(OTHER_ERASED.col())))
        .filter(apart.between(1, k - 1))
        .select(SEGMENT.col(), CELL.col());
  }

  private static Column isKnown() {
    return length(PERSON.col()).equalTo(Cells.KEY_BYTES);
  }

  /**
   * Who is known in each set, with how many are and how many are not; and one row of nobody in sets
   * of so few who are known that another may be near with none of them.
   */
  private Dataset<Row> counted(Dataset<Row> rows) {
    WindowSpec all = Window.partitionBy(SEGMENT.col(), CELL.col());
    return rows.withColumn(LIVING.name(), count(when(isKnown(), 1)).over(all))
        .withColumn(ERASED.name(), count(when(not(isKnown()), 1)).over(all))
        .withColumn(FIRST.name(), min(when(not(isKnown()), PERSON.col())).over(all))
        .filter(isKnown().or(LIVING.col().lt(k).and(PERSON.col().equalTo(FIRST.col()))))
        .withColumn(PERSON.name(), when(isKnown(), PERSON.col()).otherwise(lit(NOBODY)))
        .drop(FIRST.name());
  }
}
