package com.segumento.privacy.engine;

import com.segumento.config.Export;
import com.segumento.model.ConfigException;
import java.util.Locale;

/** Refuses what is configured but cannot be kept: no guarantee is ever left out in silence. */
final class Availability {
  private Availability() {}

  static void require(Export export) {
    refuse(
        export,
        "kind " + export.kind().name().toLowerCase(Locale.ROOT),
        export.kind() != Export.Kind.CELLS);
    Export.Privacy privacy = export.privacy();
    refuse(export, "privacy.t", privacy.t() != null);
    refuse(
        export,
        "privacy.l with entropy or recursive",
        privacy.l() != null && (privacy.l().entropy() != null || privacy.l().recursive() != null));
  }

  /** The same of records, which have neither sums nor counts. */
  static void requireRecords(Export export) {
    refuse(export, "privacy.dominance", export.privacy().dominance() != null);
    refuse(export, "privacy.round_to", export.privacy().roundTo() != null);
    refuse(export, "privacy.dp", export.privacy().dp() != null);
  }

  private static void refuse(Export export, String what, boolean wanted) {
    if (wanted) {
      throw new ConfigException(
          "Export "
              + export.name()
              + " asks for "
              + what
              + ", which is not available yet. Take it out, or take the"
              + " export out; it is not published without it.");
    }
  }
}
