package com.segumento.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real S3 server as a process of its own, on loopback, with signed requests. */
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "segumento-test";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final int port;
  private final String accessKey;
  private final String secretKey;

  private S3Server(Process process, int port, String accessKey, String secretKey) {
    this.process = process;
    this.port = port;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /** Starts a server whose objects lie below {@code directory}, and waits until it answers. */
  public static S3Server start(Path directory) throws IOException, InterruptedException {
    int port = freePort();
    String accessKey = "test" + random(8);
    String secretKey = random(20);
    ProcessBuilder builder =
        new ProcessBuilder(
                Repository.path("scripts/s3-server/run").toString(),
                directory.toString(),
                Integer.toString(port),
                BUCKET)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("s3proxy.log").toFile());
    builder.environment().put("S3_ACCESS_KEY", accessKey);
    builder.environment().put("S3_SECRET_KEY", secretKey);
    S3Server server = new S3Server(builder.start(), port, accessKey, secretKey);
    server.await(directory.resolve("s3proxy.log"));
    return server;
  }

  /** Root of a lake in this server's bucket. */
  public String root() {
    return "s3a://" + BUCKET;
  }

  /** What a Spark session needs to reach it; names with {@code spark.hadoop.} before them. */
  public Map<String, String> sparkSettings() {
    return settings(accessKey, secretKey);
  }

  /** The same with keys the server does not know. */
  public Map<String, String> strangersSettings() {
    return settings(accessKey, random(20));
  }

  private Map<String, String> settings(String access, String secret) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:" + port);
    settings.put("spark.hadoop.fs.s3a.endpoint.region", "us-east-1");
    settings.put("spark.hadoop.fs.s3a.path.style.access", "true");
    settings.put("spark.hadoop.fs.s3a.connection.ssl.enabled", "false");
    settings.put("spark.hadoop.fs.s3a.access.key", access);
    settings.put("spark.hadoop.fs.s3a.secret.key", secret);
    return settings;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void await(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    close();
    throw new IOException("The S3 server did not start: " + Files.readString(log));
  }

  /** A port nobody listens on now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String random(int bytes) {
    byte[] value = new byte[bytes];
    new SecureRandom().nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
