package com.segumento.model;

import java.util.regex.Pattern;

/**
 * The name of a client company: one tenant. It is part of every path of that client, so nothing
 * that could climb out of a prefix is a client id.
 */
public record ClientId(String value) {
  /** What a client id looks like. */
  public static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{1,39}");

  public ClientId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new ConfigException(
          "Invalid client id. Expected a lower-case letter followed by 1 to 39 lower-case letters,"
              + " digits or underscores.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
