package com.segumento.ops;

import java.util.Iterator;
import java.util.Optional;

/**
 * Whether the audit's chain holds.
 *
 * @param entries lines that were found good, from the first on
 * @param head hash of the last good line: compare it with one kept elsewhere
 * @param broken what is wrong with the first line that is not good; empty where all are
 */
public record AuditVerdict(long entries, String head, Optional<String> broken) {

  /**
   * Follows the chain from its first line.
   *
   * @param entries by sequence
   * @param expected how many there must be
   */
  public static AuditVerdict of(Iterator<AuditEntry> entries, long expected) {
    long good = 0;
    String head = AuditEntry.GENESIS;
    while (entries.hasNext()) {
      AuditEntry entry = entries.next();
      Optional<String> broken = broken(entry, good + 1, head);
      if (broken.isPresent()) {
        return new AuditVerdict(good, head, broken);
      }
      good = entry.sequence();
      head = entry.hash();
    }
    if (good != expected) {
      return new AuditVerdict(
          good,
          head,
          Optional.of(
              "The audit ends with entry " + good + ", but " + expected + " were written."));
    }
    return new AuditVerdict(good, head, Optional.empty());
  }

  private static Optional<String> broken(AuditEntry entry, long sequence, String head) {
    if (entry.sequence() != sequence) {
      return Optional.of(
          "Expected audit entry " + sequence + ", but found entry " + entry.sequence() + ".");
    }
    if (!entry.previous().equals(head)) {
      return Optional.of("Audit entry " + sequence + " does not follow from the entry before it.");
    }
    if (!entry.intact()) {
      return Optional.of("Audit entry " + sequence + " was altered: its hash does not fit it.");
    }
    return Optional.empty();
  }
}
