package com.segumento.lake;

import com.segumento.model.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Secrets by alias, from Hadoop's credential provider API ({@code
 * hadoop.security.credential.provider.path}); there is no other way in.
 */
public final class Secrets {
  private static final String HADOOP = "spark.hadoop.";
  private static final String PROVIDER = "hadoop.security.credential.provider.path";

  private final Configuration hadoop;

  public Secrets(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** What the session's provider holds. */
  public static Secrets of(SparkSession spark) {
    return new Secrets(spark.sparkContext().hadoopConfiguration());
  }

  /** What the provider holds that Spark's settings name; needs no session. */
  public static Secrets of(SparkConf settings) {
    return new Secrets(hadoop(settings));
  }

  /** Hadoop's settings among Spark's. */
  static Configuration hadoop(SparkConf settings) {
    Configuration hadoop = new Configuration();
    for (Tuple2<String, String> setting : settings.getAll()) {
      if (setting._1().startsWith(HADOOP)) {
        hadoop.set(setting._1().substring(HADOOP.length()), setting._2());
      }
    }
    return hadoop;
  }

  /** Whether there is a provider that can be asked. */
  public boolean hasProvider() {
    return !hadoop.getTrimmed(PROVIDER, "").isEmpty();
  }

  /**
   * Whether a provider has a secret of this alias.
   *
   * @throws ConfigException where it cannot be read
   */
  public boolean has(String alias) {
    return value(alias).isPresent();
  }

  /**
   * The secret of this alias.
   *
   * @throws ConfigException where no provider has it
   */
  public byte[] secret(String alias) {
    char[] value =
        value(alias)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "No secret with the alias "
                            + alias
                            + " is in the credential provider ("
                            + PROVIDER
                            + "). Create it with: segumento secret create "
                            + alias));
    return new String(value).getBytes(StandardCharsets.UTF_8);
  }

  private Optional<char[]> value(String alias) {
    try {
      // Clear text in the configuration would end up in event logs; only providers are asked.
      Configuration providersOnly = new Configuration(hadoop);
      providersOnly.unset(alias);
      return Optional.ofNullable(providersOnly.getPassword(alias));
    } catch (IOException e) {
      throw new ConfigException(
          "The credential provider cannot be read. Check " + PROVIDER + " and its permissions.", e);
    }
  }

  @Override
  public String toString() {
    return "Secrets";
  }
}
