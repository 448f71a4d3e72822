package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Transformation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Profiles with traits to what a cell needs of a person: key, labels, those it may have instead of
 * its place, shares of the sums, and the sensitive value. Rows without a person key go.
 */
record LabelPersons(CellSettings settings) implements Transformation {
  static final Field SENSITIVE = Field.optional("sensitive", DataTypes.StringType);

  /** The label of the i-th dimension, under a name no column of a client has. */
  static Field label(int dimension) {
    return Field.required("label " + dimension, DataTypes.StringType);
  }

  /** The label of what is left of the place {@code above} steps over the cell's parent. */
  static Field other(int above) {
    return Field.optional("other " + above, DataTypes.StringType);
  }

  /** The share in the i-th sum. */
  static Field share(int sum, Sum of) {
    return Field.optional("share " + sum, of.field().type());
  }

  @Override
  public Dataset<Row> apply(Dataset<Row> persons) {
    Dataset<Row> labelled =
        persons.filter(octet_length(Persons.PERSON_KEY.col()).equalTo(Cells.KEY_BYTES));
    List<Column> kept = new ArrayList<>(List.of(Persons.PERSON_KEY.col()));
    for (int i = 0; i < settings.dimensions().size(); i++) {
      labelled = settings.dimensions().get(i).generalization().apply(labelled, label(i));
      kept.add(label(i).col());
    }
    List<Column> others = settings.others();
    for (int i = 0; i < others.size(); i++) {
      kept.add(other(i).as(others.get(i)));
    }
    List<Sum> sums = settings.sums().toList();
    IntStream.range(0, sums.size())
        .mapToObj(i -> share(i, sums.get(i)).as(sums.get(i).share()))
        .forEach(kept::add);
    kept.add(
        SENSITIVE.as(
            settings
                .diversity()
                .map(l -> l.attribute().col().cast(DataTypes.StringType))
                .orElse(lit(null).cast(DataTypes.StringType))));
    return labelled.select(kept.toArray(Column[]::new));
  }
}
