package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.model.ConfigException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Built-in hierarchies over the values an attribute has: one line a value, as a hierarchy file
 * would give it. The empty value, which stands for none, keeps to itself below the top.
 */
final class Domains {
  static final String TOP = "*";
  private static final int ISO_DATE = "2026-12-31".length();

  private Domains() {}

  /** Numbers by intervals that hold their lower end and not their upper one. */
  static List<List<String>> intervals(
      String attribute, List<String> values, AnonymizeSpec.Intervals intervals) {
    BigDecimal anchor = intervals.from() == null ? BigDecimal.ZERO : decimal(intervals.from());
    long outside =
        values.stream()
            .filter(value -> !value.isEmpty())
            .filter(value -> !inside(value, intervals))
            .count();
    refuse(attribute, outside, "are no numbers" + range(intervals));
    Function<String, List<String>> labels =
        value -> {
          List<String> line = new ArrayList<>();
          for (double width : intervals.widths()) {
            line.add(interval(new BigDecimal(value), anchor, decimal(width)));
          }
          return line;
        };
    return lines(
        values.stream().sorted(Comparator.comparing(Domains::ordered)).toList(),
        labels,
        intervals.widths().size());
  }

  private static BigDecimal ordered(String number) {
    return number.isEmpty() ? decimal(-Double.MAX_VALUE) : new BigDecimal(number);
  }

  private static String range(AnonymizeSpec.Intervals intervals) {
    String low = intervals.from() == null ? "" : " of at least " + plain(intervals.from());
    String high = intervals.to() == null ? "" : " of at most " + plain(intervals.to());
    return low.isEmpty() || high.isEmpty() ? low + high : low + " and" + high;
  }

  private static boolean inside(String value, AnonymizeSpec.Intervals intervals) {
    try {
      double number = new BigDecimal(value).doubleValue();
      return (intervals.from() == null || number >= intervals.from())
          && (intervals.to() == null || number <= intervals.to());
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String interval(BigDecimal value, BigDecimal anchor, BigDecimal width) {
    BigDecimal steps = value.subtract(anchor).divide(width, 0, RoundingMode.FLOOR);
    BigDecimal low = anchor.add(steps.multiply(width));
    return "[" + plain(low) + ", " + plain(low.add(width)) + ")";
  }

  private static BigDecimal decimal(double number) {
    return BigDecimal.valueOf(number);
  }

  private static String plain(double number) {
    return plain(decimal(number));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** Dates, or times of which the date matters, by their parts. */
  static List<List<String>> dates(
      String attribute, List<String> values, List<AnonymizeSpec.DatePart> parts) {
    long outside =
        values.stream().filter(value -> !value.isEmpty()).filter(value -> !isDate(value)).count();
    refuse(attribute, outside, "are no dates as 2026-12-31");
    // Where every value is a day already, a level of days would say nothing new.
    boolean days = values.stream().allMatch(value -> value.length() <= ISO_DATE);
    List<AnonymizeSpec.DatePart> levels =
        parts.stream().filter(part -> part != AnonymizeSpec.DatePart.DAY || !days).toList();
    return lines(
        values.stream().sorted().toList(),
        value -> levels.stream().map(part -> part(date(value), part)).toList(),
        levels.size());
  }

  private static boolean isDate(String value) {
    try {
      return value.length() >= ISO_DATE && date(value) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static LocalDate date(String value) {
    return LocalDate.parse(value.substring(0, ISO_DATE));
  }

  private static String part(LocalDate date, AnonymizeSpec.DatePart part) {
    return switch (part) {
      case DAY -> date.toString();
      case MONTH -> date.toString().substring(0, "2026-12".length());
      case QUARTER -> date.getYear() + "-Q" + date.get(IsoFields.QUARTER_OF_YEAR);
      case YEAR -> Integer.toString(date.getYear());
    };
  }

  /** Texts with more and more characters masked from the right, as long as the longest. */
  static List<List<String>> masks(List<String> values, AnonymizeSpec.Mask mask) {
    int longest = values.stream().mapToInt(v -> v.codePointCount(0, v.length())).max().orElse(0);
    List<Integer> masked = new ArrayList<>(mask.characters());
    for (int i = 1; mask.characters().isEmpty() && i < longest; i++) {
      masked.add(i);
    }
    masked.removeIf(characters -> characters >= longest);
    return lines(
        values.stream().sorted().toList(),
        value -> masked.stream().map(characters -> masked(value, longest, characters)).toList(),
        masked.size());
  }

  private static String masked(String value, int longest, int characters) {
    int shown = Math.min(value.codePointCount(0, value.length()), longest - characters);
    return value.substring(0, value.offsetByCodePoints(0, shown)) + TOP.repeat(longest - shown);
  }

  /** Postal codes by what {@code places} says is above each. */
  static List<List<String>> places(
      String attribute, List<String> values, Map<String, List<String>> places, int levels) {
    long outside =
        values.stream()
            .filter(value -> !value.isEmpty())
            .filter(value -> !places.containsKey(value))
            .count();
    refuse(attribute, outside, "are in no place of the table of places");
    return lines(values.stream().sorted().toList(), places::get, levels);
  }

  private static List<List<String>> lines(
      List<String> values, Function<String, List<String>> labels, int levels) {
    List<List<String>> lines = new ArrayList<>();
    for (String value : values) {
      List<String> line = new ArrayList<>(List.of(value));
      line.addAll(value.isEmpty() ? Collections.nCopies(levels, "") : labels.apply(value));
      line.add(TOP);
      lines.add(line);
    }
    return lines;
  }

  private static void refuse(String attribute, long outside, String what) {
    if (outside > 0) {
      throw new ConfigException(
          "Attribute "
              + attribute
              + " has "
              + outside
              + " distinct values that "
              + what
              + ". Correct them, or choose another hierarchy.");
    }
  }
}
