package com.segumento.privacy;

import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.privacy.gate.KeptTable;

/** Refuses what would go on from a table that is no longer the one it has to go on from. */
final class LostTable {
  private LostTable() {}

  /**
   * Does nothing where the table is kept.
   *
   * @param what is refused, such as {@code an answer}
   * @throws PrivacyRefused where it is not
   */
  static void refuse(KeptTable table, String what) {
    table
        .problem()
        .ifPresent(
            problem -> {
              throw refused(table.workspace(), what, table.lost().code(), problem);
            });
  }

  /**
   * Refuses it.
   *
   * @param problem what the table is instead, and which run knows, in a sentence
   */
  static PrivacyRefused refused(Workspace workspace, String what, String code, String problem) {
    return Refusal.of(
        workspace,
        what,
        code,
        problem
            + " Put back the whole folder as it was after that run, files and _delta_log; an older"
            + " copy does not do, nor does a clone.");
  }
}
