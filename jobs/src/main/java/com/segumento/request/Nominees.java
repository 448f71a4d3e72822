package com.segumento.request;

import com.segumento.contract.ContractColumn;
import com.segumento.contract.ContractColumn.Part;
import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.Workspace;
import com.segumento.model.Exclusions;
import com.segumento.model.Field;
import com.segumento.model.Nominations;
import com.segumento.model.Persons;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Writes down whom persons have nominated: neither of them by a name or a token. */
record Nominees(Workspace workspace, TokenFiles files, Steps steps) {
  private static final Map<String, String> NO_STATISTICS =
      Map.of("delta.dataSkippingNumIndexedCols", "0");

  /** Carries a request out; done twice it adds nothing. */
  Map<String, String> carryOut(Delivery delivery, TokenFiles.Checked checked) {
    DeltaTables tables = workspace.lake().tables();
    String path = workspace.lake().layout().nominations(workspace.clientId());
    steps.beforeWrite();
    tables.declare(path, Nominations.SCHEMA, List.of(), NO_STATISTICS);
    String[] same = {Nominations.MARK.name(), Nominations.REQUEST_ID.name()};
    Dataset<Row> known =
        tables.read(path).select(Nominations.MARK.col(), Nominations.REQUEST_ID.col());
    for (var values : files.values(delivery, checked).entrySet()) {
      Field nominee =
          ContractColumn.of(values.getKey().contract()).stream()
              .filter(column -> column.part() == Part.PLAIN)
              .findFirst()
              .orElseThrow()
              .value();
      Dataset<Row> fresh =
          values
              .getValue()
              .select(
                  Nominations.MARK.as(Exclusions.markOf(Persons.PERSON_KEY.col())),
                  Nominations.NOMINEE.as(
                      files.personKey().apply(nominee.col().cast(DataTypes.StringType))),
                  Nominations.REQUEST_ID.col(),
                  Nominations.SINCE.as(functions.lit(workspace.date())))
              .distinct()
              .join(known, same, "left_anti");
      steps.beforeWrite();
      tables.append(
          path,
          fresh,
          Commit.of(
              Map.of(
                  "stage",
                  "request",
                  "date",
                  workspace.date().toString(),
                  "run",
                  workspace.run())));
    }
    return Map.of();
  }
}
