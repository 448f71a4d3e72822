package com.segumento.ingest;

import com.segumento.model.DataContractException;
import java.time.LocalDate;
import java.util.List;

/**
 * A drop that is refused as a whole.
 *
 * @param drop its id, or its folder where the manifest gives none
 * @param reasons half sentences; names and numbers, never a value
 */
record Refused(String dataset, LocalDate date, String drop, List<String> reasons) {
  /** How many reasons a message names for one drop. */
  static final int MOST_REASONS = 20;

  Refused {
    reasons = List.copyOf(reasons);
  }

  /** The failure that names them all. */
  static DataContractException exception(String client, List<Refused> refused) {
    StringBuilder message =
        new StringBuilder("Client " + client + ": " + refused.size())
            .append(refused.size() == 1 ? " drop was refused" : " drops were refused")
            .append(" and nothing of ")
            .append(refused.size() == 1 ? "it" : "them")
            .append(" ingested.");
    refused.forEach(drop -> message.append(' ').append(drop.sentence()));
    return new DataContractException(
        message
            .append(" Have the client deliver again, under the same dropId if it likes.")
            .toString());
  }

  private String sentence() {
    int more = reasons.size() - MOST_REASONS;
    return dataset
        + ", "
        + date
        + ", "
        + drop
        + ": "
        + String.join("; ", more > 0 ? reasons.subList(0, MOST_REASONS) : reasons)
        + (more > 0 ? "; and " + more + " more" : "")
        + ".";
  }
}
