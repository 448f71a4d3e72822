package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.config.AnonymizeSpecLoader;
import com.segumento.lake.Lake;
import com.segumento.lake.StableFiles;
import com.segumento.model.ConfigException;
import com.segumento.ops.Stopwatch;
import com.segumento.privacy.lattice.Hierarchy;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Anonymizes a table by a specification: reads it twice, once to compress it and once to write the
 * result, and reports.
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
   * Runs what {@code specFile} asks for.
   *
   * @throws ConfigException where the specification, a hierarchy or the table is not as it has to
   *     be; nothing is written
   * @throws com.segumento.model.PrivacyRefused where no generalization keeps the models; nothing is
   *     written
   */
  public static AnonymizeReport run(SparkSession spark, Path specFile) {
    AnonymizeSpec spec = AnonymizeSpecLoader.load(specFile);
    return new AnonymizeJob(StableFiles.session(spark), spec, SpecPaths.of(specFile)).run();
  }

  private AnonymizeReport run() {
    OutputFiles output = OutputFiles.of(spec, paths, lake);
    InputTable table = InputTable.read(spark, spec, paths);
    List<Hierarchy> quasi = hierarchies(table, table.quasi());
    List<Hierarchy> sensitive = hierarchies(table, table.sensitive());
    List<Hierarchy> all = Stream.concat(quasi.stream(), sensitive.stream()).toList();
    try (Combinations combinations = Combinations.of(table, all)) {
      Combinations.Summary summary = combinations.summary();
      refuseTooFew(summary);
      Encoding encoding = new Encoding(combinations, quasi, sensitive, spec.privacy().k());
      Stopwatch search = Stopwatch.start();
      Planner.Found found = new Planner(spec, encoding).find(summary);
      double searchSeconds = search.seconds();
      LOG.info(
          "Found a generalization: levels={} suppressed={} optimal={}",
          found.plan().solution().levels(),
          found.plan().solution().suppressed(),
          found.plan().solution().optimal());
      Risk risk = risk(encoding, found);
      output.write(generalized(table, found.plan()), summary.rows());
      AnonymizeReport report =
          new ReportFigures(spec, table, summary, found, risk)
              .report(searchSeconds, whole.seconds());
      if (spec.report() != null) {
        lake.objects().write(paths.uri(spec.report()), report.json());
      }
      return report;
    }
  }

  private Dataset<Row> generalized(InputTable table, Plan plan) {
    boolean keeps = spec.output().suppressed() == AnonymizeSpec.Suppressed.KEEP;
    return table.rows().transform(new ApplyPlan(table, plan, keeps)::apply);
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

  private List<Hierarchy> hierarchies(InputTable table, List<String> attributes) {
    List<String> ofValues =
        attributes.stream()
            .filter(name -> HierarchySource.needsValues(spec.attributes().get(name).hierarchy()))
            .toList();
    HierarchySource source = new HierarchySource(lake, paths, table.values(ofValues));
    return attributes.stream()
        .map(name -> source.hierarchy(name, spec.attributes().get(name).hierarchy()))
        .toList();
  }

  private Risk risk(Encoding encoding, Planner.Found found) {
    return encoding.combinations().table().person() == null && found.start().bottom()
        ? Risk.ofRows(found, spec.privacy().k())
        : Risk.counted(encoding, found.plan(), spec.privacy().k());
  }
}
