package com.segumento.udf;

import java.math.BigInteger;

/** Events of probability exp(-x), exactly. */
final class Exponential {
  private Exponential() {}

  /**
   * Whether something of probability exp(-{@code x}) comes to pass: algorithm 1 of Canonne, Kamath
   * and Steinke, after von Neumann (1951).
   */
  static boolean happens(Ratio x, RandomBits bits) {
    BigInteger whole = x.floor();
    for (BigInteger i = BigInteger.ZERO; i.compareTo(whole) < 0; i = i.add(BigInteger.ONE)) {
      if (!atMostOne(Ratio.ONE, bits)) {
        return false;
      }
    }
    return atMostOne(x.apartFrom(new Ratio(whole, BigInteger.ONE)), bits);
  }

  /** The same of an {@code x} of at most 1. */
  private static boolean atMostOne(Ratio x, RandomBits bits) {
    long k = 1;
    while (bits.happens(x.over(Ratio.of(k)))) {
      k++;
    }
    return k % 2 == 1;
  }
}
