package com.segumento.segment;

import java.time.LocalDate;
import org.apache.spark.sql.Column;

/**
 * The events of a person an aggregate looks at.
 *
 * @param counts whether an event counts
 * @param span the days they lie in
 * @param date the business date
 */
record Counted(Column counts, Span span, LocalDate date) {}
