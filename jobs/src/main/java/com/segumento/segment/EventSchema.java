package com.segumento.segment;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Role;
import com.segumento.model.Events;
import com.segumento.model.Persons;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of an ingested event table that traits may read; all optional. */
final class EventSchema {
  private EventSchema() {}

  /**
   * What a rule over events may name: the contract's columns but identifying ones, the day of the
   * event, and its place where that is contracted.
   */
  static StructType named(Client client, DatasetContract dataset) {
    return new VisitedPlaces(client)
        .code(dataset)
        .map(code -> stored(dataset).add(VisitedPlaces.PLACE.structField()))
        .orElseGet(() -> stored(dataset));
  }

  private static StructType stored(DatasetContract dataset) {
    StructType schema = new StructType();
    if (dataset.eventTime() != null) {
      schema = schema.add(dataset.eventTime(), DataTypes.TimestampType, true);
    }
    if (dataset.eventType() != null) {
      schema = schema.add(dataset.eventType(), DataTypes.StringType, true);
    }
    for (var column : dataset.columns().entrySet()) {
      boolean told = column.getValue().role() != Role.IDENTIFYING;
      if (told && schema.getFieldIndex(column.getKey()).isEmpty()) {
        schema = schema.add(column.getKey(), column.getValue().dataType(), true);
      }
    }
    return schema.add(Events.EVENT_DATE.name(), Events.EVENT_DATE.type(), true);
  }

  /** The same and the person. */
  static StructType whole(Client client, DatasetContract dataset) {
    return named(client, dataset).add(Persons.PERSON_KEY.structField());
  }

  /** What is stored of that. */
  static StructType keyed(DatasetContract dataset) {
    return stored(dataset).add(Persons.PERSON_KEY.name(), Persons.PERSON_KEY.type(), true);
  }
}
