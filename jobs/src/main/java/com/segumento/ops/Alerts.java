package com.segumento.ops;

import java.time.LocalDate;

/** Tells the operator. Telling may fail; it never fails the run that tells. */
@FunctionalInterface
public interface Alerts {
  /** Sends this alert wherever the platform wants alerts, once however often it is raised. */
  void raise(Alert alert);

  /** The same from its parts. */
  default void raise(String kind, String client, LocalDate date, String message) {
    raise(new Alert(kind, client, date, message));
  }
}
