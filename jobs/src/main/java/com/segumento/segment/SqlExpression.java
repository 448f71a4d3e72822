package com.segumento.segment;

import com.segumento.model.Persons;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/**
 * A checked expression of the segment language.
 *
 * @param tree as parsed, names unresolved
 * @param columns the declared columns it reads
 * @param type of its value
 */
record SqlExpression(Expression tree, Set<String> columns, DataType type) {

  SqlExpression {
    columns = Set.copyOf(columns);
  }

  /** The same text for every way of writing the same expression: spaces, brackets, comments. */
  String canonical() {
    return tree.sql();
  }

  /**
   * The value, and null where it cannot be computed for a row: a division by zero, an overflow, a
   * text that is no number. So no row can stop the night, and none of its values reaches an error.
   */
  Column value() {
    // Spark may compute what two expressions share once, ahead of both and outside their guards;
    // it leaves alone what hangs on a condition. Every row has a key, which Spark cannot know.
    return functions.when(
        functions.length(Persons.PERSON_KEY.col()).gt(0),
        ExpressionUtils.column(new TryEval(tree)));
  }
}
