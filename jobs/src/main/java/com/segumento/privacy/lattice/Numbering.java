package com.segumento.privacy.lattice;

import java.util.Arrays;

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
    int capacity = Integer.highestOneBit(Math.max(16, keys.length)) * 4;
    int mask = capacity - 1;
    long[] table = new long[capacity];
    Arrays.fill(table, -1);
    int[] slots = new int[capacity];
    int count = 0;
    for (int i = 0; i < keys.length; i++) {
      long key = keys[i];
      int at = hash(key) & mask;
      while (table[at] != key && table[at] >= 0) {
        at = (at + 1) & mask;
      }
      if (table[at] < 0) {
        table[at] = key;
        slots[at] = count++;
      }
      numbers[i] = slots[at];
    }
    return count;
  }

  private static int hash(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed ^ (mixed >>> 32));
  }
}
