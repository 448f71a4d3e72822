package com.segumento.udf;

import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * A short name for a set of persons with their shares, the same in whatever order they come:
 * SHA-256 of each, added up in eight words. It is made by Spark's own aggregates, and no set is
 * collected.
 *
 * <p>Sums of hashes collide only for who may choose hashes out of very many (Wagner, 2002). Person
 * keys are pseudorandom to all but us, so that nobody can.
 *
 * @see <a href="https://doi.org/10.1007/3-540-69053-0_13">Bellare, Micciancio: AdHASH (1997)</a>
 */
public final class SetDigest {
  private static final int WORDS = 8;
  private static final int WORD_DIGITS = 8;
  private static final int SHA_BITS = 256;

  private SetDigest() {}

  /**
   * The digest of the rows of a group, as text; an aggregate.
   *
   * @param counted whether a row is in the set
   * @param hash {@link #element} of the row
   */
  public static Column of(Column counted, Column hash) {
    return concat_ws(
        ".",
        IntStream.range(0, WORDS)
            .mapToObj(word -> sum(when(counted, word(hash, word))))
            .map(words -> words.cast(DataTypes.StringType))
            .toArray(Column[]::new));
  }

  /** The hash of a person with its share. */
  public static Column element(Column personKey, Column share) {
    Column text = concat_ws(":", hex(personKey), share.cast(DataTypes.StringType));
    return sha2(text.cast(DataTypes.BinaryType), SHA_BITS);
  }

  // A word has 32 bits, so that the sum of those of any number of persons there are fits a long.
  private static Column word(Column hash, int word) {
    Column digits = substring(hash, 1 + word * WORD_DIGITS, WORD_DIGITS);
    return conv(digits, 16, 10).cast(DataTypes.LongType);
  }
}
