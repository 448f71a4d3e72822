package com.segumento.privacy.gate;

/**
 * States of a client's release memory.
 *
 * @param before the one the release was made on
 * @param after the one that remembers the release; the same where nothing had to be
 */
public record MemoryVersions(long before, long after) {
  /** Of a release that no memory is about. */
  public static final MemoryVersions NONE = new MemoryVersions(0, 0);

  /** The number the release is remembered by. */
  long release() {
    return before + 1;
  }
}
