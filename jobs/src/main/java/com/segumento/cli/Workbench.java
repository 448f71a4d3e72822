package com.segumento.cli;

import com.segumento.config.Configuration;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.model.ConfigException;
import com.segumento.ops.Progress;
import com.segumento.pipeline.Parts;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.SparkSession;

/**
 * What a command works with that touches the lake: configuration that was validated as a whole, a
 * session, the lake.
 *
 * @param broken by client, what is wrong with its files
 */
record Workbench(
    SparkSession spark,
    Lake lake,
    Secrets secrets,
    Configuration configuration,
    SortedMap<String, ConfigException> broken) {

  /** Reads the configuration of all clients as far as it is valid, then starts Spark. */
  static Workbench open(Surroundings outside, Common common, Progress progress, String work) {
    return open(outside, common, progress, work, List.of());
  }

  /**
   * Reads the configuration of these clients as far as it is valid, then starts Spark.
   *
   * @param named ids; none of them means all
   */
  static Workbench open(
      Surroundings outside, Common common, Progress progress, String work, List<String> named) {
    Selection selection = Selection.of(common.conf, named);
    Configuration configuration = configuration(common, selection.configuration());
    SparkSession spark = spark(outside, progress, work, configuration.platform().lake());
    Workbench bench =
        new Workbench(
            spark,
            Lake.open(spark, configuration.platform().lake()),
            Secrets.of(spark),
            configuration,
            selection.broken());
    outside.opened().with(bench);
    return bench;
  }

  /** The configuration, over the lake of {@code --lake} where it is given. */
  static Configuration configuration(Common common, Configuration read) {
    if (common.lake == null) {
      return read;
    }
    if (!common.lake.matches("[a-z][a-z0-9+.-]*:.+")) {
      throw ConfigException.invalid(
          "--lake", common.lake, "a URI such as s3a://bucket or file:/var/lib/segumento");
    }
    return new Configuration(
        read.directory(), read.platform().withLake(common.lake), read.clients(), read.segments());
  }

  /** A session that says in Spark's UI and history what it is for. */
  static SparkSession spark(Surroundings outside, Progress progress, String work, String lakeRoot) {
    progress.begin("starting Spark");
    SparkSession spark = outside.sessions().start("segumento " + work, lakeRoot);
    progress.end("done");
    return spark;
  }

  Parts parts() {
    return new Parts(spark, lake, secrets, configuration);
  }
}
