package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static com.segumento.privacy.gate.Standing.SHARE;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Sums of money that nobody has published, but whoever has those of the cells can work out: the p%
 * rule is for them, too. What each person adds to one of them is added up again from the release
 * memory: its share in each cell, as often as the cell counts.
 *
 * <p>Of who was erased it is not known who it is in other cells: as many as are added and taken
 * away are taken for the same. Where more are on one side, and none on the other, each is somebody;
 * else all that is known is that one of them may be who adds most.
 */
final class WorkedOutSums {
  private static final Field NUMBER = Field.required("number", DataTypes.IntegerType);
  private static final Field WEIGHT = Field.required("weight", DataTypes.IntegerType);
  private static final Field CELLS =
      Field.required("cells", new ArrayType(DataTypes.StringType, false));
  private static final Field KNOWN = Field.required("known", DataTypes.BooleanType);
  private static final Field AMOUNT = Field.required("amount", DataTypes.createDecimalType(38, 6));
  private static final Field ADDED = Field.required("erased and added", DataTypes.LongType);
  private static final Field TAKEN = Field.required("erased and taken", DataTypes.LongType);
  private static final Field COUNTS = Field.required("counts", DataTypes.BooleanType);
  private static final Field RANK = Field.required("rank", DataTypes.IntegerType);
  private static final Field OTHERS = Field.required("others", DataTypes.DoubleType);
  private static final Field LARGEST = Field.required("largest", DataTypes.DoubleType);

  private final List<Row> weights = new ArrayList<>();
  private final List<Row> groups = new ArrayList<>();
  private int number;

  /**
   * Sums of cells minus sums of others.
   *
   * @param cells by name, how often each counts
   */
  void addDifference(String segment, String figure, Map<String, Integer> cells) {
    number++;
    cells.forEach(
        (cell, weight) -> weights.add(RowFactory.create(segment, figure, cell, number, weight)));
  }

  /** What they add who are behind exactly these cells; a sum that single equations tell. */
  void addGroup(String segment, String figure, List<String> cells) {
    number++;
    groups.add(
        RowFactory.create(segment, figure, cells.stream().sorted().toArray(String[]::new), number));
  }

  /**
   * Whether the p% rule would hold one of them back.
   *
   * @param now who stands behind the cells, of {@link Standing#now}
   */
  boolean dominated(Dataset<Row> now, double p) {
    return (!weights.isEmpty() && !telling(differences(now), p).isEmpty())
        || (!groups.isEmpty() && !telling(groups(now), p).isEmpty());
  }

  /** One row per sum and person in it: whether it is known who it is, and the amount, if any. */
  Dataset<Row> differences(Dataset<Row> now) {
    Dataset<Row> cells =
        now.sparkSession()
            .createDataFrame(weights, Field.schema(SEGMENT, FIGURE, CELL, NUMBER, WEIGHT));
    return now.join( // n:m, a cell is in a sum once
            broadcast(cells), Standing.names(SEGMENT, FIGURE, CELL))
        .groupBy(NUMBER.col(), PERSON.col())
        .agg(
            AMOUNT.as(sum(SHARE.col().multiply(WEIGHT.col())).cast(AMOUNT.type())),
            WEIGHT.as(sum(WEIGHT.col())))
        .select(NUMBER.col(), known(), AMOUNT.col(), WEIGHT.col())
        .filter(AMOUNT.col().notEqual(0));
  }

  Dataset<Row> groups(Dataset<Row> now) {
    Dataset<Row> told =
        now.sparkSession().createDataFrame(groups, Field.schema(SEGMENT, FIGURE, CELLS, NUMBER));
    return now.groupBy(PERSON.col(), SEGMENT.col(), FIGURE.col(), SHARE.col())
        .agg(CELLS.as(sort_array(collect_list(CELL.col()))))
        .join(broadcast(told), Standing.names(SEGMENT, FIGURE, CELLS)) // n:1
        .select(
            NUMBER.col(), known(), AMOUNT.as(SHARE.col().cast(AMOUNT.type())), WEIGHT.as(lit(1)))
        .filter(KNOWN.col());
  }

  private static Column known() {
    return KNOWN.as(length(PERSON.col()).equalTo(Cells.KEY_BYTES));
  }

  /** The numbers of sums of which somebody's part is nearly all. */
  static Dataset<Row> telling(Dataset<Row> amounts, double p) {
    var ofSum = Window.partitionBy(NUMBER.col());
    Column erased = not(KNOWN.col());
    Column size = abs(AMOUNT.col());
    Column ofOneSide = ADDED.col().equalTo(0).or(TAKEN.col().equalTo(0));
    Column unknown = erased.and(not(ofOneSide)).and(ADDED.col().notEqual(TAKEN.col()));
    Column counted = when(COUNTS.col(), size);
    return amounts
        .withColumn(ADDED.name(), count(when(erased.and(WEIGHT.col().gt(0)), lit(1))).over(ofSum))
        .withColumn(TAKEN.name(), count(when(erased.and(WEIGHT.col().lt(0)), lit(1))).over(ofSum))
        .withColumn(COUNTS.name(), KNOWN.col().or(ofOneSide))
        .withColumn(RANK.name(), row_number().over(ofSum.orderBy(counted.desc_nulls_last())))
        .groupBy(NUMBER.col())
        .agg(
            OTHERS.as(none(sum(when(RANK.col().gt(2), counted)))),
            LARGEST.as(none(max(when(unknown, size).when(RANK.col().equalTo(1), counted)))))
        .filter(OTHERS.col().multiply(100.0).lt(LARGEST.col().multiply(p)));
  }

  private static Column none(Column amount) {
    return coalesce(amount.cast(DataTypes.DoubleType), lit(0.0));
  }
}
