package com.segumento.privacy.lattice;

/** Numbers equal keys alike, from 0, in the order in which they first occur. */
final class Numbering {
  /** Key spaces up to this size are counted in an array; larger ones in a hash table. */
  private static final int FLAT = 1 << 22;

  private Numbering() {}

  /**
   * Writes the number of each key to {@code numbers} and gives how many there are.
   *
   * @param keys at least 0, below {@code radix}
   */
  static int number(long[] keys, long radix, int[] numbers) {
    return radix <= FLAT && radix <= 16L * keys.length + 1024
        ? flat(keys, (int) radix, numbers)
        : hashed(keys, numbers);
  }

  private static int flat(long[] keys, int radix, int[] numbers) {
    int[] slots = new int[radix];
    int count = 0;
    for (int i = 0; i < keys.length; i++) {
      int slot = slots[(int) keys[i]];
      if (slot == 0) {
        slot = ++count;
        slots[(int) keys[i]] = slot;
      }
      numbers[i] = slot - 1;
    }
    return count;
  }

  private static int hashed(long[] keys, int[] numbers) {
    Table table = new Table();
    for (int i = 0; i < keys.length; i++) {
      numbers[i] = table.number(keys[i]);
    }
    return table.count;
  }

  /** Grows with the distinct keys, so that where these are few it stays in the nearest memory. */
  private static final class Table {
    private static final int FIRST = 1 << 12;

    private long[] keys = new long[FIRST];
    private int[] numbers = new int[FIRST]; // plus one; 0 is free
    private int count;

    int number(long key) {
      int mask = keys.length - 1;
      int at = hash(key) & mask;
      while (numbers[at] != 0) {
        if (keys[at] == key) {
          return numbers[at] - 1;
        }
        at = (at + 1) & mask;
      }
      keys[at] = key;
      numbers[at] = ++count;
      if (count > keys.length / 2) {
        grow();
      }
      return count - 1;
    }

    private void grow() {
      long[] before = keys;
      int[] numbered = numbers;
      keys = new long[before.length * 2];
      numbers = new int[keys.length];
      int mask = keys.length - 1;
      for (int i = 0; i < before.length; i++) {
        if (numbered[i] != 0) {
          int at = hash(before[i]) & mask;
          while (numbers[at] != 0) {
            at = (at + 1) & mask;
          }
          keys[at] = before[i];
          numbers[at] = numbered[i];
        }
      }
    }
  }

  private static int hash(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed ^ (mixed >>> 32));
  }
}
