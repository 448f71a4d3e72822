package com.segumento.cli;

import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.model.ConfigException;
import com.segumento.ops.Progress;
import com.segumento.pipeline.Parts;
import org.apache.spark.sql.SparkSession;

/**
 * What a command works with that touches the lake: configuration that was validated as a whole, a
 * session, the lake.
 */
record Workbench(SparkSession spark, Lake lake, Secrets secrets, Configuration configuration) {

  /** Reads the configuration, then starts Spark. */
  static Workbench open(Surroundings outside, Common common, Progress progress, String work) {
    Configuration configuration = configuration(common);
    SparkSession spark = spark(outside, progress, work, configuration.platform().lake());
    return new Workbench(
        spark, Lake.open(spark, configuration.platform().lake()), Secrets.of(spark), configuration);
  }

  /** All configuration, over the lake of {@code --lake} where it is given. */
  static Configuration configuration(Common common) {
    Configuration read = ConfigurationLoader.load(common.conf);
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
