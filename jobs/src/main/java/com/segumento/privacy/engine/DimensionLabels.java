package com.segumento.privacy.engine;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.UnsignedZeros;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Profiles to the label of each person in one dimension, as a release of cells would have it:
 * {@link Persons#PERSON_KEY} and {@link #LABEL}, one row a person.
 *
 * @param level of the dimension; unless given, the state of places, and of others the coarsest that
 *     tells persons apart
 */
public record DimensionLabels(String dimension, OptionalInt level) {
  /** Never null. */
  public static final Field LABEL = Field.required("label", DataTypes.StringType);

  private static final int STATE = 2;

  /**
   * The labels.
   *
   * @param profiles one row a person
   * @throws ConfigException where there is no such dimension or level
   */
  public Dataset<Row> of(Workspace workspace, Dataset<Row> profiles) {
    Ladder ladder = Ladder.of(workspace, asked(), dimension, profiles.schema());
    int coarsest = dimension.equals(Profiles.PLACE.name()) ? STATE : ladder.top() - 1;
    int wanted = level.orElse(Math.max(coarsest, ladder.lowest()));
    if (wanted < 0 || wanted > ladder.top()) {
      throw ConfigException.invalid(
          "level of " + dimension, wanted, "a whole number from 0 to " + ladder.top());
    }
    return ladder
        .at(wanted)
        .generalization()
        .apply(
            profiles
                .transform(new UnsignedZeros()::apply)
                .filter(functions.octet_length(Persons.PERSON_KEY.col()).equalTo(Cells.KEY_BYTES)),
            LABEL)
        .select(Persons.PERSON_KEY.col(), LABEL.col());
  }

  private Export asked() {
    return new Export(
        "adhoc",
        Export.Kind.CELLS,
        null,
        List.of(dimension),
        Map.of(),
        List.of(),
        Map.of(),
        null,
        null,
        null,
        null);
  }
}
