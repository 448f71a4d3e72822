package com.segumento.udf;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Random numbers that are a function of a secret and a message: HMAC-SHA-256 in counter mode. To
 * whoever does not know the secret they are like fresh ones; the same message gives the same again.
 * Not for several threads.
 *
 * @see <a href="https://doi.org/10.6028/NIST.SP.800-108r1">NIST SP 800-108, KDF in counter mode</a>
 */
public final class RandomBits {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;
  private final byte[] message;
  private long counter;
  private byte[] block = {};
  private int used; // bits of the block

  /** Those of {@code message} under {@code secret}. */
  public RandomBits(byte[] secret, byte[] message) {
    this.message = message.clone();
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
    }
  }

  /** A number from 0 to {@code bound} - 1, each as likely as the others. */
  BigInteger below(BigInteger bound) {
    int bits = bound.subtract(BigInteger.ONE).bitLength();
    BigInteger number = next(bits);
    while (number.compareTo(bound) >= 0) {
      number = next(bits);
    }
    return number;
  }

  /** Whether something of probability {@code chance}, at most 1, comes to pass. */
  boolean happens(Ratio chance) {
    return below(chance.denominator()).compareTo(chance.numerator()) < 0;
  }

  private BigInteger next(int bits) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < bits; i++) {
      number = number.shiftLeft(1);
      if (bit()) {
        number = number.setBit(0);
      }
    }
    return number;
  }

  private boolean bit() {
    if (used == block.length * Byte.SIZE) {
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(counter++).array());
      block = mac.doFinal(message);
      used = 0;
    }
    int at = used++;
    return (block[at / Byte.SIZE] >> (at % Byte.SIZE) & 1) == 1;
  }
}
