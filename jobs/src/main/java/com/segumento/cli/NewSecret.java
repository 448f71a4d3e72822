package com.segumento.cli;

import com.segumento.model.ConfigException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** The value of a secret to be kept. */
final class NewSecret {
  /** Bytes of a random one. */
  static final int BYTES = 32;

  private NewSecret() {}

  static char[] random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes).toCharArray();
  }

  /** Typed twice without echo, or the one line of standard input. */
  static char[] given(Surroundings outside) {
    char[] value = outside.console().map(NewSecret::typed).orElseGet(() -> line(outside));
    if (value.length == 0) {
      throw new ConfigException(
          "The secret is empty. Type it, send it as one line of standard input, or add --random.");
    }
    return value;
  }

  private static char[] typed(Console console) {
    char[] value = console.readPassword("Secret: ");
    char[] again = console.readPassword("Again: ");
    if (value == null || !Arrays.equals(value, again)) {
      throw new ConfigException("The two entries differ. Nothing was kept; try again.");
    }
    return value;
  }

  private static char[] line(Surroundings outside) {
    try {
      String line =
          new BufferedReader(new InputStreamReader(outside.in(), StandardCharsets.UTF_8))
              .readLine();
      return line == null ? new char[0] : line.toCharArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
