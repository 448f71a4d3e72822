package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.not;

import com.segumento.lake.KeptRows;
import com.segumento.model.ReleaseMemory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
      List<Row> waiting = ofSegment(of);
      List<Row> ofOthers = ofOtherSegments(of);
      rounds += waiting.isEmpty() ? 0 : 1;
      roundsOfOne += ofOthers.isEmpty() ? 0 : 1;
      List<Row> held = new ArrayList<>(limited(settled, waiting, rounds > ROUNDS));
      held.addAll(limited(settled, ofOthers, roundsOfOne > ROUNDS_OF_ONE));
      List<Row> parts = totals(of.elements(), heldBack(of.decisions(), held));
      List<Row> grown = grown(of.but(held).but(parts));
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
    Of changed(Dataset<Row> settled, List<Row> held) {
      return new Of(elements, histories, ofTotals, settled).filter(in(held));
    }

    /** Nothing of the segments of these. */
    Of but(List<Row> held) {
      return held.isEmpty() ? this : filter(not(in(held)));
    }

    private static Column in(List<Row> held) {
      return SEGMENT.col().isin(held.stream().map(row -> row.getString(0)).distinct().toArray());
    }

    private Of filter(Column some) {
      return new Of(
          elements.filter(some),
          histories == null ? null : histories.filter(some),
          ofTotals == null ? null : ofTotals.filter(some),
          decisions.filter(some));
    }
  }

  private Dataset<Row> heldBack(Dataset<Row> decisions, List<Row> held) {
    return held.isEmpty() ? decisions : new HeldBack(settings).of(decisions, held);
  }

  private List<Row> ofSegment(Of of) {
    List<Row> waiting = new ArrayList<>();
    if (moves()) {
      waiting.addAll(
          new StandingMoves(settings.k(), oldest).conflicting(of.histories(), of.decisions()));
    }
    if (memory.replaced()) {
      waiting.addAll(
          new StandingRemainders(remainders())
              .conflicting(
                  StandingRemainders.now(of.elements(), of.decisions()), memory.otherShapes()));
    }
    return waiting;
  }

  private List<Row> ofOtherSegments(Of of) {
    return memory.otherSegments()
        ? new SegmentRemainders(remainders())
            .conflicting(StandingRemainders.now(of.elements(), of.decisions()), memory.elsewhere())
        : List.of();
  }

  /** Looked at last, as what waits for other reasons may be what a total grows by. */
  private List<Row> grown(Of of) {
    return grows()
        ? new StandingGrowth(settings.k(), oldest).conflicting(of.ofTotals(), of.decisions())
        : List.of();
  }

  private Remainders remainders() {
    return new Remainders(settings.k(), oldest);
  }

  private static List<Row> limited(Dataset<Row> decisions, List<Row> waiting, boolean tooMany) {
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

  private List<Row> totals(Dataset<Row> elements, Dataset<Row> decisions) {
    return memory.severalShapes()
        ? new StandingTotals(settings, shape).conflicting(elements, decisions, memory.otherShapes())
        : List.of();
  }

  private static List<Row> wholeSegments(Dataset<Row> decisions, List<Row> waiting) {
    Object[] segments = waiting.stream().map(row -> row.getString(0)).distinct().toArray();
    return decisions
        .filter(CHANGED.col().and(SEGMENT.col().isin(segments)))
        .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS).or(figures(waiting)))
        .select(SEGMENT.col(), CELL.col(), FIGURE.col())
        .collectAsList();
  }

  private static Column figures(List<Row> waiting) {
    return FIGURE.col().isin(waiting.stream().map(row -> row.getString(2)).distinct().toArray());
  }
}
