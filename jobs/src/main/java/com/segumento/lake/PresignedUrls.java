package com.segumento.lake;

import com.segumento.model.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.AWSCredentialProviderList;
import org.apache.hadoop.fs.s3a.S3AEncryptionMethods;
import org.apache.hadoop.fs.s3a.S3AUtils;
import org.apache.hadoop.fs.s3a.auth.CredentialProviderListFactory;
import org.apache.spark.sql.SparkSession;
import software.amazon.awssdk.awscore.util.AwsHostNameUtils;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * URLs by which whoever holds one may read one object for a while, without a key of ours. They are
 * made with the keys, endpoint and region of the session's own file system; nothing is sent.
 */
public final class PresignedUrls implements AutoCloseable {
  /** The longest S3 lets a URL live. */
  public static final Duration LONGEST = Duration.ofDays(7);

  private static final String ENDPOINT = "fs.s3a.endpoint";
  private static final String CENTRAL = "s3.amazonaws.com";
  private static final Region DEFAULT_REGION = Region.US_EAST_1;

  private final String bucket;
  private final AWSCredentialProviderList credentials;
  private final S3Presigner presigner;

  private PresignedUrls(
      String bucket, AWSCredentialProviderList credentials, S3Presigner presigner) {
    this.bucket = bucket;
    this.credentials = credentials;
    this.presigner = presigner;
  }

  /**
   * For the objects of a lake.
   *
   * @throws ConfigException where the lake is not on S3, or no URL could be read
   */
  public static PresignedUrls open(SparkSession spark, String lakeRoot) {
    if (LakePlace.of(lakeRoot) != LakePlace.S3) {
      throw new ConfigException(
          "The lake "
              + lakeRoot
              + " is not on S3: nobody can be given a URL of it. Copy the release's folder"
              + " instead, or put the lake on s3a://.");
    }
    URI root = URI.create(lakeRoot);
    Configuration s3 =
        S3AUtils.propagateBucketOptions(spark.sessionState().newHadoopConf(), root.getHost());
    requireReadable(root.getHost(), s3);
    try {
      AWSCredentialProviderList credentials =
          CredentialProviderListFactory.createAWSCredentialProviderList(root, s3);
      return new PresignedUrls(root.getHost(), credentials, presigner(s3, credentials));
    } catch (IOException e) {
      throw noCredentials(e);
    }
  }

  /**
   * A URL to read an object by.
   *
   * @param uri of the object, in the lake's bucket
   * @param validFor at most {@link #LONGEST}
   */
  public String url(String uri, Duration validFor) {
    URI object = URI.create(uri);
    if (!bucket.equals(object.getHost()) || validFor.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("Not an object of the lake, or for too long");
    }
    String key = object.getPath().replaceFirst("^/+", "");
    try {
      return presigner
          .presignGetObject(
              request ->
                  request
                      .signatureDuration(validFor)
                      .getObjectRequest(get -> get.bucket(bucket).key(key)))
          .url()
          .toString();
    } catch (SdkException e) {
      throw noCredentials(e);
    }
  }

  @Override
  public void close() {
    presigner.close();
    credentials.close();
  }

  private static S3Presigner presigner(Configuration s3, AWSCredentialProviderList credentials) {
    String endpoint = s3.getTrimmed(ENDPOINT, "");
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .credentialsProvider(credentials)
            .region(region(s3, endpoint))
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(s3.getBoolean("fs.s3a.path.style.access", false))
                    .build());
    if (!endpoint.isEmpty() && !LakePlace.host(endpoint).equals(CENTRAL)) {
      boolean secure = s3.getBoolean("fs.s3a.connection.ssl.enabled", true);
      String whole =
          endpoint.contains("://") ? endpoint : (secure ? "https://" : "http://") + endpoint;
      builder.endpointOverride(URI.create(whole));
    }
    return builder.build();
  }

  private static Region region(Configuration s3, String endpoint) {
    String region = s3.getTrimmed("fs.s3a.endpoint.region", "");
    if (!region.isEmpty()) {
      return Region.of(region);
    }
    Optional<String> host = Optional.of(LakePlace.host(endpoint)).filter(name -> !name.isEmpty());
    return host.flatMap(name -> AwsHostNameUtils.parseSigningRegion(name, "s3"))
        .orElse(DEFAULT_REGION);
  }

  /** What we encrypt before it is stored, nobody can read who has but a URL. */
  private static void requireReadable(String bucket, Configuration s3) {
    try {
      S3AEncryptionMethods method = S3AUtils.getEncryptionAlgorithm(bucket, s3);
      if (method != S3AEncryptionMethods.NONE
          && (!method.isServerSide() || method == S3AEncryptionMethods.SSE_C)) {
        throw new ConfigException(
            "What lies in bucket "
                + bucket
                + " is encrypted with a key that its reader would need too"
                + " (fs.s3a.encryption.algorithm), so a URL is of no use. Share releases from a"
                + " bucket with SSE-KMS or AES256.");
      }
    } catch (IOException e) {
      throw new ConfigException(
          "The encryption of bucket "
              + bucket
              + " is not complete. Check fs.s3a.encryption.algorithm and its key.",
          e);
    }
  }

  private static ConfigException noCredentials(Exception cause) {
    return new ConfigException(
        "There are no keys to sign URLs with. Check fs.s3a.aws.credentials.provider and the"
            + " secrets fs.s3a.access.key and fs.s3a.secret.key.",
        cause);
  }
}
