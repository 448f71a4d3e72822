package com.segumento.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before an S3 server on loopback, passes all bytes on, and notes what is asked for. */
public final class S3Tap implements AutoCloseable {
  private static final Pattern ASKED =
      Pattern.compile("(GET|HEAD|PUT|POST|DELETE) (/\\S*) HTTP/1\\.1\r\n|<Key>(.*?)</Key>");
  private static final int BUFFER = 1 << 14;

  private final ServerSocket door;
  private final int server;
  private final List<StringBuilder> heard = new ArrayList<>();

  private S3Tap(ServerSocket door, int server) {
    this.door = door;
    this.server = server;
  }

  /**
   * What was asked for, as the store's permissions name it.
   *
   * @param of a key of the bucket, or of a listing its prefix
   */
  public record Asked(String action, String of) implements Comparable<Asked> {
    @Override
    public int compareTo(Asked other) {
      return toString().compareTo(other.toString());
    }
  }

  /** One before the server at {@code endpoint}. */
  public static S3Tap before(String endpoint) throws IOException {
    S3Tap tap =
        new S3Tap(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            URI.create(endpoint).getPort());
    daemon(tap::accept);
    return tap;
  }

  public String endpoint() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** What was asked for since it was last asked, each once. */
  public synchronized Set<Asked> asked() {
    Set<Asked> asked = new TreeSet<>();
    for (StringBuilder one : heard) {
      Matcher matcher = ASKED.matcher(one);
      while (matcher.find()) {
        asked.add(
            matcher.group(3) == null
                ? asked(matcher.group(1), URI.create(matcher.group(2)))
                : new Asked("s3:DeleteObject", matcher.group(3)));
      }
      one.setLength(0);
    }
    asked.remove(new Asked("", ""));
    return asked;
  }

  private static Asked asked(String method, URI target) {
    String key = target.getPath().replaceFirst("^/[^/]*/?", "");
    Map<String, String> query = query(target.getRawQuery());
    if (query.containsKey("uploads") && method.equals("GET")) {
      return new Asked("s3:ListBucketMultipartUploads", "");
    }
    if (key.isEmpty()) { // of a multi-delete, the keys are in the body
      return query.containsKey("delete")
          ? new Asked("", "")
          : new Asked("s3:ListBucket", query.getOrDefault("prefix", ""));
    }
    return switch (method) {
      case "GET", "HEAD" -> new Asked("s3:GetObject", key);
      case "DELETE" ->
          new Asked(
              query.containsKey("uploadId") ? "s3:AbortMultipartUpload" : "s3:DeleteObject", key);
      default -> new Asked("s3:PutObject", key);
    };
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] pair = part.split("=", 2);
      query.put(
          pair[0], pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket from = door.accept();
        Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
        StringBuilder asked = new StringBuilder();
        synchronized (this) {
          heard.add(asked);
        }
        daemon(() -> pass(from, to, asked));
        daemon(() -> pass(to, from, null));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void pass(Socket from, Socket to, StringBuilder asked) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (asked != null) {
          synchronized (this) {
            asked.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
          }
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      return; // one of the two hung up
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "S3 tap");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
