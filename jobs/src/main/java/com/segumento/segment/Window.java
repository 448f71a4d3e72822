package com.segumento.segment;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which UTC days of events count, seen from a business date. */
sealed interface Window {
  /** The longest window, in days. */
  int LONGEST = 3650;

  /** What a window may be. */
  String SAYS =
      "Expected days from 1d to "
          + LONGEST
          + "d as in 90d or 28d ending 7d ago, this month, last month, or a date as in since"
          + " 2026-01-31.";

  Pattern DAYS = Pattern.compile("([1-9][0-9]{0,3})d(?: ending ([1-9][0-9]{0,3})d ago)?");
  Pattern SINCE = Pattern.compile("since ([0-9]{4}-[0-9]{2}-[0-9]{2})");

  /** The days; none where they all lie after the business date. */
  Span span(LocalDate date);

  /** The most days before the business date the first day of the window can lie. */
  int reach();

  /** The same text for every way of writing the same window. */
  String canonical();

  /** The window of a text, or nothing where it is none. */
  static Optional<Window> parse(String text) {
    Matcher days = DAYS.matcher(text);
    if (days.matches()) {
      int ago = days.group(2) == null ? 0 : Integer.parseInt(days.group(2));
      Days window = new Days(Integer.parseInt(days.group(1)), ago);
      return Optional.<Window>of(window).filter(found -> found.reach() < LONGEST);
    }
    Matcher since = SINCE.matcher(text);
    if (since.matches()) {
      try {
        return Optional.of(new Since(LocalDate.parse(since.group(1))));
      } catch (DateTimeParseException e) {
        return Optional.empty(); // 30 February
      }
    }
    return switch (text) {
      case "this month" -> Optional.of(new ThisMonth());
      case "last month" -> Optional.of(new LastMonth());
      default -> Optional.empty();
    };
  }

  /**
   * Days that end with the business date or before it.
   *
   * @param ago days from the last one to the business date
   */
  record Days(int days, int ago) implements Window {
    @Override
    public Span span(LocalDate date) {
      return Span.ending(date.minusDays(ago), days);
    }

    @Override
    public int reach() {
      return days - 1 + ago;
    }

    @Override
    public String canonical() {
      return ago == 0 ? Integer.toString(days) : days + " ending " + ago;
    }
  }

  /** From the first of the month of the business date to the business date. */
  record ThisMonth() implements Window {
    @Override
    public Span span(LocalDate date) {
      return new Span(date.withDayOfMonth(1), date);
    }

    @Override
    public int reach() {
      return 30;
    }

    @Override
    public String canonical() {
      return "this month";
    }
  }

  /** The whole month before the one of the business date. */
  record LastMonth() implements Window {
    @Override
    public Span span(LocalDate date) {
      LocalDate first = date.withDayOfMonth(1);
      return new Span(first.minusMonths(1), first.minusDays(1));
    }

    @Override
    public int reach() {
      return 61;
    }

    @Override
    public String canonical() {
      return "last month";
    }
  }

  /** From a day, itself included, to the business date. */
  record Since(LocalDate first) implements Window {
    @Override
    public Span span(LocalDate date) {
      return new Span(first, date);
    }

    @Override
    public int reach() {
      return Integer.MAX_VALUE / 2;
    }

    @Override
    public String canonical() {
      return "since " + first;
    }
  }
}
