package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.PublishedRemainders.CHANGED;
import static com.segumento.privacy.gate.PublishedRemainders.FROM;
import static com.segumento.privacy.gate.PublishedRemainders.NOW;
import static com.segumento.privacy.gate.PublishedRemainders.OTHER;
import static com.segumento.privacy.gate.PublishedRemainders.SHAPE;
import static com.segumento.privacy.gate.PublishedRemainders.isKnown;
import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.KeptRows;
import com.segumento.model.Field;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Looks for what cells the release changed tell as totals, or as parts, of cells that other
 * segments have in other shapes, or had at a release that is remembered. A segment may be what
 * another has of one label, or another's new name, so that it is nothing to its dimensions which
 * can be parts of which.
 *
 * <p>Where few are left all persons of a total but few are in cells of its parts, and all of a part
 * but few in its total. So most pairs of cells are told apart by some persons of each: of 2k no
 * more than k-1 may be missing.
 */
record RemaindersOfSegments(PublishedRemainders remainders) {
  private static final Field PLACE = Field.required("place", DataTypes.IntegerType);
  private static final Field SEEN_IN_ANY = Field.required("seen in any", DataTypes.LongType);
  private static final Field SEEN = Field.required("seen", DataTypes.LongType);

  /**
   * Segments of which something is told, some more than once.
   *
   * @param alike rows of cells of the release's shape and segments
   * @param elsewhere rows of cells of other shapes, of all segments
   */
  List<Row> telling(Dataset<Row> alike, Dataset<Row> elsewhere) {
    Dataset<Row> cells = remainders.cells(alike);
    Dataset<Row> others = PublishedRemainders.others(elsewhere);
    Dataset<Row> changed = cells.select(SEGMENT.col(), CELL.col());
    try (KeptRows now =
            KeptRows.of( // n:1, cells of segments the release changed
                PublishedRemainders.now(alike)
                    .join(changed, Standing.names(SEGMENT, CELL), "left_semi"));
        KeptRows seen = KeptRows.of(seen(now.rows(), cells, others))) {
      return seen.rows().isEmpty()
          ? List.of()
          : telling(now.rows(), cells, others, seen.rows()).collectAsList();
    }
  }

  /** The same of what {@link #seen} gave. */
  Dataset<Row> telling(
      Dataset<Row> now, Dataset<Row> cells, Dataset<Row> others, Dataset<Row> seen) {
    Dataset<Row> ofTotals =
        now.join(
                covered(now, cells, others, totals(seen)),
                Standing.names(SEGMENT, CELL)) // n:m, few
            .join(others, Standing.names(PERSON, FROM, SHAPE)); // 1:n, all one did there
    Dataset<Row> ofParts =
        now.join(parts(seen), Standing.names(SEGMENT, CELL)) // n:m, few
            .join(others, Standing.names(PERSON, FROM, SHAPE, OTHER)); // 1:n
    return remainders
        .tonightsTotals(PublishedRemainders.grid(cells, others, ofTotals))
        .unionByName(remainders.partsOfTotals(PublishedRemainders.grid(cells, others, ofParts)));
  }

  /**
   * How many of some persons of each cell were ever in which cells of other segments, where it may
   * be a part of one, or a total of some.
   */
  Dataset<Row> seen(Dataset<Row> now, Dataset<Row> cells, Dataset<Row> others) {
    var last = Window.partitionBy(SEGMENT.col(), CELL.col()).orderBy(PERSON.col().desc());
    Dataset<Row> some =
        now.filter(isKnown())
            .withColumn(PLACE.name(), row_number().over(last))
            .filter(PLACE.col().leq(2 * remainders.k()))
            .drop(PLACE.name());
    Dataset<Row> ever =
        others.select(PERSON.col(), FROM.col(), SHAPE.col(), OTHER.col()).distinct();
    return some.join(ever, Standing.names(PERSON)) // n:m, all cells that one was in
        .filter(SEGMENT.col().notEqual(FROM.col()))
        .groupBy(SEGMENT.col(), CELL.col(), FROM.col(), SHAPE.col(), OTHER.col())
        .agg(SEEN.as(count(lit(1))))
        .withColumn(
            SEEN_IN_ANY.name(),
            sum(SEEN.col())
                .over(Window.partitionBy(SEGMENT.col(), CELL.col(), FROM.col(), SHAPE.col())))
        .join(cells, Standing.names(SEGMENT, CELL)) // n:1
        .filter(fewMissing(SEEN).or(CHANGED.col().and(fewMissing(SEEN_IN_ANY))));
  }

  private Column fewMissing(Field seen) {
    long all = 2L * remainders.k();
    Column some = when(NOW.col().lt(all), NOW.col()).otherwise(all);
    return some.minus(seen.col()).lt(remainders.k());
  }

  /** Changed cells with the segments and shapes in which nearly all of them may be. */
  private Dataset<Row> totals(Dataset<Row> seen) {
    return seen.filter(CHANGED.col().and(fewMissing(SEEN_IN_ANY)))
        .select(SEGMENT.col(), CELL.col(), FROM.col(), SHAPE.col())
        .distinct();
  }

  /** Cells that may be parts of others the release has to do with. */
  private Dataset<Row> parts(Dataset<Row> seen) {
    Column any =
        max(CHANGED.col()).over(Window.partitionBy(SEGMENT.col(), FROM.col(), OTHER.col()));
    return seen.filter(fewMissing(SEEN))
        .withColumn(CHANGED.name(), any)
        .filter(CHANGED.col())
        .select(SEGMENT.col(), CELL.col(), FROM.col(), SHAPE.col(), OTHER.col());
  }

  /** Those totals of which nearly all were in cells of that segment and shape at some time. */
  private Dataset<Row> covered(
      Dataset<Row> now, Dataset<Row> cells, Dataset<Row> others, Dataset<Row> totals) {
    Dataset<Row> ever = others.select(PERSON.col(), FROM.col(), SHAPE.col()).distinct();
    return now.join(totals, Standing.names(SEGMENT, CELL)) // n:m, few
        .join(ever, Standing.names(PERSON, FROM, SHAPE)) // n:1
        .groupBy(SEGMENT.col(), CELL.col(), FROM.col(), SHAPE.col())
        .agg(SEEN.as(count(lit(1))))
        .join(cells, Standing.names(SEGMENT, CELL)) // n:1
        .filter(NOW.col().minus(SEEN.col()).lt(remainders.k()))
        .select(SEGMENT.col(), CELL.col(), FROM.col(), SHAPE.col());
  }
}
