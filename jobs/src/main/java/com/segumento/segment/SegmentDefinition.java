package com.segumento.segment;

import java.util.Optional;
import java.util.Set;

/**
 * A checked segment.
 *
 * @param waterfall the one it is in, if any: its members are those who meet its rule and are in no
 *     segment of the waterfall before it
 * @param reads all segments whose members are to be known before its own
 * @param hash SHA-256 of the rule and of every trait and segment it reads, and so on; title and
 *     version are no part of it
 */
record SegmentDefinition(
    String id, Rule rule, Optional<String> waterfall, Set<String> reads, String hash) {
  SegmentDefinition {
    reads = Set.copyOf(reads);
  }
}
