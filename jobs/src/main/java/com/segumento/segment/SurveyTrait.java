package com.segumento.segment;

import com.segumento.model.Field;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A trait that only a look at all persons can tell. */
interface SurveyTrait extends PersonTrait, Surveying {
  @Override
  default Field column() {
    return Field.optional(name(), type());
  }

  @Override
  default Dataset<Row> addTo(Dataset<Row> persons) {
    throw new IllegalStateException("The trait " + name() + " is surveyed, not computed by row.");
  }
}
