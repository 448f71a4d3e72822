package com.segumento.udf;

import java.io.Serializable;

/**
 * Whether a stretch of bytes may begin one of very many needles: a blocked Bloom filter over the
 * first {@value #WINDOW} bytes of each. It never misses a needle; of other bytes it takes some for
 * one, so what it says is confirmed by a join. Filters made of parts of the needles are put
 * together with {@link #or}, which gives the same as one made of all of them, so that no machine
 * needs to see all needles.
 *
 * <p>Windows come with a rolling hash (Karp and Rabin), so that a pass over a file costs the same
 * however many needles there are.
 *
 * @see <a href="https://doi.org/10.1147/rd.312.0249">Karp and Rabin, Efficient randomized
 *     pattern-matching algorithms (1987)</a>
 * @see <a href="https://doi.org/10.1007/978-3-540-72845-0_9">Putze, Sanders, Singler, Cache-, hash-
 *     and space-efficient Bloom filters (2007)</a>
 */
public final class NeedleFilter implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many bytes of a needle are looked at; no needle is shorter. */
  public static final int WINDOW = 16;

  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final long LEAVING = power(WINDOW - 1);
  private static final int BITS = 6;
  private static final int BITS_OF_A_PLACE = 6;
  private static final int LEAST_WORDS = 1 << 10;
  private static final int MOST_WORDS = 1 << 25;

  /** Bits of {@link #few} for each word; a word has about one needle. */
  private static final int FEW_BITS = 3;

  private static final int FEW_SHIFT = BITS * BITS_OF_A_PLACE - FEW_BITS;

  private final long[] words;

  /**
   * An eighth of the size, which caches of a processor have room for. It says of most windows that
   * no needle begins with them, so that few ask for a word, which is far away in memory.
   */
  private final long[] few;

  private NeedleFilter(long[] words) {
    this.words = words;
    this.few = new long[words.length >> (BITS_OF_A_PLACE - FEW_BITS)];
  }

  /**
   * An empty filter: nine bytes a needle, between 9 KiB and 288 MiB.
   *
   * @param needles about how many will be added
   */
  public static NeedleFilter sizedFor(long needles) {
    long wanted = Math.max(LEAST_WORDS, Math.min(MOST_WORDS, needles));
    return new NeedleFilter(new long[(int) Long.highestOneBit(2 * wanted - 1)]);
  }

  /**
   * Adds a needle.
   *
   * @throws IllegalArgumentException where it is shorter than {@link #WINDOW}
   */
  public void add(byte[] needle) {
    if (needle.length < WINDOW) {
      throw new IllegalArgumentException(
          "A needle of " + needle.length + " bytes is too short to be told from other bytes.");
    }
    long mixed = mix(hash(needle, 0));
    words[place(mixed)] |= bits(mixed);
    int one = one(mixed);
    few[one >> BITS_OF_A_PLACE] |= 1L << one;
  }

  /** Whether a needle may begin with the window that hashes to {@code hash}. */
  public boolean mayBegin(long hash) {
    long mixed = mix(hash);
    int one = one(mixed);
    if ((few[one >> BITS_OF_A_PLACE] & (1L << one)) == 0) {
      return false;
    }
    long bits = bits(mixed);
    return (words[place(mixed)] & bits) == bits;
  }

  /**
   * Adds all needles of another filter of the same size.
   *
   * @return this filter
   */
  public NeedleFilter or(NeedleFilter other) {
    if (other.words.length != words.length) {
      throw new IllegalArgumentException("The filters are of two sizes.");
    }
    for (int i = 0; i < words.length; i++) {
      words[i] |= other.words[i];
    }
    for (int i = 0; i < few.length; i++) {
      few[i] |= other.few[i];
    }
    return this;
  }

  /** The hash of the window that begins at {@code from}. */
  static long hash(byte[] bytes, int from) {
    long hash = 0;
    for (int i = from; i < from + WINDOW; i++) {
      hash = hash * FACTOR + (bytes[i] & 0xFF) + 1;
    }
    return hash;
  }

  /** The hash of a window that lost its first byte and gained one at the end. */
  static long rolled(long hash, byte leaving, byte entering) {
    return (hash - ((leaving & 0xFF) + 1) * LEAVING) * FACTOR + (entering & 0xFF) + 1;
  }

  private int place(long mixed) {
    return (int) (mixed >>> (BITS * BITS_OF_A_PLACE)) & (words.length - 1);
  }

  private int one(long mixed) {
    return (int) (mixed >>> FEW_SHIFT) & ((words.length << FEW_BITS) - 1);
  }

  private static long bits(long mixed) {
    long bits = 0;
    for (int i = 0; i < BITS; i++) {
      bits |= 1L << (mixed >>> (i * BITS_OF_A_PLACE)); // Java takes the lowest six bits
    }
    return bits;
  }

  // Finalizer of MurmurHash3, which is in the public domain.
  private static long mix(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= FACTOR;
    }
    return power;
  }
}
