package com.segumento.udf;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds raw identifiers of people in text: what a client must never deliver. It looks anywhere in
 * the text, and accepts a number only with its check digit where the kind has one.
 */
public final class RawIdentifiers {
  /** A kind of raw identifier. */
  public enum Kind {
    EMAIL,
    PHONE,
    PAN,
    AADHAAR,
    CARD,
    IP
  }

  /**
   * What text must match, at least, to hold any of them: SQL's {@code rlike} asks it first, so that
   * ordinary values never reach this class.
   */
  public static final String SUSPICIOUS =
      "@|[0-9](?:[ ().-]{0,2}[0-9]){9}|[A-Za-z]{5}[0-9]{4}[A-Za-z]|[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]*";

  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,24}");

  // The fourth letter is the kind of holder (Income Tax Department of India, Rule 114).
  private static final Pattern PAN =
      Pattern.compile(
          "(?<![A-Za-z0-9])[A-Za-z]{3}[ABCFGHJLPTabcfghjlpt][A-Za-z][0-9]{4}[A-Za-z](?![A-Za-z0-9])");
  private static final Pattern DIGITS =
      Pattern.compile("(?<![A-Za-z0-9.,])\\+?[0-9](?:[ ().-]{0,2}[0-9]){9,18}(?![A-Za-z0-9])");
  private static final Pattern INDIAN_MOBILE = Pattern.compile("(?:91|0091|0)?[6-9][0-9]{9}");
  private static final Pattern CARD_ISSUER =
      Pattern.compile("(?:4|5[1-5]|2[2-7]|3[47]|6(?:011|5|0|22|21)|30|36|38|35|50|81|82).*");
  private static final Pattern IP4 =
      Pattern.compile(
          "(?<![0-9.])(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?![0-9.])");
  private static final Pattern IP6 =
      Pattern.compile(
          "(?<![0-9A-Za-z:.])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|(?=[0-9A-Fa-f:]*::)(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6})(?![0-9A-Za-z:])");

  private RawIdentifiers() {}

  /** The kinds found in {@code text}; none in null. */
  public static Set<Kind> in(String text) {
    Set<Kind> found = EnumSet.noneOf(Kind.class);
    if (text == null) {
      return found;
    }
    if (EMAIL.matcher(text).find()) {
      found.add(Kind.EMAIL);
    }
    if (PAN.matcher(text).find()) {
      found.add(Kind.PAN);
    }
    if (IP4.matcher(text).find() || IP6.matcher(text).find()) {
      found.add(Kind.IP);
    }
    Matcher numbers = DIGITS.matcher(text);
    while (numbers.find()) {
      number(numbers.group(), found);
    }
    return found;
  }

  private static void number(String written, Set<Kind> found) {
    String digits = written.replaceAll("[^0-9]", "");
    boolean international =
        written.startsWith("+") && digits.length() >= 10 && digits.length() <= 15;
    if (international || INDIAN_MOBILE.matcher(digits).matches()) {
      found.add(Kind.PHONE);
    }
    if (digits.length() == 12 && digits.charAt(0) >= '2' && verhoeff(digits)) {
      found.add(Kind.AADHAAR);
    }
    if (digits.length() >= 13 && CARD_ISSUER.matcher(digits).matches() && luhn(digits)) {
      found.add(Kind.CARD);
    }
  }

  /**
   * Whether the last digit is the check digit of the others.
   *
   * @see <a href="https://www.iso.org/standard/70484.html">ISO/IEC 7812-1, Annex B</a>
   */
  static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : digit * 2;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }

  /**
   * Whether the last digit is the check digit of the others in the dihedral group of order ten.
   *
   * @see <a href="https://ir.cwi.nl/pub/13046">Verhoeff, Error detecting decimal codes (1969)</a>
   */
  static boolean verhoeff(String digits) {
    int check = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      check = multiply(check, permute(digit, i));
    }
    return check == 0;
  }

  private static int multiply(int a, int b) {
    if (a < 5) {
      return b < 5 ? (a + b) % 5 : 5 + (a + b) % 5;
    }
    return b < 5 ? 5 + (a - b) % 5 : (a - b + 5) % 5;
  }

  private static int permute(int digit, int times) {
    int[] step = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    int at = digit;
    for (int i = 0; i < times % 8; i++) {
      at = step[at];
    }
    return at;
  }
}
