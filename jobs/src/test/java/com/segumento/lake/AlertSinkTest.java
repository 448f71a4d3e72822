package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Platform;
import com.segumento.ops.Alert;
import com.segumento.ops.Alerts;
import com.segumento.testkit.SparkExtension;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class AlertSinkTest {
  private static final Alert ALERT =
      new Alert("failure", "acme", LocalDate.of(2026, 5, 2), "Stage ingest failed.");

  @TempDir Path directory;
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private HttpServer server;
  private Lake lake;
  private Configuration hadoop;

  @BeforeEach
  void serve(SparkSession spark) throws IOException {
    lake = Lake.open(spark, directory.resolve("lake").toUri().toString());
    hadoop = new Configuration(false);
    hadoop.set(
        "hadoop.security.credential.provider.path",
        "localjceks://file" + directory.resolve("secrets.jceks"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/secret-path",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anAlertIsKeptAndPostedOnce(SparkSession spark) throws IOException {
    secret("http://127.0.0.1:" + server.getAddress().getPort() + "/secret-path");
    Alerts alerts = open(file(), webhook());
    alerts.raise(ALERT.kind(), ALERT.client(), ALERT.date(), ALERT.message());
    alerts.raise(ALERT);
    assertThat(posted).hasSize(1);
    assertThat(posted.get(0))
        .matches(
            "\\{\"kind\":\"failure\",\"client\":\"acme\",\"date\":\"2026-05-02\","
                + "\"text\":\"Stage ingest failed.\",\"raised_at\":\"[^\"]+\"}\n");
    assertThat(
            spark
                .read()
                .json(lake.layout().root() + "/ops/alerts.jsonl")
                .select("client", "kind", "text")
                .collectAsList())
        .extracting(Object::toString)
        .containsExactly("[acme,failure,Stage ingest failed.]");
  }

  @Test
  void anAlertThatCouldNotBeSentIsNotedAndSentNextTime() throws IOException {
    secret("http://127.0.0.1:" + server.getAddress().getPort() + "/secret-path");
    Alerts alerts = open(webhook());
    status = 503;
    alerts.raise(ALERT);
    assertThat(unsent())
        .containsExactly(
            "{\"alert\":\""
                + ALERT.id()
                + "\",\"failure\":\"The address answered with status 503.\"}\n");
    status = 200;
    alerts.raise(ALERT);
    assertThat(unsent()).isEmpty();
    assertThat(posted).hasSize(2);
  }

  @Test
  void aBadAddressIsNotedByItsAliasOnly() throws IOException {
    secret("http://hooks.example.org/secret-path");
    Alerts alerts = open(webhook());
    alerts.raise(ALERT);
    assertThat(unsent())
        .containsExactly(
            "{\"alert\":\""
                + ALERT.id()
                + "\",\"failure\":\"The address behind the alias is not https.\"}\n");
  }

  @Test
  void noSecretAndNoSinkFailNoRun() {
    open(webhook()).raise(ALERT);
    assertThat(unsent()).singleElement().asString().contains("No secret with the alias ops.url");
    open().raise(ALERT);
    open(new Platform.Alert(Platform.Alert.Kind.FILE, null, "no-such-scheme://x/y")).raise(ALERT);
    assertThat(posted).isEmpty();
  }

  private List<String> unsent() {
    return lake.objects().list(lake.layout().ops("alerts_unsent")).stream()
        .map(file -> lake.objects().text(file.uri()).orElseThrow())
        .toList();
  }

  private void secret(String url) throws IOException {
    var provider = CredentialProviderFactory.getProviders(hadoop).get(0);
    provider.createCredentialEntry("ops.url", url.toCharArray());
    provider.flush();
  }

  private Alerts open(Platform.Alert... sinks) {
    Platform platform =
        new Platform(
            "file:/lake",
            Map.of(),
            new Platform.PrivacyFloor(50, 10, 100, 400),
            365,
            List.of(sinks));
    return AlertSink.open(lake, platform, new Secrets(hadoop));
  }

  private static Platform.Alert file() {
    return new Platform.Alert(Platform.Alert.Kind.FILE, null, "ops/alerts.jsonl");
  }

  private static Platform.Alert webhook() {
    return new Platform.Alert(Platform.Alert.Kind.WEBHOOK, "ops.url", null);
  }
}
