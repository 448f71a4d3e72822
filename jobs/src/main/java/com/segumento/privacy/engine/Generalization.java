package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;

/** One dimension at one level: adds the label that stands for a person's value. */
sealed interface Generalization {
  /** {@code rows} with the label of each as {@code label}; never null. */
  Dataset<Row> apply(Dataset<Row> rows, Field label);

  /**
   * The labels under which a person may be published where its cell is too small, from the nearest
   * place above its own to the country; null where that place is not known.
   */
  default List<Column> others() {
    return List.of();
  }

  /** Everybody alike. */
  record Everything() implements Generalization {
    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Field label) {
      return rows.withColumn(label.name(), lit(Cells.ANY));
    }
  }

  /** The value itself. */
  record Exact(Field column) implements Generalization {
    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Field label) {
      return rows.withColumn(label.name(), named(column.col().cast(DataTypes.StringType)));
    }
  }

  /** The person's place; a district is told from its namesakes by its state. */
  record Place(int level) implements Generalization {
    private static final int COUNTRY = 4;

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Field label) {
      return rows.withColumn(label.name(), named(unlikeOthers(at(level))));
    }

    @Override
    public List<Column> others() {
      return IntStream.rangeClosed(level + 1, COUNTRY)
          .mapToObj(Place::at)
          .map(
              above ->
                  when(above.isNotNull(), concat(lit(Cells.OTHER_IN), named(unlikeOthers(above)))))
          .toList();
    }

    private static Column at(int level) {
      return switch (level) {
        case 0 -> Places.PINCODE.in(Profiles.PLACE);
        case 1 ->
            concat(Places.DISTRICT.in(Profiles.PLACE), lit(", "), Places.STATE.in(Profiles.PLACE));
        case 2 -> Places.STATE.in(Profiles.PLACE);
        case 3 -> Places.ZONE.in(Profiles.PLACE);
        case COUNTRY -> Places.COUNTRY.in(Profiles.PLACE);
        default -> throw new IllegalStateException("Place has no level " + level + ".");
      };
    }

    private static Column unlikeOthers(Column place) {
      return when(place.rlike("^\\\\*" + Cells.OTHER_IN), concat(lit("\\"), place))
          .otherwise(place);
    }
  }

  /** Intervals of numbers, closed below and open above. */
  record Intervals(Field column, long width) implements Generalization {
    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Field label) {
      Column whole = floor(column.col()).cast(DataTypes.LongType);
      Column low = whole.minus(pmod(whole, lit(width)));
      Column interval = concat(lit("["), low, lit(", "), low.plus(width), lit(")"));
      return rows.withColumn(label.name(), coalesce(interval, lit(Cells.UNKNOWN)));
    }
  }

  /** Labels from a file. */
  record Listed(Field column, HierarchyFile file, int level) implements Generalization {
    private static final Field VALUE = Field.optional("listed value", DataTypes.StringType);
    private static final Field LABEL = Field.optional("listed label", DataTypes.StringType);

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Field label) {
      List<Row> pairs =
          file.labels(level).stream()
              .map(pair -> RowFactory.create(pair.get(0), pair.get(1)))
              .toList();
      Dataset<Row> labels = rows.sparkSession().createDataFrame(pairs, Field.schema(VALUE, LABEL));
      Column value = column.col().cast(DataTypes.StringType);
      // n:1, a hierarchy file is unique by value
      return rows.join(broadcast(labels), value.equalTo(VALUE.col()), "left")
          .withColumn(
              label.name(),
              when(value.isNull(), Cells.UNKNOWN)
                  .otherwise(coalesce(LABEL.col(), lit(Cells.UNLISTED))))
          .drop(VALUE.name(), LABEL.name());
    }
  }

  private static Column named(Column value) {
    Column misleading = value.rlike("^\\\\*(unknown|unlisted|\\*)\\z");
    return when(value.isNull(), Cells.UNKNOWN)
        .when(misleading, concat(lit("\\"), value))
        .otherwise(value);
  }
}
