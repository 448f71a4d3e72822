package com.segumento.ingest;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Format;
import com.segumento.contract.ContractColumn;
import com.segumento.contract.CsvRows;
import com.segumento.contract.JsonRows;
import com.segumento.contract.ListedFile;
import com.segumento.contract.ParquetRows;
import com.segumento.lake.FileProbe;
import com.segumento.lake.FileProbe.Found;
import com.segumento.lake.FileProbe.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Compares drops with their manifests and the contract before a row is read: files, checksums,
 * compression, encoding, columns. What it keeps grows with the number of files.
 *
 * @param sound drops that may be read
 * @param refused the others
 * @param layouts the sound drops' files by what they look like
 */
record Inspection(List<Drop> sound, List<Refused> refused, List<Layout> layouts) {

  /** Files that are read together. */
  record Layout(Found like, List<String> uris) {}

  /** Looks at the files of {@code drops}, all of one dataset, in one job. */
  static Inspection of(SparkSession spark, DatasetContract contract, List<Drop> drops) {
    Map<String, Found> found = probe(spark, contract, drops);
    Columns columns = new Columns(spark, contract);
    List<Drop> sound = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    Map<String, Layout> layouts = new TreeMap<>();
    for (Drop drop : drops) {
      List<String> reasons = reasons(drop, found, columns);
      if (!reasons.isEmpty()) {
        refused.add(drop.refused(reasons));
        continue;
      }
      sound.add(drop);
      drop.files().values().stream()
          .sorted()
          .map(found::get)
          .forEach(
              file ->
                  layouts
                      .computeIfAbsent(
                          file.header() + file.schema(),
                          like -> new Layout(file, new ArrayList<>()))
                      .uris()
                      .add(file.uri()));
    }
    return new Inspection(sound, refused, List.copyOf(layouts.values()));
  }

  private static Map<String, Found> probe(
      SparkSession spark, DatasetContract contract, List<Drop> drops) {
    List<String> uris = new ArrayList<>();
    for (Drop drop : drops) {
      drop.manifest().files().stream()
          .map(file -> drop.files().get(file.path()))
          .filter(uri -> uri != null)
          .forEach(uris::add);
    }
    Map<String, Found> found = new HashMap<>();
    FileProbe.probe(spark, uris, kind(contract.format()))
        .forEach(file -> found.put(file.uri(), file));
    return found;
  }

  /** The sound drops' rows as {@link Delivered} has them; none where there is no file. */
  Optional<Dataset<Row>> rows(
      SparkSession spark, DatasetContract contract, List<ContractColumn> columns) {
    return layouts.stream()
        .map(layout -> rows(spark, contract, columns, layout))
        .reduce(Dataset::unionAll);
  }

  private static Dataset<Row> rows(
      SparkSession spark, DatasetContract contract, List<ContractColumn> columns, Layout layout) {
    return switch (contract.format()) {
      case CSV ->
          CsvRows.read(
              spark,
              contract.csv(),
              CsvRows.header(contract.csv(), layout.like().header()),
              layout.uris(),
              columns);
      case JSON -> JsonRows.read(spark, layout.uris(), columns);
      case PARQUET ->
          ParquetRows.read(
              spark,
              ParquetRows.schema(spark, layout.like().uri()),
              layout.like().nanos(),
              layout.uris(),
              columns);
    };
  }

  private static List<String> reasons(Drop drop, Map<String, Found> found, Columns columns) {
    List<String> reasons = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    for (ListedFile file : drop.manifest().files()) {
      listed.add(file.path());
      Found is = found.get(drop.files().getOrDefault(file.path(), ""));
      if (is == null || is.problem().equals("missing")) {
        reasons.add("file " + file.path() + " is missing");
      } else if (!is.sha256().equals(file.sha256())) {
        reasons.add("file " + file.path() + " has another sha256 than the manifest says");
      } else {
        columns.problems(is).forEach(why -> reasons.add("file " + file.path() + " " + why));
      }
    }
    long extra = drop.files().keySet().stream().filter(path -> !listed.contains(path)).count();
    if (extra > 0) {
      reasons.add(extra + (extra == 1 ? " file is" : " files are") + " not in the manifest");
    }
    return reasons;
  }

  private static Kind kind(Format format) {
    return switch (format) {
      case CSV -> Kind.TEXT_WITH_HEADER;
      case JSON -> Kind.TEXT;
      case PARQUET -> Kind.PARQUET;
    };
  }

  /** Holds files against the contract's columns, each layout once. */
  private static final class Columns {
    private static final String OTHER_COMPRESSION =
        ".*\\.(?:bz2|deflate|lz4|lzo|snappy|xz|zip|Z|br)";
    private final SparkSession spark;
    private final DatasetContract contract;
    private final List<ContractColumn> columns;
    private final Map<String, List<String>> known = new HashMap<>();

    Columns(SparkSession spark, DatasetContract contract) {
      this.spark = spark;
      this.contract = contract;
      this.columns = ContractColumn.of(contract);
    }

    List<String> problems(Found file) {
      if (!file.problem().isEmpty()) {
        return List.of(say(file.problem()));
      }
      return switch (contract.format()) {
        case CSV ->
            file.uri().matches(OTHER_COMPRESSION)
                ? List.of(say("broken_compression"))
                : known.computeIfAbsent(
                    file.header(), header -> names(CsvRows.header(contract.csv(), header)));
        case JSON ->
            file.uri().matches(OTHER_COMPRESSION) ? List.of(say("broken_compression")) : List.of();
        case PARQUET -> known.computeIfAbsent(file.schema(), schema -> types(file));
      };
    }

    private List<String> types(Found file) {
      StructType schema = ParquetRows.schema(spark, file.uri());
      List<String> problems = new ArrayList<>(names(List.of(schema.fieldNames())));
      if (problems.isEmpty()) {
        columns.stream()
            .filter(column -> ParquetRows.value(column, schema, file.nanos()).isEmpty())
            .map(
                column ->
                    "has column "
                        + column.name()
                        + " as "
                        + schema.apply(column.name()).dataType().catalogString()
                        + ", which cannot be "
                        + column.type().catalogString())
            .forEach(problems::add);
      }
      return problems;
    }

    // Only names of the contract are told: a file without a header begins with values.
    private List<String> names(List<String> names) {
      List<String> problems = new ArrayList<>();
      List<String> wanted = columns.stream().map(ContractColumn::name).toList();
      List<String> missing = wanted.stream().filter(name -> !names.contains(name)).toList();
      if (!missing.isEmpty()) {
        problems.add("lacks " + String.join(", ", missing));
      }
      long extra = names.stream().filter(name -> !wanted.contains(name)).count();
      if (extra > 0) {
        problems.add("has " + extra + " columns the contract does not know");
      }
      Set<String> twice =
          wanted.stream()
              .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
              .collect(Collectors.toSet());
      if (!twice.isEmpty()) {
        problems.add("has twice " + String.join(", ", twice));
      }
      return problems;
    }

    private static String say(String problem) {
      return switch (problem) {
        case "truncated" -> "is truncated";
        case "broken_compression" -> "is not whole gzip or Zstandard";
        case "not_utf8" -> "is not UTF-8";
        case "header_too_long" -> "has no header line of reasonable length";
        case "not_parquet" -> "is not Parquet";
        case "damaged" -> "is damaged where it is stored";
        default -> "cannot be read";
      };
    }
  }
}
