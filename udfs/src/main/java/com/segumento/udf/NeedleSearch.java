package com.segumento.udf;

import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Looks through a stream of bytes, in one pass and in pieces of any size, for what may be a needle.
 * Two filters are asked at once: one about the bytes as they are, one about the same with ASCII
 * letters in lower case. What is found is given as up to {@value #LONGEST} bytes, fewer at the end
 * of the stream.
 */
public final class NeedleSearch {
  /** How much of what may be a needle is given. */
  public static final int LONGEST = 64;

  private static final int WINDOW = NeedleFilter.WINDOW;
  private static final int BUFFER = 1 << 16;
  private static final byte[] LOWER = lower();

  private final NeedleFilter exact;
  private final NeedleFilter folded;
  private final BiConsumer<Boolean, byte[]> found;
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] lowered = new byte[BUFFER];
  private int filled;

  /**
   * @param exact of needles that are looked for as they are
   * @param folded of needles in lower case that are looked for in either case
   * @param found takes whether it was the folded filter that found something, and the bytes; those
   *     are in lower case then
   */
  public NeedleSearch(NeedleFilter exact, NeedleFilter folded, BiConsumer<Boolean, byte[]> found) {
    this.exact = exact;
    this.folded = folded;
    this.found = found;
  }

  /** Looks at the next bytes of the stream. */
  public void next(byte[] bytes, int from, int length) {
    int read = 0;
    while (read < length) {
      int piece = Math.min(BUFFER - filled, length - read);
      System.arraycopy(bytes, from + read, buffer, filled, piece);
      for (int i = filled; i < filled + piece; i++) {
        lowered[i] = LOWER[buffer[i] & 0xFF];
      }
      filled += piece;
      read += piece;
      if (filled == BUFFER) {
        look(BUFFER - LONGEST + 1);
        int kept = LONGEST - 1;
        System.arraycopy(buffer, BUFFER - kept, buffer, 0, kept);
        System.arraycopy(lowered, BUFFER - kept, lowered, 0, kept);
        filled = kept;
      }
    }
  }

  /** Looks at what is left; the next bytes are those of another stream. */
  public void end() {
    look(filled - WINDOW + 1);
    filled = 0;
  }

  // At windows that begin before {@code until}.
  private void look(int until) {
    if (until <= 0) {
      return;
    }
    long asIs = NeedleFilter.hash(buffer, 0);
    long lower = NeedleFilter.hash(lowered, 0);
    for (int at = 0; ; at++) {
      if (exact.mayBegin(asIs)) {
        found.accept(false, stretch(buffer, at));
      }
      if (folded.mayBegin(lower)) {
        found.accept(true, stretch(lowered, at));
      }
      if (at + 1 >= until) {
        return;
      }
      asIs = NeedleFilter.rolled(asIs, buffer[at], buffer[at + WINDOW]);
      lower = NeedleFilter.rolled(lower, lowered[at], lowered[at + WINDOW]);
    }
  }

  private byte[] stretch(byte[] bytes, int at) {
    return Arrays.copyOfRange(bytes, at, Math.min(at + LONGEST, filled));
  }

  private static byte[] lower() {
    byte[] lower = new byte[1 << Byte.SIZE];
    for (int i = 0; i < lower.length; i++) {
      lower[i] = (byte) (i >= 'A' && i <= 'Z' ? i + ('a' - 'A') : i);
    }
    return lower;
  }
}
