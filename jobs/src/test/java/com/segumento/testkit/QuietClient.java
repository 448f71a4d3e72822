package com.segumento.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The configuration of a client, {@code quiet}, whose datasets are csv, json and parquet, and its
 * secrets.
 *
 * @param conf directory of the configuration
 */
public record QuietClient(Path conf, String provider) {
  public static final String PERSON_KEY = "the person key of quiet, 32 bytes or more";
  public static final String MANIFEST_KEY = "the manifest key of quiet's night, 32 bytes or more";
  private static final String PROVIDER = "hadoop.security.credential.provider.path";

  /** Writes the files below {@code directory}. */
  public static QuietClient write(Path directory) throws IOException {
    Path conf = directory.resolve("conf");
    for (String file : List.of("clients/quiet.yaml", "segments/quiet.yaml")) {
      Files.createDirectories(conf.resolve(file).getParent());
      try (var in = QuietClient.class.getResourceAsStream(file)) {
        Files.copy(in, conf.resolve(file));
      }
    }
    Files.copy(Repository.path("conf/platform.yaml"), conf.resolve("platform.yaml"));
    return new QuietClient(
        conf,
        SecretsFile.write(
            directory.resolve("secrets.jceks"),
            Map.of("quiet.person.key", PERSON_KEY, "ops.manifest.key", MANIFEST_KEY)));
  }

  /** Lets {@code spark} find the secrets. */
  public void secrets(SparkSession spark) {
    spark.sparkContext().hadoopConfiguration().set(PROVIDER, provider);
  }

  /** Takes them away again. */
  public void forget(SparkSession spark) {
    spark.sparkContext().hadoopConfiguration().unset(PROVIDER);
  }
}
