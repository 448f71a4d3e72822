package com.segumento.pipeline;

import com.segumento.export.Guarantee;
import com.segumento.lake.AuditLedger;
import com.segumento.ops.AuditEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code verify} has found of releases, as the audit has it: one that was found violated is so
 * until it is found to hold again, which is written down for such a release only.
 */
final class ReleaseVerdicts {
  /** Actions of the audit. */
  static final String VIOLATED = "release.violated";

  static final String HOLDS = "release.holds";

  private static final String ACTOR = "verify";
  private static final String RELEASE = "release";
  private static final String GUARANTEES = "violated";

  private final Parts parts;

  ReleaseVerdicts(Parts parts) {
    this.parts = parts;
  }

  /**
   * Writes down which guarantees a release does not keep.
   *
   * @param guarantees by name
   */
  void violated(String subject, String folder, List<String> guarantees) {
    append(
        VIOLATED,
        subject,
        Map.of(RELEASE, relative(folder), GUARANTEES, String.join(", ", guarantees)));
  }

  /**
   * Writes down that a release holds, where it was found violated before. What a signed manifest
   * says against the configuration does not mend itself: it only cannot be told any more once that
   * is another one.
   */
  void holds(String subject, String folder) {
    if (violation(folder).filter(entry -> !parameters(entry)).isPresent()) {
      append(HOLDS, subject, Map.of(RELEASE, relative(folder)));
    }
  }

  /** That a release was found violated, where that was the last that was found of it. */
  Optional<AuditEntry> violation(String folder) {
    return ledger()
        .newest(List.of(VIOLATED, HOLDS), RELEASE, relative(folder))
        .filter(entry -> entry.action().equals(VIOLATED));
  }

  private static boolean parameters(AuditEntry violation) {
    return List.of(violation.details().getOrDefault(GUARANTEES, "").split(", "))
        .contains(Guarantee.PARAMETERS);
  }

  private String relative(String folder) {
    return parts.lake().layout().relative(folder);
  }

  private void append(String action, String subject, Map<String, String> details) {
    ledger().append(ACTOR, action, subject, details);
  }

  private AuditLedger ledger() {
    return AuditLedger.open(parts.spark(), parts.lake());
  }
}
