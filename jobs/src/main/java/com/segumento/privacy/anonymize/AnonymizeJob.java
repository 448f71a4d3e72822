package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.lake.Lake;
import com.segumento.lake.StableFiles;
import com.segumento.model.ConfigException;
import com.segumento.model.DataContractException;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.Stopwatch;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Anonymizes a table by a specification: compresses it in one pass, searches, writes the result and
 * reports. The table is read a second time only where its combinations do not say all that is
 * written, as of columns that are neither quasi-identifiers nor sensitive.
 */
public final class AnonymizeJob {
  private static final Logger LOG = LoggerFactory.getLogger(AnonymizeJob.class);

  private final SparkSession spark;
  private final AnonymizeSpec spec;
  private final SpecPaths paths;
  private final Lake lake;
  private final Stopwatch whole = Stopwatch.start();

  private AnonymizeJob(SparkSession spark, AnonymizeSpec spec, SpecPaths paths) {
    this.spark = spark;
    this.spec = spec;
    this.paths = paths;
    this.lake = Lake.open(spark, paths.uri(""));
  }

  /**
   * Runs what a specification asks for.
   *
   * @param specFile where it is from, which its paths are relative to
   * @throws ConfigException where the specification, a hierarchy or the table is not as it has to
   *     be; nothing is written
   * @throws DataContractException where lines of the table are ragged; nothing is written
   * @throws PrivacyRefused where no generalization keeps the models; nothing is written
   */
  public static AnonymizeReport run(SparkSession spark, AnonymizeSpec spec, Path specFile) {
    AnonymizeJob job = new AnonymizeJob(StableFiles.session(spark), spec, SpecPaths.of(specFile));
    WholeLines lines =
        new WholeLines(job.spark, job.lake, spec.input(), job.paths.uri(spec.input().path()));
    try {
      return job.run(lines);
    } catch (Exception e) { // Spark's own are checked ones, thrown unseen by Scala
      lines.refuse(e);
      throw e;
    }
  }

  private AnonymizeReport run(WholeLines lines) {
    OutputFiles output = OutputFiles.of(spec, paths, lake);
    HierarchySource source = new HierarchySource(lake, paths);
    try (HierarchyFiles files = HierarchyFiles.begin(spec, source)) {
      InputTable table = InputTable.read(lines, spec);
      return run(output, table, Hierarchies.of(spec, source, table, files));
    }
  }

  private AnonymizeReport run(OutputFiles output, InputTable table, Hierarchies hierarchies) {
    try (Combinations combinations = Combinations.of(table, hierarchies.files())) {
      Combinations.Summary summary = combinations.summary(hierarchies.ofValues());
      refuseTooFew(summary);
      LOG.info(
          "Compressed the table: rows={} combinations={} seconds={}",
          summary.rows(),
          summary.combinations(),
          whole.seconds());
      Encoding encoding = hierarchies.encoding(combinations, summary.values());
      Demands demands = new SpecDemands(spec, encoding.sensitive()).demands();
      Stopwatch search = Stopwatch.start();
      Planner.Found found =
          new Planner(demands, encoding)
              .find(summary)
              .orElseThrow(() -> refused(demands, summary.rows()));
      double searchSeconds = search.seconds();
      LOG.info(
          "Found a generalization: levels={} suppressed={} optimal={} seconds={}",
          found.plan().solution().levels(),
          found.plan().solution().suppressed(),
          found.plan().solution().optimal(),
          searchSeconds);
      RiskFigures risk = risk(encoding, found);
      write(output, encoding, summary, found);
      AnonymizeReport report =
          new ReportFigures(spec, table, summary, found, risk)
              .report(searchSeconds, whole.seconds());
      LOG.info("Anonymized the table: seconds={}", whole.seconds());
      if (spec.report() != null) {
        lake.objects().write(paths.uri(spec.report()), report.json());
        lake.objects().write(paths.uri(page(spec.report())), report.html(spec.input().path()));
      }
      return report;
    }
  }

  /** Writes the result from as little as says all of it: combinations, or the table again. */
  private void write(
      OutputFiles output, Encoding encoding, Combinations.Summary summary, Planner.Found found) {
    Combinations combinations = encoding.combinations();
    InputTable table = combinations.table();
    Plan plan = found.plan();
    boolean keeps = spec.output().suppressed() == AnonymizeSpec.Suppressed.KEEP;
    long written = keeps ? summary.rows() : summary.rows() - plan.solution().suppressed();
    ApplyPlan apply = new ApplyPlan(table, plan, keeps);
    if (table.keepsOnlyAttributes() && combinations instanceof PersonCombinations persons) {
      output.writeCounted(persons.rows().transform(apply::apply), written);
      return;
    }
    boolean sayAll = table.keepsOnlyAttributes() && !summary.blanks();
    Optional<ResultRows> rows =
        sayAll ? ResultRows.of(encoding, plan, keeps) : Optional.<ResultRows>empty();
    rows.ifPresentOrElse(
        packed -> output.writeOrdered(packed, written),
        () -> output.write(table.rows().transform(apply::apply), written));
  }

  private static PrivacyRefused refused(Demands demands, long rows) {
    return new PrivacyRefused(
        "No generalization of the table keeps what privacy asks for with at most "
            + demands.allowed(rows)
            + " of "
            + rows
            + " rows suppressed. Raise privacy.suppression_limit, ask for less, or give"
            + " hierarchies with more levels.");
  }

  private void refuseTooFew(Combinations.Summary summary) {
    if (summary.rows() == 0) {
      throw new ConfigException(
          "The table "
              + spec.input().path()
              + " has no rows, so there is nothing to anonymize. Check input.path.");
    }
    if (summary.persons() < spec.privacy().k() && spec.privacy().suppressionLimit() < 1) {
      throw ConfigException.invalid(
          "privacy.k",
          spec.privacy().k(),
          "at most "
              + summary.persons()
              + ", the number of persons in the table, unless privacy.suppression_limit is 1");
    }
  }

  /** The page with the charts, beside the report. */
  private static String page(String report) {
    return report.replaceFirst("\\.json$", "") + ".html";
  }

  private RiskFigures risk(Encoding encoding, Planner.Found found) {
    return encoding.combinations().table().person() == null && found.start().bottom()
        ? Risk.ofRows(found, spec.privacy().k())
        : Risk.counted(encoding, found.plan(), spec.privacy().k());
  }
}
