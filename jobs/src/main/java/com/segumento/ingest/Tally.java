package com.segumento.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Expectations;
import com.segumento.config.DatasetContract.Format;
import com.segumento.contract.ContractColumn;
import com.segumento.contract.Delivered;
import com.segumento.contract.ListedFile;
import com.segumento.model.Field;
import com.segumento.model.Quarantine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What judged rows come to, by drop and file; grows with the number of files.
 *
 * @param figures figures by drop id and file, by their column's name
 */
record Tally(
    DatasetContract contract,
    List<ContractColumn> columns,
    Map<String, Map<String, Map<String, Long>>> figures) {
  private static final Field ROWS = Field.required("rows", DataTypes.LongType);
  private static final Field BAD = Field.required("bad", DataTypes.LongType);
  private static final Field ERASED = Field.required("erased", DataTypes.LongType);
  private static final Field STRANGE = Field.required("strange", DataTypes.LongType);
  private static final Field REASON = Field.required("reason", DataTypes.StringType);
  private static final String NULLS = "nulls_";
  private static final String PRESENT = "present_";

  /** Counts {@code judged}: one aggregate over all rows. */
  static Tally of(DatasetContract contract, List<ContractColumn> columns, Dataset<Row> judged) {
    Column bad = size(Quarantine.REASONS.col()).gt(0);
    List<Column> figures = new ArrayList<>();
    figures.add(BAD.as(count_if(ErasedRows.kept(bad))));
    figures.add(ERASED.as(count_if(ErasedRows.are())));
    figures.add(STRANGE.as(count_if(Delivered.EXTRA.col())));
    for (ContractColumn column : columns) {
      if (contract.expectations().maxNull().containsKey(column.name())) {
        Column isNull = bad.equalTo(false).and(column.value().col().isNull());
        figures.add(count_if(isNull).as(NULLS + column.index()));
      }
      if (contract.format() == Format.JSON) {
        figures.add(
            count_if(coalesce(column.present().col(), lit(false))).as(PRESENT + column.index()));
      }
    }
    Map<String, Map<String, Map<String, Long>>> found = new HashMap<>();
    judged
        .groupBy(Quarantine.DROP_ID.col(), Quarantine.FILE.col())
        .agg(ROWS.as(count(lit(1))), figures.toArray(Column[]::new))
        .collectAsList()
        .forEach(row -> add(found, row));
    return new Tally(contract, columns, found);
  }

  /** Rows in quarantine by reason; grows with the contract. */
  static Map<String, Long> reasons(Dataset<Row> quarantined) {
    Map<String, Long> reasons = new TreeMap<>();
    quarantined
        .select(REASON.as(explode(Quarantine.REASONS.col())))
        .groupBy(REASON.col())
        .agg(ROWS.as(count(lit(1))))
        .collectAsList()
        .forEach(row -> reasons.put(row.getAs(REASON.name()), row.getAs(ROWS.name())));
    return reasons;
  }

  private static void add(Map<String, Map<String, Map<String, Long>>> found, Row row) {
    Map<String, Long> figures = new HashMap<>();
    for (String name : row.schema().fieldNames()) {
      if (row.schema().apply(name).dataType().equals(DataTypes.LongType)) {
        figures.put(name, row.getAs(name));
      }
    }
    found
        .computeIfAbsent(row.getAs(Quarantine.DROP_ID.name()), drop -> new HashMap<>())
        .put(row.getAs(Quarantine.FILE.name()), figures);
  }

  long rows(Drop drop) {
    return sum(drop, ROWS.name());
  }

  long quarantined(Drop drop) {
    return sum(drop, BAD.name());
  }

  /** Rows of persons who were erased; neither good nor in quarantine. */
  long erased(Drop drop) {
    return sum(drop, ERASED.name());
  }

  long good(Drop drop) {
    return rows(drop) - quarantined(drop) - erased(drop);
  }

  private long sum(Drop drop, String figure) {
    return files(drop).values().stream().mapToLong(file -> file.getOrDefault(figure, 0L)).sum();
  }

  private Map<String, Map<String, Long>> files(Drop drop) {
    return figures.getOrDefault(drop.id(), Map.of());
  }

  /** Why the drop as a whole is refused; nothing where it is not. */
  List<String> problems(Drop drop) {
    List<String> problems = new ArrayList<>();
    for (ListedFile file : drop.manifest().files()) {
      long rows = files(drop).getOrDefault(file.path(), Map.of()).getOrDefault(ROWS.name(), 0L);
      if (rows != file.rows()) {
        problems.add(
            "file " + file.path() + " has " + rows + " rows, the manifest says " + file.rows());
      }
    }
    fields(drop, problems);
    expectations(drop, contract.expectations(), problems);
    return problems;
  }

  private void fields(Drop drop, List<String> problems) {
    long strange = sum(drop, STRANGE.name());
    if (strange > 0) {
      problems.add(strange + " rows have fields the contract does not know");
    }
    if (contract.format() == Format.JSON && rows(drop) > 0) {
      List<String> missing =
          columns.stream()
              .filter(column -> sum(drop, PRESENT + column.index()) == 0)
              .map(ContractColumn::name)
              .toList();
      if (!missing.isEmpty()) {
        problems.add("no row has " + String.join(", ", missing));
      }
    }
  }

  private void expectations(Drop drop, Expectations expected, List<String> problems) {
    long rows = rows(drop);
    long least = expected.minRows() == null ? 1 : expected.minRows();
    if (rows < least) {
      problems.add("it has " + rows + " rows, min_rows is " + least);
    }
    if (expected.maxRows() != null && rows > expected.maxRows()) {
      problems.add("it has " + rows + " rows, max_rows is " + expected.maxRows());
    }
    if (quarantined(drop) > expected.maxQuarantined() * rows) {
      problems.add(
          quarantined(drop)
              + " of "
              + rows
              + " rows break the contract, max_quarantined is "
              + expected.maxQuarantined());
    }
    nulls(drop, expected, problems);
  }

  private void nulls(Drop drop, Expectations expected, List<String> problems) {
    for (ContractColumn column : columns) {
      Double most = expected.maxNull().get(column.name());
      long nulls = sum(drop, NULLS + column.index());
      if (most != null && nulls > most * good(drop)) {
        problems.add(
            column.name()
                + " is null in "
                + nulls
                + " of "
                + good(drop)
                + " good rows, max_null is "
                + most);
      }
    }
  }
}
