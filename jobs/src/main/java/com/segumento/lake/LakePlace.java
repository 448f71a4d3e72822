package com.segumento.lake;

import java.net.URI;
import java.util.Locale;

/** Where a lake lies, as far as its root tells. */
enum LakePlace {
  FOLDER,
  S3,
  OTHER;

  static LakePlace of(String root) {
    if (root.startsWith("s3a://")) {
      return S3;
    }
    return root.startsWith("file:") || root.startsWith("/") ? FOLDER : OTHER;
  }

  /**
   * Whether an endpoint is this very machine, by its address as written: names aren't looked up.
   */
  static boolean isLoopback(String endpoint) {
    String host = host(endpoint);
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }

  /** The host of an endpoint with or without a scheme; empty where there is none. */
  static String host(String endpoint) {
    if (endpoint.isEmpty()) {
      return "";
    }
    String address = endpoint.contains("://") ? endpoint : "https://" + endpoint;
    String host = URI.create(address).getHost();
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }
}
