package com.segumento.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.segumento.udf.PersonKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Persons by number, as the client and the lake know them, and what the client signs with. */
final class RequestPersons {
  static final String KEY = "the key of the client acme, 32 b";
  static final String REQUESTS_KEY = "what acme signs its requests with";

  private RequestPersons() {}

  /** The token of person {@code n}. */
  static String token(int n) {
    return hash("salt" + n);
  }

  static byte[] person(int n) {
    return PersonKey.of(KEY.getBytes(StandardCharsets.UTF_8), token(n));
  }

  static byte[] mark(int n) {
    byte[] purpose = "segumento exclusion".getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[purpose.length + 32];
    System.arraycopy(purpose, 0, whole, 0, purpose.length);
    System.arraycopy(person(n), 0, whole, purpose.length, 32);
    return digest(whole);
  }

  static String sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(REQUESTS_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hash(String text) {
    return HexFormat.of().formatHex(digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is looked for of a person, by other means than the product's. */
  static List<String> needles(int n) {
    byte[] key = person(n);
    return List.of(
        token(n),
        new String(HexFormat.of().parseHex(token(n)), ISO_8859_1),
        new String(key, ISO_8859_1),
        HexFormat.of().formatHex(key),
        HexFormat.of().withUpperCase().formatHex(key),
        Base64.getEncoder().encodeToString(key));
  }
}
