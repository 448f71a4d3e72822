package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Client;
import com.segumento.config.Platform;
import com.segumento.model.ConfigException;
import com.segumento.testkit.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class StorageGuardTest {
  private static final String LAKE = "s3a://segumento-lake";
  private static final String REFUSED =
      "Client acme is not worked on over s3a://segumento-lake, which is neither a local folder nor"
          + " on loopback. ";
  private static final String REGION =
      "The agreement is bound to region in: set fs.s3a.endpoint to"
          + " https://s3.ap-south-1.amazonaws.com and fs.s3a.endpoint.region to ap-south-1.";
  private static final Platform PLATFORM =
      new Platform(
          LAKE,
          Map.of("in", new Platform.Region("https://s3.ap-south-1.amazonaws.com", "ap-south-1")),
          new Platform.PrivacyFloor(50, 10, 100, 400),
          365,
          List.of());

  private SparkConf spark;
  private Configuration hadoop;

  @BeforeEach
  void good() {
    spark =
        new SparkConf(false)
            .set("spark.master", "yarn")
            .set("spark.authenticate", "true")
            .set("spark.network.crypto.enabled", "true")
            .set("spark.io.encryption.enabled", "true");
    hadoop = new Configuration(false);
    hadoop.set("fs.s3a.endpoint", "https://s3.ap-south-1.amazonaws.com");
    hadoop.set("fs.s3a.endpoint.region", "ap-south-1");
    hadoop.set("fs.s3a.encryption.algorithm", "SSE-KMS");
  }

  @Test
  void acceptsAnEncryptedLakeInTheRegion() {
    assertThatCode(this::check).doesNotThrowAnyException();
    hadoop.unset("fs.s3a.endpoint");
    assertThatCode(this::check).doesNotThrowAnyException();
    hadoop.set("fs.s3a.endpoint", "s3.ap-south-1.amazonaws.com");
    hadoop.unset("fs.s3a.endpoint.region");
    assertThatCode(this::check).doesNotThrowAnyException();
    spark.remove("spark.network.crypto.enabled").set("spark.ssl.rpc.enabled", "true");
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"})
  void leavesAServerOnLoopbackAlone(String endpoint) {
    nothingEncrypted();
    hadoop.set("fs.s3a.endpoint", endpoint);
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void leavesALocalFolderAlone(SparkSession session) {
    assertThatCode(() -> StorageGuard.check(session, PLATFORM, client("in"), "file:/srv/lake"))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesTheClearOnTheWire() {
    hadoop.set("fs.s3a.endpoint", "http://s3.ap-south-1.amazonaws.com");
    refused("Data would travel in the clear: set fs.s3a.endpoint to an https:// address.");
    hadoop.set("fs.s3a.endpoint", "https://s3.ap-south-1.amazonaws.com");
    hadoop.set("fs.s3a.connection.ssl.enabled", "false");
    refused("Data would travel in the clear: set fs.s3a.connection.ssl.enabled to true.");
  }

  @Test
  void aNameThatOnlyLooksLikeLoopbackIsRefused() {
    hadoop.set("fs.s3a.endpoint", "http://127.0.0.1.example.org");
    refused(
        "Data would travel in the clear: set fs.s3a.endpoint to an https:// address. " + REGION);
  }

  @Test
  void refusesTheClearAtRest() {
    hadoop.unset("fs.s3a.encryption.algorithm");
    refused(
        "Data would rest unencrypted: set fs.s3a.encryption.algorithm to SSE-KMS, DSSE-KMS, AES256"
            + " or CSE-KMS.");
    hadoop.set("fs.s3a.bucket.segumento-lake.encryption.algorithm", "AES256");
    assertThatCode(this::check).doesNotThrowAnyException();
    hadoop.set("fs.s3a.bucket.segumento-lake.encryption.algorithm", "SSE-C");
    refused(
        "The encryption at rest is not complete: check fs.s3a.encryption.algorithm and its key.");
  }

  @ParameterizedTest
  @CsvSource({
    "https://s3.eu-west-1.amazonaws.com, ap-south-1",
    "https://s3.ap-south-1.amazonaws.com, eu-west-1",
    "'', eu-west-1",
    "'', ''"
  })
  void refusesAnotherRegion(String endpoint, String region) {
    hadoop.set("fs.s3a.endpoint", endpoint);
    hadoop.set("fs.s3a.endpoint.region", region);
    refused(REGION);
  }

  @Test
  void refusesARegionThePlatformDoesNotKnow() {
    assertThatThrownBy(() -> StorageGuard.check(spark, hadoop, PLATFORM, client("us"), LAKE))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            REFUSED
                + "The agreement is bound to region us, which the platform does not know: add it"
                + " to regions.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spark.authenticate|Spark's processes would trust anybody: set spark.authenticate to true.",
        "spark.network.crypto.enabled|Spark's processes would talk in the clear: set"
            + " spark.network.crypto.enabled to true.",
        "spark.io.encryption.enabled|Spark would spill and shuffle in the clear: set"
            + " spark.io.encryption.enabled to true."
      },
      quoteCharacter = '"')
  void refusesOpenChannelsBetweenProcesses(String setting, String problem) {
    spark.set(setting, "false");
    refused(problem);
    spark.set("spark.master", "local[2]");
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void refusesStorageItCannotJudge() {
    assertThatThrownBy(
            () -> StorageGuard.check(spark, hadoop, PLATFORM, client("in"), "hdfs://n/lake"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid setting lake: hdfs://n/lake. Expected a root whose encryption can be checked:"
                + " s3a://bucket or file:/folder.");
  }

  @Test
  void namesEveryProblemAtOnce() {
    nothingEncrypted();
    hadoop.set("fs.s3a.endpoint", "http://storage.example.org");
    assertThatThrownBy(this::check)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("travel", "rest unencrypted", "bound", "trust", "talk", "spill");
  }

  @Test
  void sessionsAreEncryptedByDefaultWhereTheLakeIsNotLocal(SparkSession session) {
    SparkConf given = new SparkConf(false).set("spark.authenticate", "false");
    assertThat(secured(given, LAKE))
        .containsExactlyInAnyOrder(
            "spark.network.crypto.enabled=true",
            "spark.io.encryption.enabled=true",
            "spark.hadoop.fs.s3a.encryption.algorithm=AES256");
    assertThat(secured(new SparkConf(false), "file:/srv/lake")).isEmpty();
    given.set("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:9000");
    assertThat(secured(given, LAKE)).isEmpty();
  }

  private static List<String> secured(SparkConf given, String lake) {
    return Sessions.encryption(given, lake).entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue())
        .toList();
  }

  private void nothingEncrypted() {
    hadoop = new Configuration(false);
    hadoop.set("fs.s3a.connection.ssl.enabled", "false");
    spark = new SparkConf(false).set("spark.master", "spark://host:7077");
  }

  private void refused(String problem) {
    assertThatThrownBy(this::check)
        .isInstanceOf(ConfigException.class)
        .hasMessage(REFUSED + problem);
  }

  private void check() {
    StorageGuard.check(spark, hadoop, PLATFORM, client("in"), LAKE);
  }

  private static Client client(String region) {
    LocalDate start = LocalDate.of(2026, 1, 1);
    return new Client(
        "acme",
        new Client.Agreement("MSA-1", start, start.plusYears(1), region, List.of(), false, false),
        new Client.Keys("acme.person.key"),
        List.of(),
        null,
        null,
        List.of(),
        new Client.Retention(730, 30, 7, 90, 0, null, false));
  }
}
