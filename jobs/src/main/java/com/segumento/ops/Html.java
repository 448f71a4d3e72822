package com.segumento.ops;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Text and figures as they stand in a page. */
final class Html {
  /** Digits of figures below 1. */
  private static final MathContext SMALL = new MathContext(3);

  private Html() {}

  /** Any text; nothing in it is markup. */
  static String text(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A figure, with a decimal only where it has one; a dash where there is none. */
  static String figure(Double value) {
    if (value == null) {
      return "–";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    if (!whole && Math.abs(value) < 1) {
      return new BigDecimal(value).round(SMALL).stripTrailingZeros().toPlainString();
    }
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%,.1f", value);
  }

  /** A share between 0 and 1. */
  static String share(double value) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  /** Seconds, or minutes and seconds. */
  static String duration(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
  }

  /** JSON that stands inside a script element: nothing in it can end the element. */
  static String json(String json) {
    return json.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
