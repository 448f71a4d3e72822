package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ltrim;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.DatasetContract;
import com.segumento.config.Export;
import com.segumento.config.HierarchyFile;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;

/** Says of each person which label of a dimension is its own, by the definitions. */
record ClassLabels(Workspace workspace, Export export) {
  private static final int COUNTRY = Cells.PLACE_LEVELS.indexOf(Places.COUNTRY.name());
  private static final Field LISTED = Field.optional("listed", DataTypes.StringType);
  private static final Field LABEL = Field.optional("its label", DataTypes.StringType);

  Dataset<Row> add(Dataset<Row> persons, String dimension, Field as) {
    int level = export.levels().get(dimension).intValue();
    if (dimension.equals(Profiles.PLACE.name())) {
      return persons.withColumn(
          as.name(), level > COUNTRY ? lit(Cells.ANY) : coalesce(place(level), lit(Cells.UNKNOWN)));
    }
    Column value = Field.optional(dimension, DataTypes.StringType).col();
    DatasetContract.Hierarchy hierarchy = Claim.hierarchy(workspace, dimension);
    if (level == 0) {
      return persons.withColumn(as.name(), plain(value.cast("string")));
    }
    if (hierarchy != null && hierarchy.file() != null) {
      return fromFile(persons, value.cast("string"), hierarchy.file(), level, as);
    }
    if (hierarchy == null || level > hierarchy.intervals().size()) {
      return persons.withColumn(as.name(), lit(Cells.ANY));
    }
    return persons.withColumn(as.name(), interval(value, hierarchy.intervals().get(level - 1)));
  }

  /** Whether a dimension has one label for everybody at its level. */
  boolean joinsAll(String dimension) {
    int level = export.levels().get(dimension).intValue();
    if (dimension.equals(Profiles.PLACE.name())) {
      return level > COUNTRY;
    }
    DatasetContract.Hierarchy hierarchy = Claim.hierarchy(workspace, dimension);
    if (level == 0) {
      return false;
    }
    if (hierarchy != null && hierarchy.file() != null) {
      return joinsAll(listed(hierarchy.file(), level));
    }
    return hierarchy == null || level > hierarchy.intervals().size();
  }

  private static boolean joinsAll(List<Row> listed) {
    return listed.stream().allMatch(row -> row.getString(1).equals(Cells.ANY));
  }

  /** What the places above are called where a row holds what is left of them, nearest first. */
  List<Column> remainders() {
    List<Column> remainders = new ArrayList<>();
    if (export.dimensions().contains(Profiles.PLACE.name())) {
      int own = export.levels().get(Profiles.PLACE.name()).intValue();
      for (int level = own + 1; level <= COUNTRY; level++) {
        remainders.add(concat(lit(Cells.OTHER_IN), place(level)));
      }
    }
    return remainders;
  }

  /** A person's place; null where it is not known. */
  private static Column place(int level) {
    Column name = Profiles.PLACE.col().getField(Cells.PLACE_LEVELS.get(level));
    if (level == 1) {
      Column state = Profiles.PLACE.col().getField(Places.STATE.name());
      name = when(name.isNotNull().and(state.isNotNull()), format_string("%s, %s", name, state));
    }
    Column bare = ltrim(name, lit("\\"));
    return when(
            bare.isInCollection(Cells.RESERVED).or(bare.startsWith(lit(Cells.OTHER_IN))),
            concat(lit("\\"), name))
        .otherwise(name);
  }

  private static Column interval(Column value, long width) {
    Column number = value.cast(DataTypes.createDecimalType(38, 12));
    Column down = floor(number).cast(DataTypes.LongType);
    // Integer division cuts towards zero; below zero that is one interval too high.
    Column quotient =
        when(down.lt(0), call_function("div", down.plus(1), lit(width)).minus(1))
            .otherwise(call_function("div", down, lit(width)));
    Column from = quotient.multiply(width);
    return when(value.isNull(), Cells.UNKNOWN)
        .otherwise(format_string("[%d, %d)", from, from.plus(width)));
  }

  private Dataset<Row> fromFile(
      Dataset<Row> persons, Column value, String file, int level, Field as) {
    List<Row> listed = listed(file, level);
    if (joinsAll(listed)) {
      return persons.withColumn(as.name(), lit(Cells.ANY));
    }
    Dataset<Row> labels =
        persons.sparkSession().createDataFrame(listed, Field.schema(LISTED, LABEL));
    // n:1, unique by value
    return persons
        .join(broadcast(labels), LISTED.col().equalTo(value), "left")
        .withColumn(
            as.name(),
            coalesce(LABEL.col(), when(value.isNull(), Cells.UNKNOWN).otherwise(Cells.UNLISTED)))
        .drop(LISTED.col())
        .drop(LABEL.col());
  }

  /** Each value of a file with its label. */
  private List<Row> listed(String file, int level) {
    List<Row> listed = new ArrayList<>();
    for (List<String> levels : HierarchyFile.lines(workspace.configDirectory(), file)) {
      listed.add(
          RowFactory.create(levels.get(0), level < levels.size() ? levels.get(level) : Cells.ANY));
    }
    return listed;
  }

  private static Column plain(Column value) {
    Column bare = ltrim(value, lit("\\"));
    return coalesce(
        when(bare.isInCollection(Cells.RESERVED), concat(lit("\\"), value)).otherwise(value),
        lit(Cells.UNKNOWN));
  }
}
