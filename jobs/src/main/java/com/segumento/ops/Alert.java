package com.segumento.ops;

import com.segumento.model.Sha256;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * Something the operator should look at.
 *
 * @param kind such as {@code failure}, {@code missed_run} or {@code match_rate}
 * @param client whose run it is
 * @param date the business date
 * @param message what was seen, how it differs and what to do; figures and names only
 */
public record Alert(String kind, String client, LocalDate date, String message) {

  /** Names this alert: a second run that finds the same finds the same alert, not another one. */
  public String id() {
    String identity = String.join("\u0000", kind, client, date.toString(), message);
    return client + "-" + kind + "-" + HexFormat.of().formatHex(Sha256.of(identity), 0, 8);
  }
}
