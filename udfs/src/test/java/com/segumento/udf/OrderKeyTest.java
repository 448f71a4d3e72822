package com.segumento.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class OrderKeyTest {
  private static final BigDecimal WIDEST = new BigDecimal("9".repeat(36) + ".99");

  @Test
  void keysAreInTheOrderOfTheNumbers() {
    ascending(
        DataTypes.DoubleType,
        Double.NEGATIVE_INFINITY,
        -Double.MAX_VALUE,
        -1.5,
        -Double.MIN_VALUE,
        0.0,
        Double.MIN_VALUE,
        1.0,
        1.5,
        Double.POSITIVE_INFINITY);
    ascending(DataTypes.LongType, Long.MIN_VALUE, -256L, -1L, 0L, 1L, 255L, Long.MAX_VALUE);
    ascending(DataTypes.IntegerType, Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE);
    ascending(
        DataTypes.createDecimalType(12, 2),
        new BigDecimal("-9999999999.99"),
        new BigDecimal("-0.01"),
        new BigDecimal("0"),
        new BigDecimal("0.1"),
        new BigDecimal("0.11"),
        new BigDecimal("9999999999.99"));
    ascending(
        DataTypes.createDecimalType(38, 2),
        WIDEST.negate(),
        new BigDecimal("-18446744073709551617.00"),
        new BigDecimal("-0.01"),
        BigDecimal.ZERO,
        new BigDecimal("2.56"),
        new BigDecimal("18446744073709551616.00"),
        WIDEST);
  }

  @Test
  void tiesAreInTheOrderOfTheirBreakers() {
    OrderKey key = new OrderKey(DataTypes.DoubleType);
    assertThat(Arrays.compareUnsigned(key.call(1.0, -5L), key.call(1.0, 3L))).isNegative();
    assertThat(Arrays.compareUnsigned(key.call(1.0, Long.MAX_VALUE), key.call(1.1, -5L)))
        .isNegative();
    assertThat(key.call(-0.0, 7L)).isEqualTo(key.call(0.0, 7L));
    assertThat(new OrderKey(DataTypes.createDecimalType(30, 2)).call(new BigDecimal("1.50"), 0L))
        .isEqualTo(
            new OrderKey(DataTypes.createDecimalType(30, 2)).call(new BigDecimal("1.5"), 0L));
  }

  @Test
  void whatIsNoNumberHasNoKey() {
    assertThat(new OrderKey(DataTypes.DoubleType).call(Double.NaN, 0L)).isNull();
    assertThat(new OrderKey(DataTypes.FloatType).call(Float.NaN, 0L)).isNull();
    assertThat(new OrderKey(DataTypes.LongType).call(null, 0L)).isNull();
  }

  @Test
  void countsTheCutsBelowAKey() {
    OrderKey key = new OrderKey(DataTypes.LongType);
    List<byte[]> cuts = List.of(new byte[0], key.call(2L, 0L), key.call(4L, 0L), key.call(4L, 0L));
    CutsBelow below = new CutsBelow(cuts);
    assertThat(below.call(key.call(1L, 9L))).isEqualTo(1);
    assertThat(below.call(key.call(2L, -1L))).isEqualTo(1);
    assertThat(below.call(key.call(2L, 0L))).isEqualTo(1);
    assertThat(below.call(key.call(2L, 1L))).isEqualTo(2);
    assertThat(below.call(key.call(4L, 0L))).isEqualTo(2);
    assertThat(below.call(key.call(4L, 1L))).isEqualTo(4);
    assertThat(below.call(null)).isNull();
    assertThat(new CutsBelow(List.of()).call(key.call(1L, 1L))).isZero();
  }

  private static void ascending(DataType type, Object... numbers) {
    OrderKey key = new OrderKey(type);
    List<byte[]> keys = new ArrayList<>();
    for (Object number : numbers) {
      keys.add(key.call(number, Long.MIN_VALUE));
      keys.add(key.call(number, Long.MAX_VALUE));
    }
    for (int i = 1; i < keys.size(); i++) {
      assertThat(Arrays.compareUnsigned(keys.get(i - 1), keys.get(i))).isNegative();
    }
  }
}
