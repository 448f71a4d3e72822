package com.segumento.model;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Names as they are compared: {@code &} is {@code and}, letters lose case and accent, and only
 * {@code a-z} and {@code 0-9} stay. Nothing fuzzy: two names have the same key or they are two
 * names.
 */
public final class NameKey {
  private static final String ACCENTED = "àáâãäåāçčèéêëēìíîïīñòóôõöøōùúûüūýÿšžğş";
  private static final String PLAIN = "aaaaaaacceeeeeiiiiinooooooouuuuuyyszgs";
  private static final String OTHER = "[^a-z0-9]";

  private NameKey() {}

  /** The key of {@code name}. */
  public static String of(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (char letter : name.toLowerCase(Locale.ROOT).replace("&", "and").toCharArray()) {
      int accented = ACCENTED.indexOf(letter);
      plain.append(accented < 0 ? letter : PLAIN.charAt(accented));
    }
    return plain.toString().replaceAll(OTHER, "");
  }

  /** The key of the names in {@code name}; null for null. */
  public static Column of(Column name) {
    Column plain =
        functions.translate(
            functions.replace(functions.lower(name), functions.lit("&"), functions.lit("and")),
            ACCENTED,
            PLAIN);
    return functions.regexp_replace(plain, OTHER, "");
  }
}
