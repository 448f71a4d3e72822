package com.segumento.segment;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Whether a condition holds, kept in a flag of the row it is computed for. Of those that share a
 * waterfall only the first holds. The row is one of ours, that can be written to.
 */
final class Settled extends Expression implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Expression condition;
  private final int place;
  private final int waterfall;

  /**
   * A condition with its flags.
   *
   * @param place of the flag of the condition
   * @param waterfall place of the flag of the waterfall; none where it is negative
   */
  Settled(Expression condition, int place, int waterfall) {
    this.condition = condition;
    this.place = place;
    this.waterfall = waterfall;
  }

  @Override
  public Object eval(InternalRow row) {
    boolean holds =
        Boolean.TRUE.equals(condition.eval(row)) && (waterfall < 0 || !row.getBoolean(waterfall));
    if (holds) {
      row.setBoolean(place, true);
      if (waterfall >= 0) {
        row.setBoolean(waterfall, true);
      }
    }
    return holds;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    ExprCode asked = condition.genCode(context);
    String row = context.INPUT_ROW();
    String free = waterfall < 0 ? "" : " && !%s.getBoolean(%d)".formatted(row, waterfall);
    String fill = waterfall < 0 ? "" : "%s.setBoolean(%d, true);".formatted(row, waterfall);
    ExprCode settled =
        SettledFlag.notNull(
            code,
            "boolean %s = !%s && %s%s; if (%s) { %s.setBoolean(%d, true); %s }"
                .formatted(
                    code.value(),
                    asked.isNull(),
                    asked.value(),
                    free,
                    code.value(),
                    row,
                    place,
                    fill));
    settled.code_$eq(asked.code().$plus(settled.code()));
    return settled;
  }

  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BooleanType;
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(condition)).toIndexedSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new Settled(newChildren.head(), place, waterfall);
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> condition;
      case 1 -> place;
      default -> waterfall;
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof Settled;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settled that
        && condition.equals(that.condition)
        && place == that.place
        && waterfall == that.waterfall;
  }

  @Override
  public int hashCode() {
    return Objects.hash(condition, place, waterfall);
  }
}
