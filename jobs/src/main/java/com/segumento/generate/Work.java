package com.segumento.generate;

import com.segumento.model.Field;
import org.apache.spark.sql.types.DataTypes;

/** Columns of rows in the making; none of them reaches a drop. */
final class Work {
  /** Number of a person, from 0. */
  static final Field PERSON = Field.required("__person", DataTypes.LongType);

  /** Day the person became a customer, counted from the first day; below 0 for before it. */
  static final Field JOINED = Field.required("__joined", DataTypes.IntegerType);

  static final Field TOKEN = Field.required("__token", DataTypes.StringType);

  /** Times the person's profile has changed. */
  static final Field VERSION = Field.required("__version", DataTypes.IntegerType);

  /** Events of the person in the whole period. */
  static final Field EVENTS = Field.required("__events", DataTypes.LongType);

  /** Number of a row of the person; those from {@link #EVENTS} on repeat an event. */
  static final Field COPY = Field.required("__copy", DataTypes.LongType);

  /** Number of an event of the person. */
  static final Field EVENT = Field.required("__event", DataTypes.LongType);

  /** Number of a session of the person. */
  static final Field SESSION = Field.required("__session", DataTypes.LongType);

  /** Place of an event in its session, from 0. */
  static final Field POSITION = Field.required("__position", DataTypes.LongType);

  /** Day of an event, counted from the first day. */
  static final Field DAY = Field.required("__day", DataTypes.IntegerType);

  /** Day of the drop with the event, counted from the first day. */
  static final Field ARRIVAL = Field.required("__arrival", DataTypes.LongType);

  /** Which of the contract's possible defects the row has; -1 for none. */
  static final Field DEFECT = Field.required("__defect", DataTypes.IntegerType);

  private Work() {}
}
