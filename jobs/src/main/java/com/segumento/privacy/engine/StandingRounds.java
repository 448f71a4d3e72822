package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.not;

import com.segumento.lake.KeptRows;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.Reason;
import com.segumento.privacy.engine.HeldBack.HeldSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds new sets back until neither sums of cells over several nights ({@link StandingMoves}) nor
 * totals and their parts, of one night ({@link StandingTotals}), of two ({@link
 * StandingRemainders}), of other segments ({@link SegmentRemainders}) or by their growth ({@link
 * StandingGrowth}), tell of few. A set that is held back is again what it was, and that may not go
 * with what is new in other cells; so all is looked at again, until nothing has to wait.
 *
 * @param oldest a set that was replaced before this business date is not remembered any more
 */
record StandingRounds(
    CellSettings settings, String shape, RememberedCells memory, LocalDate oldest) {
  /** After so many, all that is new in a segment waits: what stood there was published together. */
  private static final int ROUNDS = 4;

  /** The same of what other segments and growth tell: of parts that do one waits in each round. */
  private static final int ROUNDS_OF_ONE = 16;

  /**
   * Decisions in which nothing tells of few.
   *
   * @param elements of {@link StandingElements}
   * @param decisions of {@link StandingDecisions}
   * @param kept what the decisions are made of is added to
   */
  Dataset<Row> settle(Dataset<Row> elements, Dataset<Row> decisions, List<KeptRows> kept) {
    if (!moves() && !grows() && !memory.replaced() && !memory.otherSegments()) {
      return heldBack(decisions, totals(elements, decisions));
    }
    Dataset<Row> settled = decisions;
    Of of = all(elements, decisions, kept);
    int rounds = 0;
    int roundsOfOne = 0;
    for (int looks = 1; true; looks++) {
      List<HeldSet> waiting = ofSegment(of);
      List<HeldSet> ofOthers = ofOtherSegments(of);
      rounds += waiting.isEmpty() ? 0 : 1;
      roundsOfOne += ofOthers.isEmpty() ? 0 : 1;
      List<HeldSet> held = new ArrayList<>(limited(settled, waiting, rounds > ROUNDS));
      held.addAll(limited(settled, ofOthers, roundsOfOne > ROUNDS_OF_ONE));
      List<HeldSet> parts = totals(of.elements(), heldBack(of.decisions(), held));
      List<HeldSet> grown = grown(of.but(held).but(parts));
      if (held.isEmpty() && parts.isEmpty() && grown.isEmpty()) {
        return settled;
      }
      held.addAll(limited(settled, grown, looks > ROUNDS_OF_ONE));
      settled = kept(heldBack(heldBack(settled, held), parts), kept);
      held.addAll(parts);
      of = of.changed(settled, held);
    }
  }

  private Of all(Dataset<Row> elements, Dataset<Row> decisions, List<KeptRows> kept) {
    Dataset<Row> histories = moves() ? kept(StandingMoves.histories(elements), kept) : null;
    Dataset<Row> ofTotals =
        grows()
            ? kept(TotalHistories.of(elements, decisions, shape, memory.otherShapes()), kept)
            : null;
    return new Of(elements, histories, ofTotals, decisions);
  }

  /**
   * What is to be looked at: all, and then the segments of which something was held back, as what
   * is new in a segment is held against nothing that is new in another.
   */
  private record Of(
      Dataset<Row> elements,
      Dataset<Row> histories,
      Dataset<Row> ofTotals,
      Dataset<Row> decisions) {
    Of changed(Dataset<Row> settled, List<HeldSet> held) {
      return new Of(elements, histories, ofTotals, settled).filter(in(held));
    }

    /** Nothing of the segments of these. */
    Of but(List<HeldSet> held) {
      return held.isEmpty() ? this : filter(not(in(held)));
    }

    private static Column in(List<HeldSet> held) {
      return SEGMENT.col().isin(held.stream().map(HeldSet::segment).distinct().toArray());
    }

    private Of filter(Column some) {
      return new Of(
          elements.filter(some),
          histories == null ? null : histories.filter(some),
          ofTotals == null ? null : ofTotals.filter(some),
          decisions.filter(some));
    }
  }

  private Dataset<Row> heldBack(Dataset<Row> decisions, List<HeldSet> held) {
    return held.isEmpty() ? decisions : new HeldBack(settings).of(decisions, held);
  }

  private List<HeldSet> ofSegment(Of of) {
    List<HeldSet> waiting = new ArrayList<>();
    if (moves()) {
      waiting.addAll(
          because(
              Reason.SUMS_OF_CELLS,
              new StandingMoves(settings.k(), oldest).conflicting(of.histories(), of.decisions())));
    }
    if (memory.replaced()) {
      waiting.addAll(
          because(
              Reason.TOTALS_OF_OTHER_NIGHTS,
              new StandingRemainders(remainders())
                  .conflicting(
                      StandingRemainders.now(of.elements(), of.decisions()),
                      memory.otherShapes())));
    }
    return waiting;
  }

  private List<HeldSet> ofOtherSegments(Of of) {
    return memory.otherSegments()
        ? because(
            Reason.TOTALS_OF_OTHER_SEGMENTS,
            new SegmentRemainders(remainders())
                .conflicting(
                    StandingRemainders.now(of.elements(), of.decisions()), memory.elsewhere()))
        : List.of();
  }

  /** Looked at last, as what waits for other reasons may be what a total grows by. */
  private List<HeldSet> grown(Of of) {
    return grows()
        ? because(
            Reason.GROWTH_OF_TOTALS,
            new StandingGrowth(settings.k(), oldest).conflicting(of.ofTotals(), of.decisions()))
        : List.of();
  }

  private Remainders remainders() {
    return new Remainders(settings.k(), oldest);
  }

  /** Sets to hold back, given by segment, cell and figure. */
  private static List<HeldSet> because(Reason reason, List<Row> sets) {
    return sets.stream()
        .map(set -> new HeldSet(set.getString(0), set.getString(1), set.getString(2), reason))
        .toList();
  }

  private static List<HeldSet> limited(
      Dataset<Row> decisions, List<HeldSet> waiting, boolean tooMany) {
    return tooMany && !waiting.isEmpty() ? wholeSegments(decisions, waiting) : waiting;
  }

  /** Whether there is another cell, and another night, to be added to one or subtracted from it. */
  private boolean moves() {
    return memory.earlier() && !settings.remembered().isEmpty();
  }

  /** Whether there is a total, or a part, that had another set. */
  private boolean grows() {
    return memory.severalShapes() && (memory.earlier() || memory.replaced());
  }

  private static Dataset<Row> kept(Dataset<Row> rows, List<KeptRows> kept) {
    KeptRows keeping = KeptRows.of(rows);
    kept.add(0, keeping);
    return keeping.rows();
  }

  private List<HeldSet> totals(Dataset<Row> elements, Dataset<Row> decisions) {
    return memory.severalShapes()
        ? because(
            Reason.TOTALS,
            new StandingTotals(settings, shape)
                .conflicting(elements, decisions, memory.otherShapes()))
        : List.of();
  }

  private static List<HeldSet> wholeSegments(Dataset<Row> decisions, List<HeldSet> waiting) {
    Object[] segments = waiting.stream().map(HeldSet::segment).distinct().toArray();
    Map<List<String>, HeldSet> own = new HashMap<>();
    waiting.forEach(set -> own.put(set.key(), set));
    return because(
            Reason.BESIDE,
            decisions
                .filter(CHANGED.col().and(SEGMENT.col().isin(segments)))
                .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS).or(figures(waiting)))
                .select(SEGMENT.col(), CELL.col(), FIGURE.col())
                .collectAsList())
        .stream()
        .map(set -> own.getOrDefault(set.key(), set))
        .toList();
  }

  private static Column figures(List<HeldSet> waiting) {
    return FIGURE.col().isin(waiting.stream().map(HeldSet::figure).distinct().toArray());
  }
}
