package com.segumento.segment;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Columns of a rule that only a look at all persons can tell: a place in an order, a likeness to
 * others. Takes and gives one row a person; what it adds begins with {@code #}.
 */
interface Survey {
  /** The traits and profile columns it reads. */
  Set<String> columns();

  /**
   * The segments whose members it reads; each is a column {@link MarkSegments#in} of the persons.
   */
  Set<String> segments();

  /** The persons with its columns; it may look at all of them first. */
  Dataset<Row> apply(Dataset<Row> persons);
}
