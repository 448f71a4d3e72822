package com.segumento.model;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A step of a plan: rows in, rows out, no action, no I/O, no clock. */
@FunctionalInterface
public interface Transformation {
  Dataset<Row> apply(Dataset<Row> rows);
}
