package com.segumento.request;

import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs manifests of requests, and checks them: HMAC-SHA-256 under a secret that the client and we
 * share for this purpose only.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104, HMAC</a>
 */
final class RequestSigner {
  static final String ALGORITHM = "HMAC-SHA-256";

  private static final String JAVA_NAME = "HmacSHA256";
  private static final int SHORTEST_KEY = 16;

  private final byte[] secret;

  RequestSigner(byte[] secret) {
    this.secret = secret.clone();
  }

  /**
   * Under the secret of the workspace's client, {@code keys.requests}.
   *
   * @throws ConfigException where there is none, or it is too short
   */
  static RequestSigner of(Workspace workspace) {
    String client = workspace.client().client();
    String alias = workspace.client().keys().requests();
    if (alias == null) {
      throw new ConfigException(
          "Client "
              + client
              + " has requests, and no secret they could be signed with. Name its alias as"
              + " keys.requests in clients/"
              + client
              + ".yaml, and share the secret with the client.");
    }
    byte[] secret = workspace.secrets().secret(alias);
    if (secret.length < SHORTEST_KEY) {
      throw new ConfigException(
          "The secret with the alias "
              + alias
              + " is shorter than "
              + SHORTEST_KEY
              + " bytes. Signatures made with it could be forged; create a longer one.");
    }
    return new RequestSigner(secret);
  }

  /** The signature of {@code message}, in lower-case hexadecimal digits. */
  String sign(byte[] message) {
    try {
      Mac mac = Mac.getInstance(JAVA_NAME);
      mac.init(new SecretKeySpec(secret, JAVA_NAME));
      return HexFormat.of().formatHex(mac.doFinal(message));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
    }
  }

  boolean verifies(byte[] message, RequestManifest.Signature signature) {
    return ALGORITHM.equals(signature.algorithm())
        && signature.value() != null
        && MessageDigest.isEqual(
            sign(message).getBytes(StandardCharsets.UTF_8),
            signature.value().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "RequestSigner";
  }
}
