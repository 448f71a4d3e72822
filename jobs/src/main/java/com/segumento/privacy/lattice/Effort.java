package com.segumento.privacy.lattice;

/**
 * What a search may use. One that meets these bounds ends with the best node so far, and says how
 * much better the optimum could be.
 *
 * @param threads at least 1
 * @param memory bytes, beside the table itself
 * @param nodes most nodes to count the classes of
 */
public record Effort(int threads, long memory, long nodes) {
  private static final int PART_OF_HEAP = 4;

  /** Every processor, a quarter of the heap, and no bound on nodes. */
  public static final Effort DEFAULT =
      new Effort(
          Runtime.getRuntime().availableProcessors(),
          Runtime.getRuntime().maxMemory() / PART_OF_HEAP,
          Long.MAX_VALUE);
}
