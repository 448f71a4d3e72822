package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Agrees with Spark on all there is. */
class LogicTest {
  /** False, true, and unknown; there is no fourth column, so that reading it fails. */
  private static final InternalRow ROW = new GenericInternalRow(new Object[] {false, true, null});

  @Test
  void saysWhatSparkComputes() {
    for (byte left = Logic.FALSE; left <= Logic.FAILED; left++) {
      assertThat(value(column(left))).as("the value itself").isEqualTo(left);
      assertThat(Logic.not(left)).as("not %d", left).isEqualTo(value(new Not(column(left))));
      for (byte right = Logic.FALSE; right <= Logic.FAILED; right++) {
        assertThat(Logic.and(left, right))
            .as("%d and %d", left, right)
            .isEqualTo(value(new And(column(left), column(right))));
        assertThat(Logic.or(left, right))
            .as("%d or %d", left, right)
            .isEqualTo(value(new Or(column(left), column(right))));
      }
    }
  }

  private static Expression column(byte value) {
    return new BoundReference(value, DataTypes.BooleanType, true);
  }

  private static byte value(Expression condition) {
    return (Byte) new Attempt(condition).eval(ROW);
  }
}
