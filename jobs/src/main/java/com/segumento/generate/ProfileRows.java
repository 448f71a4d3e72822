package com.segumento.generate;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_seconds;

import com.segumento.config.Client.PlaceKey;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.config.DatasetContract.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DateType;

/**
 * Rows of a profile drop: everybody who has joined, or, where the contract says {@code upsert}, on
 * later nights only those who joined or changed that day.
 */
record ProfileRows(
    GeneratorSettings settings, DatasetContract contract, People people, Pincodes pincodes) {
  private static final int SECONDS_OF_DAY = 86_400;

  /** The rows delivered on a night, in {@code files} partitions. */
  Dataset<Row> of(int night, int files) {
    int day = settings.dayOfNight(night);
    Dataset<Row> rows = people.until(day, files, contract);
    if (night > 0 && contract.mode() == Mode.UPSERT) {
      rows = rows.filter(Work.JOINED.col().equalTo(day).or(people.changed(day)));
    }
    rows = rows.withColumn(Work.VERSION.name(), people.version(day));
    Values values = new Values(settings, contract);
    for (Map.Entry<String, ColumnContract> column : contract.columns().entrySet()) {
      if (column.getValue().place() == PlaceKey.POSTAL_CODE) {
        rows =
            pincodes.attach(
                rows,
                Values.attached(column.getKey()),
                values.place(column.getKey(), Work.PERSON.col(), Work.VERSION.col()));
      }
    }
    Defects defects = new Defects(settings, contract);
    return rows.withColumn(Work.DEFECT.name(), defects.index(Work.PERSON.col(), Work.VERSION.col()))
        .select(columns(values, defects, day).toArray(Column[]::new));
  }

  private List<Column> columns(Values values, Defects defects, int day) {
    List<Column> columns = new ArrayList<>();
    String token = contract.token().column();
    columns.add(defects.apply(token, Work.TOKEN.col()).as(token));
    if (contract.updatedAt() != null) {
      Draw time = Draw.of(settings.seed(), contract.name(), "updated");
      Column second =
          people
              .lastChange(day)
              .multiply(SECONDS_OF_DAY)
              .plus(time.below(SECONDS_OF_DAY, Work.PERSON.col(), Work.VERSION.col()))
              .plus(lit(values.firstSecond()));
      columns.add(timestamp_seconds(second).as(contract.updatedAt()));
    }
    contract
        .columns()
        .forEach(
            (name, column) -> {
              Column value =
                  lasting(column)
                      ? values.of(name, column, Work.PERSON.col())
                      : values.of(name, column, Work.PERSON.col(), Work.VERSION.col());
              columns.add(defects.apply(name, value).as(name));
            });
    return columns;
  }

  /** Whether a person keeps the value for life. */
  private static boolean lasting(ColumnContract column) {
    return column.dataType() instanceof DateType
        || (column.role() == Role.QUASI && column.place() == null);
  }
}
