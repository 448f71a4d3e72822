package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Transformation;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Profiles to what a search for levels needs of a person: key, the labels of each dimension at all
 * its levels, and the sensitive value. Rows without a person key go.
 */
record LabelValues(CellSettings settings, List<Rungs> rungs) implements Transformation {
  /** The most distinct values all dimensions may have together, as they are held in memory. */
  static final int MOST = 200_000;

  private static final Field ATTRIBUTE = Field.required("attribute", DataTypes.IntegerType);
  private static final Field PATH = Rungs.path("path");
  private static final Field VALUE = Field.required("one value", DataTypes.StringType);
  private static final Field SENSITIVE = LabelPersons.SENSITIVE;
  private static final int NONE = -1;

  LabelValues {
    rungs = List.copyOf(rungs);
  }

  static Field dimension(int d) {
    return Rungs.path("dimension " + d);
  }

  @Override
  public Dataset<Row> apply(Dataset<Row> profiles) {
    Dataset<Row> rows =
        profiles.filter(octet_length(Persons.PERSON_KEY.col()).equalTo(Cells.KEY_BYTES));
    List<Column> kept = new ArrayList<>(List.of(Persons.PERSON_KEY.col()));
    for (int d = 0; d < rungs.size(); d++) {
      rows = rungs.get(d).labelled(rows, dimension(d));
      kept.add(dimension(d).col());
    }
    kept.add(
        SENSITIVE.as(
            settings
                .diversity()
                .map(l -> l.attribute().col().cast(DataTypes.StringType))
                .orElse(lit(null).cast(DataTypes.StringType))));
    return rows.select(kept.toArray(Column[]::new));
  }

  /**
   * Distinct values by dimension, as their labels by level; those of the sensitive column are the
   * last.
   */
  static List<List<List<String>>> distinct(List<Rungs> rungs, Dataset<Row> persons) {
    List<Row> found =
        persons
            .select(explode(array(values(rungs.size()))).as(VALUE.name()))
            .select(ATTRIBUTE.in(VALUE), PATH.in(VALUE))
            .distinct()
            .limit(MOST + 1)
            .collectAsList(); // no more than that, however many persons there are
    if (found.size() > MOST) {
      throw new ConfigException(
          "The dimensions of an export whose levels are to be found have more than "
              + MOST
              + " distinct values. Leave out the one that has most of them, or have it delivered"
              + " coarser.");
    }
    List<List<List<String>>> paths = new ArrayList<>();
    for (int d = 0; d <= rungs.size(); d++) {
      int attribute = d;
      paths.add(
          Rungs.sorted(
              found.stream()
                  .filter(row -> row.getInt(0) == attribute)
                  .map(row -> row.<String>getList(1))
                  .toList()));
    }
    return paths;
  }

  private static Column[] values(int dimensions) {
    List<Column> values = new ArrayList<>();
    for (int d = 0; d < dimensions; d++) {
      values.add(struct(ATTRIBUTE.as(lit(d)), PATH.as(dimension(d).col())));
    }
    Column known = when(SENSITIVE.col().isNull(), lit(NONE)).otherwise(lit(dimensions));
    values.add(struct(ATTRIBUTE.as(known), PATH.as(array(coalesce(SENSITIVE.col(), lit(""))))));
    return values.toArray(Column[]::new);
  }
}
