package com.segumento.attack;

import com.segumento.privacy.NoiseOracle;
import com.segumento.udf.Calibration;
import com.segumento.udf.Noise;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The mean of what would be published of one set with noise, over more nights than there are files
 * of in {@link NoiseAttack}. The sets are those that stood behind the cells of women and men; their
 * noise is worked out of what it is a function of.
 *
 * @param oracle works out the noise of a figure
 */
record LongNoiseAttack(History history, NoiseOracle oracle) {
  private static final int LEAST_NIGHTS = 20;

  /** Loss of a release of one figure: noise of scale 5, seven persons more or less. */
  private static final Noise NOISE =
      Calibration.laplace(new BigDecimal("0.2"), 1).noise(BigDecimal.ONE, BigDecimal.ONE);

  private record Cell(String segment, String label, BitSet persons) {}

  Attack attack() {
    return new Attack(
        "Averaged noise of all nights",
        "the same over the %d nights, whose noise is worked out as the product does, and not read from files"
            .formatted(World.NIGHTS),
        learned(true),
        learned(false),
        "noise is a function of the set of persons: the same for the same set");
  }

  private Learned learned(boolean fresh) {
    Map<Cell, List<BigDecimal>> published = new LinkedHashMap<>();
    for (Figure figure : history.figures()) {
      if (figure.table() == Table.GENDERS) {
        published
            .computeIfAbsent(
                new Cell(figure.segment(), figure.label(), history.persons(figure)),
                none -> new ArrayList<>())
            .add(noisy(figure, fresh));
      }
    }
    int cells = 0;
    int better = 0;
    double one = 0;
    double all = 0;
    for (Map.Entry<Cell, List<BigDecimal>> cell : published.entrySet()) {
      List<BigDecimal> figures = cell.getValue();
      if (figures.size() >= LEAST_NIGHTS) {
        int truth = cell.getKey().persons().cardinality();
        double mean = figures.stream().mapToDouble(BigDecimal::doubleValue).average().orElseThrow();
        cells++;
        one += Math.abs(figures.get(0).doubleValue() - truth);
        all += Math.abs(mean - truth);
        better += figures.stream().distinct().count() > 1 ? 1 : 0;
      }
    }
    String note =
        String.format(
            Locale.ROOT,
            "mean error of %d cells: %.1f after all nights, %.1f after one",
            cells,
            all / cells,
            one / cells);
    return new Learned(better, better == 1 ? "cell" : "cells", note);
  }

  private BigDecimal noisy(Figure figure, boolean fresh) {
    List<Integer> persons = history.persons(figure).stream().boxed().collect(Collectors.toList());
    String digest = NoiseOracle.digest(persons, "0.000000");
    return oracle.noisy(
        NOISE,
        "1",
        figure.segment() + figure.label(),
        "persons",
        fresh ? digest + " of night " + figure.night() : digest,
        Long.toString(figure.persons()));
  }
}
