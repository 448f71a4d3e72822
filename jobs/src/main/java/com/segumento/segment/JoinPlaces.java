package com.segumento.segment;

import com.segumento.model.Field;
import com.segumento.model.Places;
import com.segumento.model.PostalCode;
import com.segumento.model.Transformation;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Joins to every event the place its postal code names. Each event in is one event out; an unknown
 * code has no place.
 *
 * @param places the reference's rows of the business date, one a postal code
 * @param code the column of events with the postal code
 */
record JoinPlaces(Dataset<Row> places, Field code) implements Transformation {
  private static final Field SOUGHT = Field.optional("#code", DataTypes.StringType);

  @Override
  public Dataset<Row> apply(Dataset<Row> events) {
    Column[] members =
        Stream.of(((StructType) VisitedPlaces.PLACE.type()).fieldNames())
            .map(name -> Field.optional(name, DataTypes.StringType).col())
            .toArray(Column[]::new);
    Dataset<Row> known =
        places.select(
            SOUGHT.as(Places.PINCODE.col()), VisitedPlaces.PLACE.as(functions.struct(members)));
    // n:1, places are unique by postal code
    return events
        .withColumn(SOUGHT.name(), PostalCode.normalized(code.col()))
        .join(functions.broadcast(known), new String[] {SOUGHT.name()}, "left")
        .drop(SOUGHT.col());
  }
}
