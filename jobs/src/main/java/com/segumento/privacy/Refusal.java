package com.segumento.privacy;

import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;

/** How the privacy gate says that it lets nothing through. */
final class Refusal {
  private Refusal() {}

  /**
   * A refusal.
   *
   * @param what is refused, such as {@code an answer}
   * @param codes reason codes
   * @param why and what to do, in whole sentences
   */
  static PrivacyRefused of(Workspace workspace, String what, String codes, String why) {
    return new PrivacyRefused(
        "The privacy gate refused "
            + what
            + " of client "
            + workspace.clientId()
            + " on "
            + workspace.date()
            + ": "
            + codes
            + ". Nothing of it was published. "
            + why);
  }
}
