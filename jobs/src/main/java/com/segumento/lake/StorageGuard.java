package com.segumento.lake;

import com.segumento.config.Client;
import com.segumento.config.Platform;
import com.segumento.model.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.S3AEncryptionMethods;
import org.apache.hadoop.fs.s3a.S3AUtils;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Refuses to work on a lake that is not encrypted on the wire and at rest, that lies outside the
 * client's region, or over channels of Spark that are open. A local folder and an S3 server on
 * loopback are exempt. It judges what is configured; what a bucket's own policy enforces, it can't
 * see.
 */
public final class StorageGuard {
  private static final String ENDPOINT = "fs.s3a.endpoint";
  private static final String REGION = "fs.s3a.endpoint.region";
  private static final String TLS = "fs.s3a.connection.ssl.enabled";
  private static final String ENCRYPTION = "fs.s3a.encryption.algorithm";

  private StorageGuard() {}

  /**
   * Checks everything at once.
   *
   * @throws ConfigException naming every setting that is wrong and what would be right
   */
  public static void check(SparkSession spark, Platform platform, Client client, String lakeRoot) {
    check(
        spark.sparkContext().getConf(),
        spark.sessionState().newHadoopConf(),
        platform,
        client,
        lakeRoot);
  }

  static void check(
      SparkConf conf, Configuration hadoop, Platform platform, Client client, String lakeRoot) {
    LakePlace place = LakePlace.of(lakeRoot);
    if (place == LakePlace.FOLDER) {
      return;
    }
    if (place == LakePlace.OTHER) {
      throw ConfigException.invalid(
          "lake", lakeRoot, "a root whose encryption can be checked: s3a://bucket or file:/folder");
    }
    String bucket = URI.create(lakeRoot).getHost();
    Configuration s3 = S3AUtils.propagateBucketOptions(hadoop, bucket);
    String endpoint = s3.getTrimmed(ENDPOINT, "");
    if (LakePlace.isLoopback(endpoint)) {
      return;
    }
    List<String> problems = new ArrayList<>();
    wire(s3, endpoint, problems);
    rest(s3, bucket, problems);
    region(s3, endpoint, platform, client, problems);
    channels(conf, problems);
    refuse(client, lakeRoot, problems);
  }

  private static void refuse(Client client, String lakeRoot, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigException(
          "Client "
              + client.client()
              + " is not worked on over "
              + lakeRoot
              + ", which is neither a local folder nor on loopback. "
              + String.join(" ", problems));
    }
  }

  private static void wire(Configuration s3, String endpoint, List<String> problems) {
    if (endpoint.startsWith("http://")) {
      problems.add("Data would travel in the clear: set " + ENDPOINT + " to an https:// address.");
    }
    if (!s3.getBoolean(TLS, true)) {
      problems.add("Data would travel in the clear: set " + TLS + " to true.");
    }
  }

  private static void rest(Configuration s3, String bucket, List<String> problems) {
    try {
      if (S3AUtils.getEncryptionAlgorithm(bucket, s3) == S3AEncryptionMethods.NONE) {
        problems.add(
            "Data would rest unencrypted: set "
                + ENCRYPTION
                + " to SSE-KMS, DSSE-KMS, AES256 or CSE-KMS.");
      }
    } catch (IOException e) {
      // Hadoop's own message may hold a key's name; the settings are enough to act on.
      problems.add("The encryption at rest is not complete: check " + ENCRYPTION + " and its key.");
    }
  }

  private static void region(
      Configuration s3, String endpoint, Platform platform, Client client, List<String> problems) {
    String name = client.agreement().region();
    Platform.Region agreed = platform.regions().get(name);
    if (agreed == null) {
      problems.add(
          "The agreement is bound to region "
              + name
              + ", which the platform does not know: add it to regions.");
      return;
    }
    String region = s3.getTrimmed(REGION, "");
    boolean there = endpoint.isEmpty() ? !region.isEmpty() : sameHost(endpoint, agreed.endpoint());
    if (!there || !(region.isEmpty() || region.equals(agreed.bucketRegion()))) {
      problems.add(
          "The agreement is bound to region "
              + name
              + ": set "
              + ENDPOINT
              + " to "
              + agreed.endpoint()
              + " and "
              + REGION
              + " to "
              + agreed.bucketRegion()
              + ".");
    }
  }

  private static void channels(SparkConf conf, List<String> problems) {
    if (conf.get("spark.master", "local").startsWith("local")) {
      return; // one process
    }
    if (!conf.getBoolean("spark.authenticate", false)) {
      problems.add("Spark's processes would trust anybody: set spark.authenticate to true.");
    }
    if (!conf.getBoolean("spark.network.crypto.enabled", false)
        && !conf.getBoolean("spark.ssl.rpc.enabled", false)) {
      problems.add(
          "Spark's processes would talk in the clear: set spark.network.crypto.enabled to true.");
    }
    if (!conf.getBoolean("spark.io.encryption.enabled", false)) {
      problems.add(
          "Spark would spill and shuffle in the clear: set spark.io.encryption.enabled to true.");
    }
  }

  private static boolean sameHost(String endpoint, String agreed) {
    return LakePlace.host(endpoint).equals(LakePlace.host(agreed));
  }
}
