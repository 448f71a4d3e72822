package com.segumento.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AuditVerdictTest {
  private static final Instant TIME = Instant.parse("2026-05-02T02:00:00.123456789Z");

  @Test
  void aWholeChainHolds() {
    List<AuditEntry> chain = chain(3);
    assertThat(AuditVerdict.of(chain.iterator(), 3))
        .isEqualTo(new AuditVerdict(3, chain.get(2).hash(), Optional.empty()));
    assertThat(AuditVerdict.of(List.<AuditEntry>of().iterator(), 0))
        .isEqualTo(new AuditVerdict(0, AuditEntry.GENESIS, Optional.empty()));
  }

  @Test
  void anAlteredEntryBreaksIt() {
    List<AuditEntry> chain = chain(3);
    AuditEntry second = chain.get(1);
    chain.set(
        1,
        new AuditEntry(
            second.sequence(),
            second.id(),
            second.time(),
            "somebody else",
            second.action(),
            second.subject(),
            second.details(),
            second.previous(),
            second.hash()));
    assertThat(AuditVerdict.of(chain.iterator(), 3))
        .isEqualTo(
            new AuditVerdict(
                1,
                chain.get(0).hash(),
                Optional.of("Audit entry 2 was altered: its hash does not fit it.")));
  }

  @Test
  void aMissingADoubledAndAForgedEntryBreakIt() {
    List<AuditEntry> missing = chain(3);
    missing.remove(1);
    assertThat(AuditVerdict.of(missing.iterator(), 3).broken())
        .contains("Expected audit entry 2, but found entry 3.");
    List<AuditEntry> doubled = chain(2);
    doubled.add(1, doubled.get(0));
    assertThat(AuditVerdict.of(doubled.iterator(), 2).broken())
        .contains("Expected audit entry 2, but found entry 1.");
    List<AuditEntry> forged = chain(2);
    forged.set(1, chain(2).get(1));
    assertThat(AuditVerdict.of(forged.iterator(), 2).broken())
        .contains("Audit entry 2 does not follow from the entry before it.");
  }

  @Test
  void aChainCutAtItsEndIsNoticed() {
    assertThat(AuditVerdict.of(chain(2).iterator(), 3).broken())
        .contains("The audit ends with entry 2, but 3 were written.");
  }

  @Test
  void theHashCoversTheCanonicalJson() {
    AuditEntry entry =
        AuditEntry.after(
            Optional.empty(),
            "1",
            TIME,
            "operator",
            "export.published",
            "acme",
            new TreeMap<>(Map.of("export", "insight", "cells", "12")));
    assertThat(entry.time()).isEqualTo(Instant.parse("2026-05-02T02:00:00.123456Z"));
    // sha256sum of the canonical JSON, names sorted
    assertThat(entry.hash()).isEqualTo(GOLDEN);
  }

  private static final String GOLDEN =
      "af1230f92641e7cb69b20b34a4226fe84518f84cc6a681308def1e5bc4e6b02a";

  private static List<AuditEntry> chain(int length) {
    List<AuditEntry> chain = new ArrayList<>();
    Optional<AuditEntry> last = Optional.empty();
    for (int i = 0; i < length; i++) {
      String id = java.util.UUID.randomUUID().toString();
      AuditEntry entry =
          AuditEntry.after(last, id, TIME, "operator", "run", "acme", Map.of("step", "" + i));
      chain.add(entry);
      last = Optional.of(entry);
    }
    return chain;
  }
}
