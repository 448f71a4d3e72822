package com.segumento.lake;

import com.segumento.model.ConfigException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Puts secrets into Hadoop's credential provider and removes them; it never gives one back. */
public final class SecretStore {
  private final CredentialProvider provider;

  private SecretStore(CredentialProvider provider) {
    this.provider = provider;
  }

  /**
   * The provider that Spark's settings name; needs no session.
   *
   * @throws ConfigException where they name none that lasts
   */
  public static SecretStore open(SparkConf settings) {
    return open(Secrets.hadoop(settings));
  }

  /**
   * The provider of a session.
   *
   * @throws ConfigException where it names none that lasts
   */
  public static SecretStore of(SparkSession spark) {
    return open(spark.sparkContext().hadoopConfiguration());
  }

  private static SecretStore open(Configuration hadoop) {
    try {
      List<CredentialProvider> providers = CredentialProviderFactory.getProviders(hadoop);
      return new SecretStore(
          providers.stream()
              .filter(provider -> !provider.isTransient())
              .findFirst()
              .orElseThrow(
                  () ->
                      new ConfigException(
                          "No credential provider is set. Set"
                              + " spark.hadoop.hadoop.security.credential.provider.path, as in"
                              + " localjceks://file/etc/segumento/secrets.jceks.")));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Whether a secret has this alias. */
  public boolean has(String alias) {
    try {
      return provider.getCredentialEntry(alias) != null;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Keeps {@code secret} under {@code alias}, in place of the one before. */
  public void put(String alias, char[] secret) {
    try {
      if (has(alias)) {
        provider.deleteCredentialEntry(alias);
      }
      provider.createCredentialEntry(alias, secret);
      provider.flush();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Removes the secret of this alias; false where there is none. */
  public boolean remove(String alias) {
    try {
      if (!has(alias)) {
        return false;
      }
      provider.deleteCredentialEntry(alias);
      provider.flush();
      return true;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static ConfigException unusable(IOException cause) {
    return new ConfigException(
        "The credential provider cannot be used. Check"
            + " hadoop.security.credential.provider.path, the permissions of what it names, and"
            + " HADOOP_CREDSTORE_PASSWORD.",
        cause);
  }
}
