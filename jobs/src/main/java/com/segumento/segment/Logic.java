package com.segumento.segment;

/**
 * The logic of conditions: true, false, unknown as SQL has it, and failed where a condition cannot
 * be computed. What has failed makes all that asks for it fail; {@code and} and {@code or} don't
 * ask for their right side where the left one decides.
 */
final class Logic {
  static final byte FALSE = 0;
  static final byte TRUE = 1;
  static final byte UNKNOWN = 2;
  static final byte FAILED = 3;

  private static final int VALUES = 4;
  private static final byte[] AND = table(FALSE, TRUE);
  private static final byte[] OR = table(TRUE, FALSE);

  private Logic() {}

  /** Of a truth value of SQL. */
  static byte of(Boolean value) {
    return value == null ? UNKNOWN : value ? TRUE : FALSE;
  }

  static byte and(byte left, byte right) {
    return AND[left * VALUES + right];
  }

  static byte or(byte left, byte right) {
    return OR[left * VALUES + right];
  }

  static byte not(byte value) {
    return switch (value) {
      case FALSE -> TRUE;
      case TRUE -> FALSE;
      default -> value; // unknown and failed stay
    };
  }

  private static byte[] table(byte decides, byte otherwise) {
    byte[] table = new byte[VALUES * VALUES];
    for (byte left = 0; left < VALUES; left++) {
      for (byte right = 0; right < VALUES; right++) {
        table[left * VALUES + right] = decided(left, right, decides, otherwise);
      }
    }
    return table;
  }

  /**
   * Of one of two values that decides, whatever the other is, and one that both have to have for
   * the contrary.
   */
  private static byte decided(byte left, byte right, byte decides, byte otherwise) {
    if (left == decides || left == FAILED) {
      return left;
    }
    if (right == decides || right == FAILED) {
      return right;
    }
    return left == otherwise && right == otherwise ? otherwise : UNKNOWN;
  }
}
