package com.segumento.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A figure of one stage and how far it may leave the median of the runs before.
 *
 * @param kind the alert's kind
 * @param stage the stage that reports the figure
 * @param figures the figures of a report, by what they are of; none where it does not tell
 */
record AbnormalFigure(
    String kind, String stage, Function<StageReport, Map<String, Double>> figures, Bounds bounds) {
  /** Rows of a drop, as a multiple of the median. */
  static final double LEAST_VOLUME = 0.5;

  static final double MOST_VOLUME = 2.0;

  /** Shares between 0 and 1, against the median. */
  static final double MOST_MATCH_RATE_DROP = 0.05;

  static final double MOST_QUARANTINE_RISE = 0.02;
  static final double MOST_SUPPRESSION_RISE = 0.10;

  // A difference of two shares carries the rounding of binary fractions.
  private static final double ROUNDING = 1e-9;

  static final List<AbnormalFigure> RULES =
      List.of(
          new AbnormalFigure("drop_volume", "ingest", Rates::volume, AbnormalFigure::volume),
          new AbnormalFigure("quarantine", "ingest", Rates::quarantine, AbnormalFigure::quarantine),
          new AbnormalFigure("match_rate", "enrich", Rates::matches, AbnormalFigure::matchRate),
          new AbnormalFigure(
              "suppression", "export", Rates::suppression, AbnormalFigure::suppression));

  /** What is wrong with a figure, given the median of those before. */
  interface Bounds {
    Optional<String> broken(String of, double now, double median);
  }

  List<Alert> judge(RunRecord record, List<RunRecord> earlier) {
    List<Alert> alerts = new ArrayList<>();
    String of = "Client " + record.client() + ", " + record.date() + ": ";
    figures
        .apply(record.report())
        .forEach(
            (name, now) ->
                broken(name, now, earlier)
                    .map(what -> new Alert(kind, record.client(), record.date(), of + what))
                    .ifPresent(alerts::add));
    return alerts;
  }

  private Optional<String> broken(String name, double now, List<RunRecord> earlier) {
    double[] past =
        earlier.stream()
            .map(run -> figures.apply(run.report()).get(name))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return past.length < AlertRules.LEAST_HISTORY_RUNS
        ? Optional.empty()
        : bounds.broken(name, now, median(past));
  }

  private static Optional<String> volume(String of, double now, double median) {
    if (now >= LEAST_VOLUME * median && now <= MOST_VOLUME * median) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,.0f %s were delivered, where the median of the last runs is %,.0f. Expected %.1f to"
                + " %.1f times that. Ask the client before its exports are used.",
            now,
            of,
            median,
            LEAST_VOLUME,
            MOST_VOLUME));
  }

  private static Optional<String> quarantine(String of, double now, double median) {
    return rise(now, median, MOST_QUARANTINE_RISE, of)
        .map(what -> what + " Look at the reasons in the run's report.");
  }

  private static Optional<String> suppression(String of, double now, double median) {
    return rise(now, median, MOST_SUPPRESSION_RISE, of)
        .map(what -> what + " Look at the levels of the exports and at the size of the segments.");
  }

  private static Optional<String> matchRate(String of, double now, double median) {
    if (median - now <= MOST_MATCH_RATE_DROP + ROUNDING) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the match rate of reference %s is %.1f %%, where the median of the last runs is %.1f"
                + " %%. A drop of up to %.1f points is usual. Check the reference's version and the"
                + " client's place columns.",
            of,
            100 * now,
            100 * median,
            100 * MOST_MATCH_RATE_DROP));
  }

  private static Optional<String> rise(double now, double median, double most, String of) {
    if (now - median <= most + ROUNDING) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%.1f %% of %s, where the median of the last runs is %.1f %%. A rise of up to %.1f"
                + " points is usual.",
            100 * now,
            of,
            100 * median,
            100 * most));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
