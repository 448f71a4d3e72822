package com.segumento.request;

import static com.segumento.model.Field.required;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.DatasetContract;
import com.segumento.contract.ContractColumn;
import com.segumento.contract.ContractColumn.Part;
import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Puts right what a profile dataset says of persons. Where the dataset orders versions of a row,
 * the corrected row is as of the receipt of the request at least: a later drop that says otherwise
 * must be newer than that.
 *
 * @param steps is told before anything is written
 */
record Correction(Workspace workspace, TokenFiles files, Steps steps) {
  private static final Field OFTEN = required("#rows", DataTypes.LongType);

  /** Carries a request out, once; gives what the ledger says of it. */
  Map<String, String> carryOut(Delivery delivery, TokenFiles.Checked checked) {
    DatasetContract dataset = TokenShape.corrected(workspace.client(), delivery.manifest());
    String path = workspace.lake().layout().table(workspace.clientId(), dataset.name());
    DeltaTables tables = workspace.lake().tables();
    if (!tables.exists(path)) {
      return Map.of("persons_corrected", "0");
    }
    long corrected = 0;
    int part = 0;
    for (var values : files.values(delivery, checked).entrySet()) {
      List<ContractColumn> columns =
          ContractColumn.of(values.getKey().contract()).stream()
              .filter(column -> column.part() == Part.PLAIN)
              .toList();
      Dataset<Row> unique = unique(values.getValue(), columns);
      corrected +=
          tables
              .read(path)
              .select(Persons.PERSON_KEY.col())
              .join(unique, Persons.PERSON_KEY.name()) // 1:1
              .count();
      merge(delivery, dataset, path, columns, unique, part++);
    }
    return Map.of("persons_corrected", Long.toString(corrected));
  }

  private void merge(
      Delivery delivery,
      DatasetContract dataset,
      String path,
      List<ContractColumn> columns,
      Dataset<Row> unique,
      int part) {
    steps.beforeWrite();
    StructType declared = new StructType();
    for (ContractColumn column : columns) {
      declared = declared.add(column.field().structField());
    }
    DeltaTables tables = workspace.lake().tables();
    tables.addColumns(path, declared);
    Map<String, Column> values = new LinkedHashMap<>();
    columns.forEach(
        column ->
            values.put(
                quoted(column.name()),
                when(side("new", column.present()), side("new", column.value()))
                    .otherwise(side("old", column.field()))));
    Optional.ofNullable(dataset.updatedAt())
        .ifPresent(
            name -> {
              Column received = lit(Timestamp.from(delivery.manifest().receivedAt()));
              Column before = side("old", Field.optional(name, DataTypes.TimestampType));
              values.put(quoted(name), greatest(before, received));
            });
    tables.update(
        path,
        unique,
        side("old", Persons.PERSON_KEY).equalTo(side("new", Persons.PERSON_KEY)),
        lit(true),
        values,
        new Commit(
            Optional.of(new Commit.Once("request:" + delivery.id() + ":" + part, 1L)),
            Map.of(
                "stage", "request", "date", workspace.date().toString(), "run", workspace.run())));
  }

  /** One row a person; of persons that are to have several values none. */
  private static Dataset<Row> unique(Dataset<Row> rows, List<ContractColumn> columns) {
    List<Column> values = new ArrayList<>();
    List<Column> first = new ArrayList<>();
    for (ContractColumn column : columns) {
      for (Field field : List.of(column.value(), column.present())) {
        values.add(field.col());
        first.add(field.as(org.apache.spark.sql.functions.first(field.col())));
      }
    }
    values.add(0, Persons.PERSON_KEY.col());
    return rows.select(values.toArray(Column[]::new))
        .distinct()
        .groupBy(Persons.PERSON_KEY.col())
        .agg(OFTEN.as(count(lit(1))), first.toArray(Column[]::new))
        .filter(OFTEN.col().equalTo(1));
  }

  private static Column side(String side, Field field) {
    return col(side + "." + quoted(field.name()));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
