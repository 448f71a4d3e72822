package com.segumento.generate;

import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * A source of values that look random and are a function of the seed, of what they are for and of
 * the row's own keys: never of where or in which order rows are made.
 *
 * @param stream sets draws for different purposes apart
 */
record Draw(long stream) {

  /** Draws for one purpose. */
  static Draw of(long seed, String... purpose) {
    return new Draw(
        ByteBuffer.wrap(Digests.sha256(seed + "/" + String.join("/", purpose))).getLong());
  }

  /** 64 bits. */
  Column bits(Column... keys) {
    return xxhash64(Stream.concat(Stream.of(lit(stream)), Stream.of(keys)).toArray(Column[]::new));
  }

  /** A number of [0, 1). */
  Column uniform(Column... keys) {
    return shiftrightunsigned(bits(keys), 11).cast("double").multiply(0x1p-53);
  }

  /** A whole number of [0, bound). */
  Column below(Column bound, Column... keys) {
    return pmod(bits(keys), bound.cast("bigint"));
  }

  /** A whole number of [0, bound). */
  Column below(long bound, Column... keys) {
    return below(lit(bound), keys);
  }

  /**
   * Close to normal with mean 0 and variance 1, within 3.5: the sum of four uniform numbers, by
   * arithmetic that gives the same bits on every machine.
   */
  Column normal(Column... keys) {
    Column bits = bits(keys);
    Column sum = lit(0L);
    for (int part = 0; part < 4; part++) {
      sum = sum.plus(shiftright(bits, 16 * part).bitwiseAND(lit(0xFFFFL)));
    }
    return sum.cast("double").multiply(0x1p-16).minus(2).multiply(Math.sqrt(3));
  }

  /** A whole number of [low, high], both near enough to zero to be exact. */
  Column between(long low, long high, Column... keys) {
    return floor(uniform(keys).multiply(high - low + 1)).plus(low);
  }
}
