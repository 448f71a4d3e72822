package com.segumento.segment;

import com.segumento.config.DatasetContract;
import com.segumento.model.Events;
import com.segumento.model.Persons;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of an ingested event table that traits may read; all optional. */
final class EventSchema {
  private EventSchema() {}

  /** What a rule over events may name: the contract's columns and the day of the event. */
  static StructType named(DatasetContract dataset) {
    StructType schema = new StructType();
    if (dataset.eventTime() != null) {
      schema = schema.add(dataset.eventTime(), DataTypes.TimestampType, true);
    }
    if (dataset.eventType() != null) {
      schema = schema.add(dataset.eventType(), DataTypes.StringType, true);
    }
    for (var column : dataset.columns().entrySet()) {
      if (schema.getFieldIndex(column.getKey()).isEmpty()) {
        schema = schema.add(column.getKey(), column.getValue().dataType(), true);
      }
    }
    return schema.add(Events.EVENT_DATE.name(), Events.EVENT_DATE.type(), true);
  }

  /** The same and the person. */
  static StructType keyed(DatasetContract dataset) {
    return named(dataset).add(Persons.PERSON_KEY.name(), Persons.PERSON_KEY.type(), true);
  }
}
