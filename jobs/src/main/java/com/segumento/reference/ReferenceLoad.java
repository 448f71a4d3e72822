package com.segumento.reference;

import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.model.ConfigException;
import com.segumento.model.Countries;
import com.segumento.model.Demographics;
import com.segumento.model.Places;
import com.segumento.ops.StageReport;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads one version of a reference table. A version is a whole set of files, valid from a day until
 * the next version begins. The same day again replaces its version; nothing changes where the rows
 * are the same. One commit: a load that is killed has changed nothing.
 *
 * <p>Reference data is public and small (a row a postal code at most), so files are read on the
 * driver. Two loads of the same reference at once are not guarded against each other.
 */
public final class ReferenceLoad {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceLoad.class);
  private static final String STAGE = "reference";

  private ReferenceLoad() {}

  /**
   * Loads {@code places}, {@code demographics}, {@code countries}, or a client's own places under
   * any other name.
   *
   * @param path folder or file, as a URI or a path on this machine
   * @throws com.segumento.model.DataContractException where the files are not as they must be
   */
  public static StageReport load(
      SparkSession spark, Lake lake, String name, String path, LocalDate validFrom, String run) {
    if (!name.matches("[a-z][a-z0-9_]{1,39}")) {
      throw ConfigException.invalid("name", name, "a letter, then letters, digits or _");
    }
    LOG.info("Loading reference: name={} valid_from={}", name, validFrom);
    Content content = content(lake, name, path);
    StageReport.Builder report = StageReport.of(STAGE).count("rows_loaded", content.rows().size());
    content.figures().accept(report);
    String table = lake.layout().reference(name);
    lake.tables().declare(table, content.schema(), List.of());
    Versions versions = Versions.of(starts(lake, table), validFrom);
    List<Row> rows = rows(content, versions, validFrom);
    if (loaded(lake, table, validFrom).equals(new HashSet<>(rows))) {
      report.count("rows_unchanged", rows.size());
    } else {
      Map<String, String> note = Map.of("stage", STAGE, "date", validFrom.toString(), "run", run);
      Dataset<Row> added = spark.createDataFrame(rows, content.schema());
      Dataset<Row> kept = others(lake, table, versions, validFrom);
      lake.tables().overwrite(table, kept.unionByName(added).coalesce(1), Commit.of(note));
    }
    long version = lake.tables().version(table);
    LOG.info("Loaded reference: name={} rows={} version={}", name, rows.size(), version);
    return report.wrote(name, version).build();
  }

  private static Content content(Lake lake, String name, String path) {
    Problems problems = new Problems();
    Content content =
        switch (name) {
          case Places.NAME -> PlacesReader.read(files(lake, path, PlacesReader.FILE), problems);
          case Demographics.NAME ->
              DemographicsReader.read(files(lake, path, DemographicsReader.FILE), problems);
          case Countries.NAME ->
              CountriesReader.read(files(lake, path, CountriesReader.FILE), problems);
          default -> SitesReader.read(files(lake, path, name + ".csv"), problems);
        };
    refuseDuplicates(content, problems);
    problems.refuse(name);
    return content;
  }

  private static ReferenceFiles files(Lake lake, String path, String main) {
    return ReferenceFiles.at(lake.objects(), path, main);
  }

  private static void refuseDuplicates(Content content, Problems problems) {
    Set<Object> seen = new HashSet<>();
    List<String> twice = new ArrayList<>();
    for (List<Object> row : content.rows()) {
      if (!seen.add(row.get(0)) && !twice.contains(row.get(0).toString())) {
        twice.add(row.get(0).toString());
      }
    }
    if (!twice.isEmpty()) {
      List<String> shown = twice.subList(0, Math.min(Problems.SHOWN, twice.size()));
      problems.add(
          content.file(),
          "The values of "
              + content.schema().fieldNames()[0]
              + " must differ, but "
              + twice.size()
              + " of them are there more than once: "
              + String.join(", ", shown)
              + (twice.size() > shown.size() ? " …" : "")
              + ".");
    }
  }

  private static List<LocalDate> starts(Lake lake, String table) {
    return lake
        .tables()
        .read(table)
        .select(Places.VALID_FROM.col())
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getDate(0).toLocalDate())
        .toList();
  }

  private static List<Row> rows(Content content, Versions versions, LocalDate validFrom) {
    Date from = Date.valueOf(validFrom);
    Date to = versions.end(validFrom).map(Date::valueOf).orElse(null);
    List<Row> rows = new ArrayList<>();
    for (List<Object> values : content.rows()) {
      List<Object> row = new ArrayList<>(values);
      row.add(from);
      row.add(to);
      rows.add(RowFactory.create(row.toArray()));
    }
    return rows;
  }

  private static Set<Row> loaded(Lake lake, String table, LocalDate validFrom) {
    return new HashSet<>(
        lake.tables()
            .read(table)
            .filter(Places.VALID_FROM.col().equalTo(Date.valueOf(validFrom)))
            .collectAsList());
  }

  private static Dataset<Row> others(
      Lake lake, String table, Versions versions, LocalDate validFrom) {
    Column end = functions.lit(null).cast(Places.VALID_TO.type());
    for (LocalDate start : versions.starts()) {
      Column next = functions.lit(versions.end(start).map(Date::valueOf).orElse(null));
      end =
          functions
              .when(
                  Places.VALID_FROM.col().equalTo(Date.valueOf(start)),
                  next.cast(Places.VALID_TO.type()))
              .otherwise(end);
    }
    return lake.tables()
        .read(table)
        .filter(Places.VALID_FROM.col().notEqual(Date.valueOf(validFrom)))
        .withColumn(Places.VALID_TO.name(), end);
  }
}
