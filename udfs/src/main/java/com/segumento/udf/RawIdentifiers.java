package com.segumento.udf;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
      Pattern.compile("[\\p{L}\\p{N}._%+'-]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}");

  // The fourth letter is the kind of holder (Income Tax Department of India, Rule 114).
  private static final Pattern PAN =
      Pattern.compile(
          "(?<![A-Za-z0-9])[A-Za-z]{3}[ABCFGHJLPTabcfghjlpt][A-Za-z][0-9]{4}[A-Za-z](?![A-Za-z0-9])");
  private static final Pattern UUID =
      Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  private static final Pattern DECIMAL =
      Pattern.compile("\\s*[-+]?[0-9]+\\.[0-9]+(?:[Ee][-+]?[0-9]+)?\\s*");
  private static final Pattern ZERO_FRACTION = Pattern.compile("\\.0+\\s*$");
  private static final Pattern NUMBERS =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?<![0-9][.,])\\+?\\(?[0-9]+\\)?(?:[ ().-]{1,2}[0-9]+\\)?){0,255}(?![A-Za-z0-9])");
  private static final Pattern GROUP = Pattern.compile("[0-9]+");
  private static final Pattern INDIAN_MOBILE = Pattern.compile("(?:91|0091|0)?[6-9][0-9]{9}");
  private static final int MOST_GROUPS = 5;

  // Digits a group, with and without a country code or a zero before them.
  private static final Pattern INDIAN_GROUPS =
      Pattern.compile("5,5|3,3,4|4,3,3|3,4,3|4,6|3,7|2,4,4|2,8");
  private static final Pattern COUNTRY_GROUPS =
      Pattern.compile("[124],(?:10|" + INDIAN_GROUPS.pattern() + ")");
  private static final Pattern LENGTHS_OF_CARD = Pattern.compile("4,4,4,4(?:,3)?|4,6,[45]|1[3-9]");
  private static final Pattern CARD =
      Pattern.compile(
          "4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})|(?:5[1-5]|2[2-7]|35|50|60|8[12])[0-9]{14}"
              + "|6[45][0-9]{14,17}|3[47][0-9]{13}|3(?:0[0-5]|[689][0-9])[0-9]{11}");
  private static final Pattern MINUTE =
      Pattern.compile(
          "20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9]");
  private static final Pattern IP4 =
      Pattern.compile(
          "(?<![0-9.])(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?!\\.?[0-9])");
  private static final Pattern IP6 =
      Pattern.compile(
          "(?<![0-9A-Za-z:.])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|(?=[0-9A-Fa-f:]*::)(?=[A-Fa-f:]*[0-9])(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6})(?![0-9A-Za-z:])");

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
    String whole = ZERO_FRACTION.matcher(text).replaceFirst("");
    if (!DECIMAL.matcher(whole).matches()) { // the digits of a fraction identify nobody
      Matcher numbers = NUMBERS.matcher(UUID.matcher(whole).replaceAll(" x "));
      while (numbers.find()) {
        numbers(numbers.group(), found);
      }
    }
    return found;
  }

  // People write numbers in groups, and several beside each other: each run of groups is tried, but
  // only in groupings its kind is written in, so that dates and order numbers stay what they are.
  private static void numbers(String written, Set<Kind> found) {
    List<String> groups = new ArrayList<>();
    Matcher group = GROUP.matcher(written);
    while (group.find()) {
      groups.add(fraction(written, group.start(), group.end()) ? "" : group.group());
    }
    String all = String.join("", groups);
    if (written.startsWith("+") && all.length() >= 10 && all.length() <= 15) {
      found.add(Kind.PHONE);
    }
    for (int from = 0; from < groups.size(); from++) {
      StringBuilder digits = new StringBuilder();
      StringBuilder lengths = new StringBuilder();
      for (int to = from; to < Math.min(groups.size(), from + MOST_GROUPS); to++) {
        digits.append(groups.get(to));
        lengths.append(to == from ? "" : ",").append(groups.get(to).length());
        number(digits.toString(), lengths.toString(), found);
      }
    }
  }

  // 77.594562712345 in a list of coordinates; but the dots of 987.654.3210 only separate.
  private static boolean fraction(String written, int start, int end) {
    boolean after = start >= 2 && written.charAt(start - 1) == '.';
    boolean before = end < written.length() - 1 && written.charAt(end) == '.';
    return end - start >= 6 && (after || before);
  }

  private static void number(String digits, String lengths, Set<Kind> found) {
    boolean single = lengths.indexOf(",") < 0;
    if (INDIAN_MOBILE.matcher(digits).matches()
        && (single || INDIAN_GROUPS.matcher(lengths).matches() || countryCode(digits, lengths))) {
      found.add(Kind.PHONE);
    }
    if (digits.length() == 12
        && (single || lengths.equals("4,4,4"))
        && digits.charAt(0) >= '2'
        && !MINUTE.matcher(digits).matches()
        && verhoeff(digits)) {
      found.add(Kind.AADHAAR);
    }
    if (digits.length() >= 13
        && LENGTHS_OF_CARD.matcher(lengths).matches()
        && CARD.matcher(digits).matches()
        && luhn(digits)) {
      found.add(Kind.CARD);
    }
  }

  private static boolean countryCode(String digits, String lengths) {
    return (digits.startsWith("91") || digits.startsWith("0"))
        && COUNTRY_GROUPS.matcher(lengths).matches();
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
