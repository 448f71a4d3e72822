package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds the parts of totals of two shapes, of which one is the release's: most of a part, and all
 * but k-1 at the most, are in the total, with what the release remembers or before it.
 *
 * @param release that is judged
 */
record PartsOfTotals(int k, long release) {
  static final Field TOTAL = Field.required("total", DataTypes.StringType);

  /** The shape of the parts. */
  static final Field OF = Field.required("of", DataTypes.StringType);

  static final Field PART = Field.required("part", DataTypes.StringType);

  /** No name of a cell begins so, as these are JSON objects. */
  private static final String EVERYBODY = "everybody of ";

  private static final Field SHAPE = ReleaseMemory.SHAPE;
  private static final Field NOW = Field.required("now", DataTypes.LongType);
  private static final Field FORMERLY = Field.required("formerly", DataTypes.LongType);
  private static final Field OTHER = Field.required("other cell", DataTypes.StringType);
  private static final Field OTHER_SHAPE = Field.required("other shape", DataTypes.StringType);
  private static final Field OTHER_NOW = Field.required("other now", DataTypes.LongType);
  private static final Field OTHER_FORMERLY = Field.required("other formerly", DataTypes.LongType);
  private static final Field GONE_NOW = Field.required("gone now", DataTypes.LongType);
  private static final Field GONE_FORMERLY = Field.required("gone formerly", DataTypes.LongType);
  private static final Field PAIR = Field.required("pair", DataTypes.NullType);

  /**
   * One row for each.
   *
   * @param alike rows of cells of the release's shape and segments
   * @param unlike rows of cells of other shapes of the same segments
   */
  Dataset<Row> of(Dataset<Row> alike, Dataset<Row> unlike) {
    Dataset<Row> fresh =
        alike
            .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS))
            .filter(ReleaseMemory.RELEASE.col().equalTo(release))
            .select(SEGMENT.col())
            .distinct();
    Dataset<Row> ours = presences(alike, fresh);
    Dataset<Row> theirs = presences(unlike, fresh);
    Dataset<Row> shared =
        known(ours)
            .join( // n:m, the cells one is in of each shape
                known(theirs)
                    .select(
                        SEGMENT.col(),
                        PERSON.col(),
                        OTHER_SHAPE.as(SHAPE.col()),
                        OTHER.as(CELL.col()),
                        OTHER_NOW.as(NOW.col()),
                        OTHER_FORMERLY.as(FORMERLY.col())),
                Standing.names(PERSON, SEGMENT))
            .groupBy(SEGMENT.col(), SHAPE.col(), CELL.col(), OTHER_SHAPE.col(), OTHER.col())
            .agg(
                NOW.as(sum(NOW.col().multiply(OTHER_NOW.col()))),
                FORMERLY.as(sum(FORMERLY.col().multiply(OTHER_FORMERLY.col()))));
    return parts(shared, sizes(ours.unionByName(theirs)));
  }

  /** The same rows, and each once more at a cell that has everybody of its shape. */
  static Dataset<Row> withEverybody(Dataset<Row> memory) {
    Column everybody = concat(lit(EVERYBODY), SHAPE.col());
    return memory.withColumn(CELL.name(), explode(array(CELL.col(), everybody)));
  }

  /** Whether a cell is one that has everybody of its shape. */
  static Column isEverybody(Column cell) {
    return cell.startsWith(EVERYBODY);
  }

  /** Who is in a cell, or was until the release. */
  private Dataset<Row> presences(Dataset<Row> memory, Dataset<Row> fresh) {
    Column change = ReleaseMemory.CHANGE.col();
    return memory
        .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS))
        .join(fresh, Standing.names(SEGMENT), "left_semi") // n:1
        .groupBy(SEGMENT.col(), SHAPE.col(), CELL.col(), PERSON.col())
        .agg(
            NOW.as(sum(change)),
            FORMERLY.as(sum(when(ReleaseMemory.RELEASE.col().lt(release), change).otherwise(0))))
        .filter(NOW.col().notEqual(0).or(FORMERLY.col().notEqual(0)));
  }

  private static Column isKnown() {
    return length(PERSON.col()).equalTo(Cells.KEY_BYTES);
  }

  private static Dataset<Row> known(Dataset<Row> presences) {
    return presences.filter(isKnown());
  }

  private static Dataset<Row> sizes(Dataset<Row> presences) {
    Column gone = length(PERSON.col()).notEqual(Cells.KEY_BYTES);
    return presences
        .groupBy(SEGMENT.col(), CELL.col())
        .agg(
            NOW.as(sum(NOW.col())),
            FORMERLY.as(sum(FORMERLY.col())),
            GONE_NOW.as(sum(when(gone, NOW.col()).otherwise(0L))),
            GONE_FORMERLY.as(sum(when(gone, FORMERLY.col()).otherwise(0L))));
  }

  /** Of two cells each may be a part of the other. */
  private Dataset<Row> parts(Dataset<Row> shared, Dataset<Row> sizes) {
    Column one = struct(TOTAL.as(CELL.col()), OF.as(OTHER_SHAPE.col()), PART.as(OTHER.col()));
    Column other = struct(TOTAL.as(OTHER.col()), OF.as(SHAPE.col()), PART.as(CELL.col()));
    Dataset<Row> pairs =
        shared
            .withColumn(PAIR.name(), explode(array(one, other)))
            .filter(not(isEverybody(PART.in(PAIR))))
            .select(
                SEGMENT.col(),
                col("`" + PAIR.name() + "`.*"),
                NOW.as(NOW.col()),
                FORMERLY.as(FORMERLY.col()));
    Column now = isPart(NOW, GONE_NOW);
    Column formerly = isPart(FORMERLY, GONE_FORMERLY);
    return pairs
        .join(renamed(sizes, TOTAL, "total"), Standing.names(SEGMENT, TOTAL)) // n:1
        .join(renamed(sizes, PART, "part"), Standing.names(SEGMENT, PART)) // n:1
        .filter(now.or(formerly))
        .select(SEGMENT.col(), TOTAL.col(), OF.col(), PART.col());
  }

  private Column isPart(Field both, Field gone) {
    Column same = least(in("total", gone).col(), in("part", gone).col());
    Column common = both.col().plus(same);
    Column beyond = in("part", both).col().minus(common);
    return both.col().gt(0).and(beyond.lt(k)).and(common.gt(beyond));
  }

  private static Field in(String of, Field number) {
    return Field.required(number.name() + " in " + of, number.type());
  }

  private static Dataset<Row> renamed(Dataset<Row> sizes, Field cell, String of) {
    Dataset<Row> renamed = sizes.withColumnRenamed(CELL.name(), cell.name());
    for (Field number : new Field[] {NOW, FORMERLY, GONE_NOW, GONE_FORMERLY}) {
      renamed = renamed.withColumnRenamed(number.name(), in(of, number).name());
    }
    return renamed;
  }
}
