package com.segumento.request;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.DatasetContract;
import com.segumento.contract.ContractColumn;
import com.segumento.contract.ContractColumn.Part;
import com.segumento.contract.CsvRows;
import com.segumento.contract.Delivered;
import com.segumento.contract.JsonRows;
import com.segumento.contract.JudgeRows;
import com.segumento.contract.ListedFile;
import com.segumento.lake.FileProbe;
import com.segumento.lake.FileProbe.Found;
import com.segumento.lake.Workspace;
import com.segumento.model.DataContractException;
import com.segumento.model.Exclusions;
import com.segumento.model.Field;
import com.segumento.model.Quarantine;
import com.segumento.model.RequestKind;
import com.segumento.model.Requests;
import com.segumento.model.Vault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The token files of requests, read and judged as drops are: those that look alike in one go,
 * however many requests they are of.
 *
 * @param personKey from token to person key
 */
record TokenFiles(Workspace workspace, UserDefinedFunction personKey) {
  /** Which request a row is of. */
  static final Field REQUEST = required(Requests.REQUEST_ID.name(), DataTypes.StringType);

  private static final Field WHY = optional(Exclusions.KIND.name(), DataTypes.StringType);
  private static final StructType FILES =
      Field.schema(required(Delivered.FILE_URI.name(), DataTypes.StringType), REQUEST, WHY);
  private static final Column[] COMMON = {
    REQUEST.col(),
    WHY.col(),
    Delivered.FILE_URI.col(),
    Quarantine.REASONS.col(),
    Quarantine.PERSON_KEY.col(),
    Vault.TOKEN.col()
  };

  /**
   * What the files of requests look like.
   *
   * @param problems by request, half sentences; none of a request that is as it was signed
   * @param shapes by URI
   */
  record Checked(Map<String, List<String>> problems, Map<String, TokenShape> shapes) {
    /** Those that are as they were signed. */
    List<Delivery> sound(List<Delivery> candidates) {
      return candidates.stream().filter(delivery -> problems.get(delivery.id()).isEmpty()).toList();
    }
  }

  /** Holds files against their manifests; reads each once. */
  Checked check(List<Delivery> deliveries) {
    Map<String, Found> found = new HashMap<>();
    for (boolean csv : new boolean[] {true, false}) {
      List<String> uris =
          deliveries.stream()
              .flatMap(
                  delivery ->
                      delivery.manifest().files().stream()
                          .filter(file -> RequestManifest.isCsv(file) == csv)
                          .map(file -> delivery.files().get(file.path())))
              .filter(uri -> uri != null)
              .toList();
      if (!uris.isEmpty()) {
        FileProbe.probe(
                workspace.spark(),
                uris,
                csv ? FileProbe.Kind.TEXT_WITH_HEADER : FileProbe.Kind.TEXT)
            .forEach(file -> found.put(file.uri(), file));
      }
    }
    Map<String, List<String>> problems = new TreeMap<>();
    Map<String, TokenShape> shapes = new HashMap<>();
    deliveries.forEach(delivery -> problems.put(delivery.id(), check(delivery, found, shapes)));
    return new Checked(problems, shapes);
  }

  private List<String> check(
      Delivery delivery, Map<String, Found> found, Map<String, TokenShape> shapes) {
    List<String> problems = new ArrayList<>();
    for (ListedFile file : delivery.manifest().files()) {
      Found is = found.get(delivery.files().getOrDefault(file.path(), ""));
      String name = "file " + file.path() + " ";
      if (is == null || is.problem().equals("missing")) {
        problems.add(name + "is missing");
      } else if (!is.sha256().equals(file.sha256())) {
        problems.add(name + "has another sha256 than the manifest says");
      } else if (!is.problem().isEmpty()) {
        problems.add(name + "cannot be read: " + is.problem().replace('_', ' '));
      } else {
        try {
          shapes.put(
              is.uri(),
              TokenShape.of(
                  workspace.client(),
                  delivery.manifest(),
                  RequestManifest.isCsv(file),
                  is.header()));
        } catch (DataContractException e) {
          problems.add(e.getMessage().startsWith("the ") ? e.getMessage() : name + e.getMessage());
        }
      }
    }
    long extra = (long) delivery.files().size() - delivery.manifest().files().size();
    if (problems.isEmpty() && extra > 0) {
      problems.add(extra + (extra == 1 ? " file is" : " files are") + " not in the manifest");
    }
    return problems;
  }

  /**
   * All rows of requests, each with its request, why its person is left out or let in again, all
   * reasons it is not carried out for, and of good ones person key and token.
   */
  Dataset<Row> rows(List<Delivery> deliveries, Checked checked) {
    return byShape(deliveries, checked).entrySet().stream()
        .map(of -> read(of.getKey(), of.getValue(), deliveries).select(COMMON))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  /** The good rows of them. */
  Dataset<Row> good(List<Delivery> deliveries, Checked checked) {
    return rows(deliveries, checked).filter(size(Quarantine.REASONS.col()).equalTo(0));
  }

  /**
   * The good rows of a request with the columns of its files: of column {@code i} of {@link
   * ContractColumn#of} its value and whether the row has it; of a column that a file lacks nothing.
   */
  Map<TokenShape, Dataset<Row>> values(Delivery delivery, Checked checked) {
    Map<TokenShape, Dataset<Row>> values = new LinkedHashMap<>();
    byShape(List.of(delivery), checked)
        .forEach(
            (shape, uris) ->
                values.put(
                    shape,
                    read(shape, uris, List.of(delivery))
                        .filter(size(Quarantine.REASONS.col()).equalTo(0))));
    return values;
  }

  private static Map<TokenShape, List<String>> byShape(List<Delivery> deliveries, Checked checked) {
    Map<TokenShape, List<String>> shapes = new LinkedHashMap<>();
    deliveries.stream()
        .flatMap(delivery -> delivery.tokenFiles().stream())
        .forEach(
            uri ->
                shapes
                    .computeIfAbsent(checked.shapes().get(uri), shape -> new ArrayList<>())
                    .add(uri));
    return shapes;
  }

  private Dataset<Row> read(TokenShape shape, List<String> uris, List<Delivery> deliveries) {
    DatasetContract contract = shape.contract();
    List<ContractColumn> columns = ContractColumn.of(contract);
    boolean csv = !shape.header().isEmpty();
    Dataset<Row> rows =
        csv
            ? CsvRows.read(workspace.spark(), null, shape.header(), uris, columns)
            : JsonRows.read(workspace.spark(), uris, columns);
    JudgeRows judge = new JudgeRows(contract, columns, 0, personKey, JudgeRows.Tokens.KEPT);
    return present(rows, columns, csv)
        // n:1, a file is of one request
        .join(broadcast(files(deliveries)), Delivered.FILE_URI.name())
        .transform(judge::apply)
        .transform(judged -> refused(judged, columns, deliveries));
  }

  /** A csv file has all its columns in every row. */
  private static Dataset<Row> present(
      Dataset<Row> rows, List<ContractColumn> columns, boolean csv) {
    Map<String, Column> present = new LinkedHashMap<>();
    if (csv) {
      columns.forEach(column -> present.put(column.present().name(), lit(true)));
    }
    return present.isEmpty() ? rows : rows.withColumns(present);
  }

  /** Further reasons: fields there should be none of, and values that are to become none. */
  private Dataset<Row> refused(
      Dataset<Row> judged, List<ContractColumn> columns, List<Delivery> deliveries) {
    List<Column> reasons = new ArrayList<>();
    reasons.add(when(coalesce(Delivered.EXTRA.col(), lit(false)), lit("unknown_field")));
    for (ContractColumn column : columns) {
      if (column.part() == Part.PLAIN && mustHave(column.name(), deliveries)) {
        reasons.add(
            when(
                column.present().col().and(column.value().col().isNull()),
                lit(column.name() + ":required")));
      }
    }
    return judged.withColumn(
        Quarantine.REASONS.name(),
        concat(Quarantine.REASONS.col(), array_compact(array(reasons.toArray(Column[]::new)))));
  }

  private boolean mustHave(String column, List<Delivery> deliveries) {
    return deliveries.stream()
        .filter(delivery -> delivery.kind() == RequestKind.CORRECT)
        .anyMatch(
            delivery ->
                TokenShape.required(
                    TokenShape.corrected(workspace.client(), delivery.manifest()), column));
  }

  private Dataset<Row> files(List<Delivery> deliveries) {
    List<Row> files = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      String why = delivery.exclusion().map(Exclusions.Kind::word).orElse(null);
      delivery
          .tokenFiles()
          .forEach(uri -> files.add(RowFactory.create(Delivered.fileUri(uri), delivery.id(), why)));
    }
    return workspace.spark().createDataFrame(files, FILES);
  }
}
