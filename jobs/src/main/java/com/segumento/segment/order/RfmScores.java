package com.segumento.segment.order;

import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.segment.order.Cutting.Tile;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Recency, frequency and monetary scores from 1 to {@code bins}, each a {@link Tile} of the persons
 * with events; the person of the latest event has the highest recency. A person whose events have
 * no value stands with 0 in the order of money. Persons without events have no scores.
 *
 * <p>The group is found by recency and by the mean of the other two, rounded half up, both on a
 * scale of 5 ({@code ceil(5 * score / bins)} for other numbers of bins):
 *
 * <pre>
 * recency  mean of frequency and monetary
 *          1               2                    3                    4         5
 * 5        New             Potential loyalists  Potential loyalists  Champions Champions
 * 4        Promising       Potential loyalists  Potential loyalists  Loyal     Loyal
 * 3        About to sleep  About to sleep       Need attention       Loyal     Loyal
 * 2        Hibernating     Hibernating          At risk              At risk   Cannot lose them
 * 1        Lost            Lost                 At risk              At risk   Cannot lose them
 * </pre>
 *
 * <p>The names, and recency against the mean of the other two, are those of Putler's table; its
 * ranges overlap, and the table above gives each pair of scores to one group.
 *
 * @param name of the trait; keeps its orders apart from others
 * @param daysSinceLast days since the last event
 * @param events how many; who has none or null has no scores
 * @param value sum of the events' values
 * @see <a href="https://www.putler.com/rfm-analysis/">Putler, RFM analysis</a>
 */
public record RfmScores(String name, Column daysSinceLast, Column events, Column value, int bins) {
  public static final Field RECENCY = Field.optional("recency", DataTypes.IntegerType);
  public static final Field FREQUENCY = Field.optional("frequency", DataTypes.IntegerType);
  public static final Field MONETARY = Field.optional("monetary", DataTypes.IntegerType);

  /** The three scores after each other, as {@code 543}; with dashes where bins are over 9. */
  public static final Field SCORE = Field.optional("score", DataTypes.StringType);

  public static final Field GROUP = Field.optional("group", DataTypes.StringType);

  private static final int SCALE = 5;
  private static final int DIGIT = 9;
  private static final String TABLE =
      """
      Lost,Lost,At risk,At risk,Cannot lose them
      Hibernating,Hibernating,At risk,At risk,Cannot lose them
      About to sleep,About to sleep,Need attention,Loyal,Loyal
      Promising,Potential loyalists,Potential loyalists,Loyal,Loyal
      New,Potential loyalists,Potential loyalists,Champions,Champions""";
  private static final Column[] GROUPS =
      List.of(TABLE.split("[,\n]")).stream().map(functions::lit).toArray(Column[]::new);

  public RfmScores {
    if (bins < 2) {
      throw ConfigException.invalid("bins", bins, "a number of at least 2");
    }
  }

  /** What is asked of the orders of {@code persons}; {@link #of} takes the answers. */
  public List<Cutting> cuttings(Dataset<Row> persons) {
    Column days = daysSinceLast.cast(DataTypes.LongType);
    return List.of(
        tile(".recency", functions.negate(days), persons),
        tile(".frequency", events, persons),
        tile(".monetary", functions.coalesce(value, functions.lit(0)), persons));
  }

  private Tile tile(String dimension, Column by, Dataset<Row> persons) {
    return new Tile(
        PersonOrder.of(name + dimension, functions.when(events.gt(0), by), persons), bins);
  }

  /** The scores and the group as a struct, null for persons without events. */
  public Column of(List<Column> tiles) {
    Column recency = tiles.get(0);
    Column frequency = tiles.get(1);
    Column monetary = tiles.get(2);
    return functions.when(
        events.gt(0),
        functions.struct(
            RECENCY.as(recency),
            FREQUENCY.as(frequency),
            MONETARY.as(monetary),
            SCORE.as(functions.when(recency.isNotNull(), text(recency, frequency, monetary))),
            GROUP.as(
                functions.when(
                    recency.isNotNull(),
                    group(scaled(recency), scaled(frequency), scaled(monetary))))));
  }

  private Column text(Column... scores) {
    return functions.concat_ws(bins > DIGIT ? "-" : "", scores);
  }

  private Column scaled(Column score) {
    return bins == SCALE
        ? score
        : functions.ceil(score.multiply(SCALE).divide(bins)).cast(DataTypes.IntegerType);
  }

  private static Column group(Column recency, Column frequency, Column monetary) {
    Column mean =
        functions.floor(frequency.plus(monetary).plus(1).divide(2)).cast(DataTypes.IntegerType);
    return functions.element_at(
        functions.array(GROUPS), recency.minus(1).multiply(SCALE).plus(mean));
  }
}
