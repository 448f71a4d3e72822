package com.segumento.export;

import com.segumento.model.ConfigException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs manifests with Ed25519, so that a client can check a release with a public key and holds no
 * secret of ours. The key pair is derived from one secret of any form and at least {@value
 * #LEAST_BYTES} bytes; the same secret gives the same pair and, for the same manifest, the same
 * signature.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032">RFC 8032, Ed25519</a>
 */
public final class ManifestSigner {
  /** Alias of the secret in the credential provider. */
  public static final String ALIAS = "ops.manifest.key";

  static final String ALGORITHM = "Ed25519";
  private static final int LEAST_BYTES = 32;
  private static final String PURPOSE = "segumento manifest signature 1";

  private final KeyPair pair;

  public ManifestSigner(byte[] secret) {
    if (secret.length < LEAST_BYTES) {
      throw new ConfigException(
          "The secret "
              + ALIAS
              + " is too short to sign manifests with. Create one of at least "
              + LEAST_BYTES
              + " bytes with: segumento secret create "
              + ALIAS);
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] seed = mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8));
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
      // The generator takes its 32 bytes of private key from here and computes the public one.
      generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is part of every Java 17 platform", e);
    }
  }

  /** The public key, as base64 of its X.509 form; given to clients once, by another way. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  /** The signature of {@code message}, as base64. */
  String sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether {@code signature} is that of {@code message} under {@code publicKey}. */
  static boolean verifies(byte[] message, String signature, String publicKey) {
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(message);
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // no key, no signature: nothing that verifies
    }
  }

  /** Gives the one seed it was made of. */
  private static final class Seed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Seed(byte[] seed) {
      super(null, null);
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("Ed25519 takes a seed of " + seed.length + " bytes");
      }
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
