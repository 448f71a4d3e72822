package com.segumento.model;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Indian postal codes as people and spreadsheets write them. Blanks and hyphens go wherever they
 * are, full-width and Devanagari digits become plain ones, a leading {@code IN} and a trailing
 * {@code .0} go. What is left must be six digits, the first of them not 0.
 */
public final class PostalCode {
  private static final String WRITTEN = "０１２３４５６７８９०१२३४५६७८९－．";
  private static final String PLAIN = "01234567890123456789-.";
  private static final String BLANKS = "[\\s\\u00A0\\u2007\\u202F\\u3000-]";

  private PostalCode() {}

  /** The six digits; null where there is no such code in {@code written}. */
  public static Column normalized(Column written) {
    Column plain =
        functions.translate(functions.upper(written.cast(DataTypes.StringType)), WRITTEN, PLAIN);
    Column compact = functions.regexp_replace(plain, BLANKS, "");
    Column bare =
        functions.regexp_replace(functions.regexp_replace(compact, "^IN", ""), "\\.0+$", "");
    return functions.when(bare.rlike("^[1-9][0-9]{5}$"), bare);
  }

  /** Whether nothing is written there. */
  public static Column isBlank(Column written) {
    return functions
        .regexp_replace(
            functions.coalesce(written.cast(DataTypes.StringType), functions.lit("")), BLANKS, "")
        .equalTo("");
  }
}
