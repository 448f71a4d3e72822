package com.segumento.lake;

import com.segumento.model.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Secrets by alias, from Hadoop's credential provider API ({@code
 * hadoop.security.credential.provider.path}); there is no other way in.
 */
public final class Secrets {
  private final Configuration hadoop;

  public Secrets(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** What the session's provider holds. */
  public static Secrets of(SparkSession spark) {
    return new Secrets(spark.sparkContext().hadoopConfiguration());
  }

  /**
   * The secret of this alias.
   *
   * @throws ConfigException where no provider has it
   */
  public byte[] secret(String alias) {
    char[] value;
    try {
      // Clear text in the configuration would end up in event logs; only providers are asked.
      Configuration providersOnly = new Configuration(hadoop);
      providersOnly.unset(alias);
      value = providersOnly.getPassword(alias);
    } catch (IOException e) {
      throw new ConfigException(
          "The credential provider cannot be read. Check"
              + " hadoop.security.credential.provider.path and its permissions.",
          e);
    }
    if (value == null) {
      throw new ConfigException(
          "No secret with the alias "
              + alias
              + " is in the credential provider"
              + " (hadoop.security.credential.provider.path). Create it with: segumento secret"
              + " create "
              + alias);
    }
    return new String(value).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Secrets";
  }
}
