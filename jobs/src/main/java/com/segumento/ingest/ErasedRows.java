package com.segumento.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.ExclusionsTable;
import com.segumento.model.Field;
import com.segumento.model.Quarantine;
import com.segumento.model.Transformation;
import com.segumento.model.Vault;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Takes from judged rows of persons who were erased all that says who they are: they are counted
 * and come into no table. One row out per row in; the rows of others are as they were.
 */
record ErasedRows(ExclusionsTable exclusions) implements Transformation {
  /** What such a row is refused for, and the only thing. */
  static final String REASON = "token:erased";

  private static final Field ERASED = Field.required("#erased", DataTypes.BooleanType);

  @Override
  public Dataset<Row> apply(Dataset<Row> judged) {
    return exclusions.withErased(judged, ERASED).map(ErasedRows::forgotten).orElse(judged);
  }

  private static Dataset<Row> forgotten(Dataset<Row> rows) {
    Dataset<Row> out =
        rows.withColumn(
            Quarantine.REASONS.name(),
            when(ERASED.col(), array(lit(REASON))).otherwise(Quarantine.REASONS.col()));
    for (Field field : List.of(Quarantine.PERSON_KEY, Quarantine.VALUES, Vault.TOKEN)) {
      if (List.of(rows.columns()).contains(field.name())) {
        out = out.withColumn(field.name(), when(not(ERASED.col()), field.col()));
      }
    }
    return out.drop(ERASED.name());
  }

  /** Whether a row is one of them. */
  static Column are() {
    return array_contains(Quarantine.REASONS.col(), REASON);
  }

  /** Those of {@code rows} that are of others. */
  static Column kept(Column rows) {
    return rows.and(not(are()));
  }
}
