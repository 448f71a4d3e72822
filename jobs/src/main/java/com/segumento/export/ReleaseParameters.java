package com.segumento.export;

import com.segumento.config.Export;
import com.segumento.config.PrivacyBudget;
import com.segumento.lake.Workspace;
import com.segumento.privacy.gate.BudgetInForce;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a manifest says its release was made by, held against the platform's floors and, where
 * nothing has changed since, against the configuration.
 *
 * @param configured the export as it is configured; none where that, or anything else the release
 *     was a function of, is another one now
 */
record ReleaseParameters(Workspace workspace, ManifestExport said, Optional<Export> configured) {
  /** Name of the guarantee. */
  static final String NAME = Guarantee.PARAMETERS;

  /**
   * What was found.
   *
   * @param export the manifest says it is of
   */
  Guarantee guarantee(Export export) {
    int floor = export.floor(workspace.platform());
    int k = export.privacy().k();
    List<String> wrong = new ArrayList<>();
    if (k < floor) {
      wrong.add("k is " + k + ", below the platform's floor of " + floor + ".");
    }
    if (configured.isPresent() && !(comparable(configured.get()).equals(export) && sameBudget())) {
      wrong.add("The manifest says something else than is configured, now as then.");
    }
    return Guarantee.of(
        NAME,
        wrong,
        configured.isPresent()
            ? "k is " + k + "; all is as it is configured, now as then."
            : "k is "
                + k
                + ", as the manifest says; the configuration is another one now, or none is"
                + " known.");
  }

  /** A configured export as a manifest would say it. */
  private Export comparable(Export export) {
    Export.Privacy asked = export.privacy();
    boolean records = export.kind() == Export.Kind.RECORDS;
    boolean limited = export.searchesLevels() || asked.suppressionLimit() != null;
    Double limit =
        records
            ? Double.valueOf(asked.suppressionLimit() == null ? 0 : asked.suppressionLimit())
            : limited ? Double.valueOf(export.suppressionLimit()) : null;
    Export.Closeness t = asked.t();
    Export plain =
        new Export(
            export.name(),
            export.kind(),
            null,
            export.dimensions(),
            Map.of(),
            export.measures(),
            export.attributes(),
            new Export.Privacy(
                export.k(workspace.platform()),
                limit,
                asked.l(),
                t == null || t.distance() != null
                    ? t
                    : new Export.Closeness(t.attribute(), t.max(), Export.Closeness.Distance.EQUAL),
                asked.dominance(),
                asked.roundTo(),
                asked.dp()),
            export.format(),
            null,
            null);
    Export level = plain.at(said.levels());
    List<String> segments =
        workspace.segments().segments().stream()
            .map(segment -> segment.id())
            .filter(export.segmentIds(workspace.segments())::contains)
            .toList();
    return export.segments() == null ? level : level.of(segments);
  }

  /**
   * Whether the budget is said to be the configured one. Its last day is that of the agreement
   * where it is not one of a year, and an agreement may have been prolonged since.
   */
  private boolean sameBudget() {
    PrivacyBudget now = workspace.client().privacyBudget();
    Optional<BudgetInForce> then = said.budget(Long.MAX_VALUE);
    if (then.isEmpty() || now == null) {
      return configured.orElseThrow().privacy().dp() == null;
    }
    Optional<BigDecimal> delta = Optional.ofNullable(now.delta()).map(BigDecimal::valueOf);
    PrivacyBudget.Period period = now.period(workspace.date(), workspace.client().agreement());
    return then.get().epsilon().compareTo(BigDecimal.valueOf(now.epsilon())) == 0
        && then.get()
            .delta()
            .map(BigDecimal::stripTrailingZeros)
            .equals(delta.map(BigDecimal::stripTrailingZeros))
        && (now.per() == PrivacyBudget.Per.AGREEMENT || then.get().period().equals(period));
  }
}
