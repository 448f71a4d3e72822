package com.segumento.segment.order;

import com.segumento.model.ConfigException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * A number of persons, or a share of them in percent.
 *
 * <p>A share is rounded down to whole persons, and is at least one person where it is not 0%.
 *
 * @param number of persons or of percent
 */
public record Part(BigDecimal number, boolean percent) {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6}%|%?)");
  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  public Part {
    if (number.signum() < 0 || (percent && number.compareTo(WHOLE) > 0)) {
      throw ConfigException.invalid("part", number, "a share from 0% to 100%, or a number");
    }
  }

  /** A part as it is written: {@code 10%} or {@code 500}. */
  public static Part of(String text) {
    if (!FORM.matcher(text).matches()) {
      throw ConfigException.invalid("part", text, "a share as in 10%, or a number of persons");
    }
    boolean percent = text.endsWith("%");
    return new Part(new BigDecimal(percent ? text.substring(0, text.length() - 1) : text), percent);
  }

  /** So many persons. */
  public static Part persons(long number) {
    return new Part(BigDecimal.valueOf(number), false);
  }

  /** The same text for every way of writing the same part. */
  public String canonical() {
    return number.stripTrailingZeros().toPlainString() + (percent ? "%" : "");
  }

  /** How many of {@code persons} it is, at most all. */
  public long of(long persons) {
    if (!percent) {
      return Math.min(number.longValueExact(), persons);
    }
    long down =
        number
            .multiply(BigDecimal.valueOf(persons))
            .divide(WHOLE, 0, RoundingMode.DOWN)
            .longValueExact();
    return number.signum() > 0 && persons > 0 ? Math.max(1, down) : down;
  }
}
