package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static com.segumento.privacy.gate.Standing.SHARE;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.NoiseDraws;
import com.segumento.model.ReleaseMemory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Whether sets with one digest are one set. Where somebody was erased a digest cannot be worked out
 * again, but which sets were the same can. Two sets with one digest would have one noise, and their
 * difference none.
 *
 * @param said one row per figure, noise, release that a set came with, and digest by the ledger
 */
record RecurringDigests(Standing standing, Dataset<Row> said) {
  private static final Field EARLIER = Field.required("earlier", DataTypes.LongType);
  private static final Field SINCE_THEN = Field.required("since then", DataTypes.LongType);
  private static final Field KNOWN = Field.required("known", DataTypes.BooleanType);

  /**
   * Segment, cell and figure where the digest was that of another set once.
   *
   * @param sets one row per figure with {@link NoiseDraws#NOISE}, the digest its noise is drawn by,
   *     and the release the set came with
   */
  Dataset<Row> ofOtherSets(Dataset<Row> sets) {
    Dataset<Row> once =
        said.withColumnRenamed(NoiseDraws.SINCE.name(), EARLIER.name())
            .join(sets, Standing.names(SEGMENT, CELL, FIGURE, NoiseDraws.NOISE, NoiseDraws.DIGEST))
            .filter(not(EARLIER.col().equalTo(NoiseDraws.SINCE.col())))
            .select(SEGMENT.col(), CELL.col(), FIGURE.col(), EARLIER.col())
            .distinct();
    Column release = ReleaseMemory.RELEASE.col();
    Column change = ReleaseMemory.CHANGE.col();
    // What was remembered with a refused release is forgotten, and nobody has seen it.
    return standing
        .alike()
        .join(once, Standing.names(SEGMENT, CELL, FIGURE))
        .groupBy(SEGMENT.col(), CELL.col(), FIGURE.col(), EARLIER.col(), PERSON.col(), SHARE.col())
        .agg(
            SINCE_THEN.as(sum(when(release.gt(EARLIER.col()), change).otherwise(lit(0)))),
            KNOWN.as(max(release.equalTo(EARLIER.col()))))
        .groupBy(SEGMENT.col(), CELL.col(), FIGURE.col(), EARLIER.col())
        .agg(
            SINCE_THEN.as(max(when(SINCE_THEN.col().notEqual(0), 1L).otherwise(0L))),
            KNOWN.as(max(KNOWN.col())))
        .filter(KNOWN.col().and(SINCE_THEN.col().notEqual(0)))
        .select(SEGMENT.col(), CELL.col(), FIGURE.col())
        .distinct();
  }
}
