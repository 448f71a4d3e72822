package com.segumento.model;

import java.util.regex.Pattern;

/**
 * Names of secrets in the credential provider, as in {@code acme.person.key}. A name has a dot or a
 * hyphen within, so that a password that is put where a name belongs is told from one.
 */
public final class SecretAlias {
  /** Regular expression of a whole name. */
  public static final String FORM = "^[a-z][a-z0-9_]*([.-][a-z0-9_]+){1,16}$";

  /** What goes after "Expected". */
  public static final String SAYS =
      "the alias of a secret in the credential provider, as in acme.person.key; never the secret"
          + " itself";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  private SecretAlias() {}

  /** Whether {@code text} is one. */
  public static boolean is(String text) {
    return PATTERN.matcher(text).matches();
  }
}
