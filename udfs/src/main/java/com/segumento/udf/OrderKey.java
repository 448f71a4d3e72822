package com.segumento.udf;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * A number and a tie-breaker as bytes whose unsigned order is the order of the numbers, and of the
 * tie-breakers among equal numbers. Null for null and for what is no number (NaN), which have no
 * place in an order; 0.0 and -0.0 are the same.
 *
 * <p>Keys of one instance can be compared with each other, and with none of another type.
 */
public final class OrderKey implements UDF2<Object, Long, byte[]> {
  private static final long serialVersionUID = 1L;
  private static final int WIDE = 16;

  /** Decimals of so many digits fit a long. */
  private static final int LONG_DIGITS = 18;

  private final int scale;
  private final boolean wide;

  /** Keys of numbers of {@code type}. */
  public OrderKey(DataType type) {
    scale = type instanceof DecimalType decimal ? decimal.scale() : 0;
    wide = type instanceof DecimalType decimal && decimal.precision() > LONG_DIGITS;
  }

  @Override
  public byte[] call(Object value, Long tie) {
    if (value == null) {
      return null;
    }
    ByteBuffer key = ByteBuffer.allocate((wide ? WIDE : Long.BYTES) + Long.BYTES);
    if (value instanceof BigDecimal decimal) {
      put(key, decimal.setScale(scale, RoundingMode.HALF_UP).unscaledValue());
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isNaN(number)) {
        return null;
      }
      key.putLong(ordered(number));
    } else {
      key.putLong(((Number) value).longValue() ^ Long.MIN_VALUE);
    }
    return key.putLong(tie ^ Long.MIN_VALUE).array();
  }

  private void put(ByteBuffer key, BigInteger unscaled) {
    if (!wide) {
      key.putLong(unscaled.longValueExact() ^ Long.MIN_VALUE);
      return;
    }
    byte[] bytes = unscaled.toByteArray();
    byte[] extended = new byte[WIDE];
    Arrays.fill(extended, (byte) (unscaled.signum() < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, extended, WIDE - bytes.length, bytes.length);
    extended[0] ^= Byte.MIN_VALUE;
    key.put(extended);
  }

  // The bits of positive numbers grow with them, those of negative ones fall.
  private static long ordered(double number) {
    long bits = Double.doubleToLongBits(number + 0.0);
    return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
  }

  @Override
  public String toString() {
    return "order_key";
  }
}
