package com.segumento.udf;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.api.java.UDF1;

/**
 * A person's key: HMAC-SHA-256 of the token under the client's key, 32 bytes; null for null.
 *
 * <p>The client's key travels as a broadcast, never as a literal, so that it is in no plan, log or
 * event log.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104, HMAC</a>
 */
public final class PersonKey implements UDF1<String, byte[]> {
  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";

  /** Length of a person key in bytes. */
  public static final int BYTES = 32;

  private final Broadcast<byte[]> key;
  private transient volatile ThreadLocal<Mac> mac; // null in a copy that was just deserialized

  public PersonKey(Broadcast<byte[]> key) {
    this.key = key;
  }

  @Override
  public byte[] call(String token) {
    return token == null ? null : mac().doFinal(token.getBytes(StandardCharsets.UTF_8));
  }

  /** The key of {@code token} under {@code key}. */
  public static byte[] of(byte[] key, String token) {
    return mac(key).doFinal(token.getBytes(StandardCharsets.UTF_8));
  }

  // One Mac a thread. Two threads that both make the holder at first do no harm: each keeps its
  // own.
  private Mac mac() {
    ThreadLocal<Mac> macs = mac;
    if (macs == null) {
      macs = ThreadLocal.withInitial(() -> mac(key.value()));
      mac = macs;
    }
    return macs.get();
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
    }
  }

  @Override
  public String toString() {
    return "person_key";
  }
}
