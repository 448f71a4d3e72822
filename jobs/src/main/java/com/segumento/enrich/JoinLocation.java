package com.segumento.enrich;

import com.segumento.config.Client.PlaceKey;
import com.segumento.model.Field;
import com.segumento.model.Profiles;
import com.segumento.model.Transformation;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Joins to every person what is known of the location its profile names. Each row in is one row
 * out; where nothing is known, the members of place and demographics are null.
 *
 * @param facts one row a location
 * @param column the profile column with the location
 */
record JoinLocation(Dataset<Row> facts, PlaceKey key, Field column) implements Transformation {

  @Override
  public Dataset<Row> apply(Dataset<Row> persons) {
    // n:1, facts are unique by location
    return persons
        .withColumn(Match.WRITTEN.name(), column.col().cast(Match.WRITTEN.type()))
        .withColumn(Match.SOUGHT.name(), Match.sought(key))
        .join(
            functions.broadcast(facts), Match.SOUGHT.col().equalTo(LocationFacts.KEY.col()), "left")
        .withColumn(Profiles.PLACE.name(), known(Profiles.PLACE))
        .withColumn(Profiles.DEMOGRAPHICS.name(), known(Profiles.DEMOGRAPHICS));
  }

  private static Column known(Field struct) {
    return functions.coalesce(struct.col(), LocationFacts.nothing(struct));
  }
}
