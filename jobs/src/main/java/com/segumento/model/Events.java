package com.segumento.model;

import static com.segumento.model.Field.required;

import org.apache.spark.sql.types.DataTypes;

/** Columns that ingest adds to the contract's own in every ingested table. */
public final class Events {
  /** UTC day of the event; event tables are partitioned by it. */
  public static final Field EVENT_DATE = required("event_date", DataTypes.DateType);

  /** Date of the drop that brought the row. */
  public static final Field DROP_DATE = required("drop_date", DataTypes.DateType);

  /** The drop that brought the row. */
  public static final Field DROP_ID = required("drop_id", DataTypes.StringType);

  private Events() {}
}
