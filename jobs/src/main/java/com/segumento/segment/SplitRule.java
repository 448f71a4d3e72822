package com.segumento.segment;

import com.segumento.config.Segments.Segment;
import com.segumento.config.Segments.Split;
import com.segumento.model.Persons;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;

/**
 * {@code split}: a random share of another segment. A person's number is the head of the SHA-256 of
 * its key and the salt; the key is a hash under the client's secret, so that nobody without it can
 * tell who is drawn. It depends on nothing else: the person keeps it over nights, and shares of the
 * same salt that do not overlap hold different persons.
 */
final class SplitRule implements RuleResolver {
  /** Hexadecimal digits of the hash that make the number. */
  private static final int DIGITS = 13;

  private static final int BITS = 4 * DIGITS;

  /** How many numbers there are. */
  private static final BigDecimal NUMBERS = BigDecimal.valueOf(1L << BITS);

  @Override
  public boolean takes(Segment segment) {
    return segment.split() != null;
  }

  @Override
  public Optional<Rule> resolve(Segment segment, Resolution resolution, List<String> problems) {
    Split split = segment.split();
    BigDecimal from = split.after() == null ? BigDecimal.ZERO : part(split.after());
    BigDecimal to = from.add(part(split.share()));
    if (to.compareTo(BigDecimal.ONE) > 0) {
      problems.add("split: after and share are more than 100% together.");
      return Optional.empty();
    }
    if (!resolution.knows(split.of(), "split.of", problems)) {
      return Optional.empty();
    }
    Column number = number(split.salt());
    Column drawn = number.geq(first(from)).and(number.lt(first(to)));
    // Only members are drawn for: a hash costs more than the look.
    return Optional.of(
        Rule.of(
            String.join(
                "|",
                "split",
                split.of(),
                from.stripTrailingZeros().toPlainString(),
                to.stripTrailingZeros().toPlainString(),
                split.salt()),
            SqlExpression.condition(
                new And(new InSegment(split.of()), ExpressionUtils.expression(drawn)))));
  }

  private static BigDecimal part(String share) {
    return new BigDecimal(share.substring(0, share.length() - 1)).movePointLeft(2);
  }

  /** The number of a person, each as likely as another. */
  static Column number(String salt) {
    Column salted =
        functions.concat(
            Persons.PERSON_KEY.col(), functions.lit(salt.getBytes(StandardCharsets.UTF_8)));
    return functions
        .conv(functions.substring(functions.sha2(salted, 256), 1, DIGITS), 16, 10)
        .cast("bigint");
  }

  /** The first number at or above a part of all. */
  private static long first(BigDecimal part) {
    return part.multiply(NUMBERS).setScale(0, RoundingMode.CEILING).longValueExact();
  }
}
