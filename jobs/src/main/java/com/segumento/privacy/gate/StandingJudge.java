package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.KeptRows;
import com.segumento.model.Field;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Judges staged cells by the release memory; what there is nothing to compare with of is left out.
 */
record StandingJudge(Standing standing, StandingMemory.Past past, Recount recount) {
  private static final Field FOUND = Field.required("violation", DataTypes.StringType);

  /**
   * What is wrong.
   *
   * @param staged the rows of the file
   * @param members one row per member of a segment, counted again from tonight's tables
   */
  Set<Violation> violations(Dataset<Row> staged, Dataset<Row> profiles, Dataset<Row> members) {
    Set<Violation> violations = found(staged, profiles, members);
    if (violations.contains(Violation.VANISHED_CELLS) && !vanished(staged, profiles)) {
      violations.remove(Violation.VANISHED_CELLS);
    }
    return violations;
  }

  /** Whether something is not shown that another export's smaller k has not moved by too few. */
  private boolean vanished(Dataset<Row> staged, Dataset<Row> profiles) {
    Dataset<Row> missing =
        new StandingFigures(standing)
            .missing(staged, profiles)
            .unionByName(new EmptyCells(standing).sumsOfNoRow());
    Dataset<Row> held = new StandingChanges(standing).creepingOf(missing);
    String[] figure = Standing.names(Standing.SEGMENT, Standing.CELL, Standing.FIGURE);
    return !missing.join(held, figure, "left_anti").isEmpty();
  }

  private Set<Violation> found(Dataset<Row> staged, Dataset<Row> profiles, Dataset<Row> members) {
    Dataset<Row> found = figures(new StandingFigures(standing).of(staged, profiles));
    StandingChanges changes = new StandingChanges(standing);
    if (!past.fresh()) {
      found = found.union(any(Violation.FEW_CHANGED, changes.creeping(staged)));
    }
    if (!standing.changed()) {
      return named(found);
    }
    found = found.union(any(Violation.STRANGER, standing.strangers(recount, members)));
    if (!past.fresh()) {
      if (standing.claim().figures().stream().anyMatch(figure -> figure.source().isPresent())) {
        found = found.union(any(Violation.VANISHED_CELLS, new EmptyCells(standing).sumsOfNoRow()));
      }
      found = found.union(any(Violation.FEW_IN_SUMS_OF_CELLS, sumsOfCells()));
    }
    try (KeptRows changed = KeptRows.of(changes.changedNow(staged))) {
      Set<Violation> violations = named(besideOthers(found, changes, changed.rows()));
      if (past.rewritten()) {
        violations.add(Violation.REWRITTEN_MEMORY);
      }
      if (past.severalShapes()) {
        violations.addAll(new PublishedTotals(standing).violations());
        if (growthTells()) {
          violations.add(Violation.GROWTH_OF_TOTALS);
        }
      }
      if (!totalsOfOtherSegments().isEmpty()) {
        violations.add(Violation.TOTALS_OF_OTHER_SEGMENTS);
      }
      return violations;
    }
  }

  /** What new sets tell beside those of other segments, labels and shapes, with what was found. */
  private Dataset<Row> besideOthers(
      Dataset<Row> already, StandingChanges changes, Dataset<Row> changed) {
    Dataset<Row> found = already;
    if (past.neighbours()) {
      Dataset<Row> near = changes.besideOthers();
      found = found.union(near.select(FOUND.as(PublishedNeighbours.VIOLATION.col())).distinct());
    }
    if (past.segments() > 2) {
      Dataset<Row> near =
          new PublishedUnions(standing.claim().k()).telling(standing.alikeNow(), changed);
      found = found.union(any(Violation.NEARLY_A_UNION, near));
    }
    if (past.severalShapes() || !past.fresh()) {
      Dataset<Row> near = changes.acrossLabels(changed, past.fresh());
      found = found.union(any(Violation.NEARLY_ANOTHER_CELL, near));
    }
    return past.severalShapes()
        ? found.union(any(Violation.TOTALS_OF_OTHER_NIGHTS, totalsOfOtherNights()))
        : found;
  }

  Dataset<Row> sumsOfCells() {
    PublishedMoves moves =
        new PublishedMoves(standing.claim().k(), standing.versions().release(), oldest());
    return moves.telling(standing.ours());
  }

  Dataset<Row> totalsOfOtherNights() {
    return remainders().telling(standing.ours(), standing.unlike());
  }

  private boolean growthTells() {
    try (KeptRows parts = KeptRows.of(partsOfTotals())) {
      return !parts.rows().isEmpty() && !growthOfTotals(parts.rows()).isEmpty();
    }
  }

  Dataset<Row> partsOfTotals() {
    return growth().parts(standing.ours(), standing.unlike());
  }

  Dataset<Row> growthOfTotals(Dataset<Row> parts) {
    return growth().telling(standing.ours(), standing.unlike(), parts);
  }

  private PublishedGrowth growth() {
    return new PublishedGrowth(standing.claim().k(), standing.versions().release(), oldest());
  }

  private List<Row> totalsOfOtherSegments() {
    Dataset<Row> elsewhere = standing.elsewhere();
    Set<String> segments = standing.claim().segments();
    Dataset<Row> others =
        segments.size() == 1
            ? elsewhere.filter(not(Standing.SEGMENT.col().isInCollection(segments)))
            : elsewhere;
    return others.isEmpty()
        ? List.of()
        : new RemaindersOfSegments(remainders()).telling(standing.ours(), elsewhere);
  }

  private PublishedRemainders remainders() {
    return new PublishedRemainders(standing.claim().k(), standing.versions().release(), oldest());
  }

  private LocalDate oldest() {
    int days = standing.workspace().platform().privacy().releaseMemoryDays();
    return standing.workspace().reached().minusDays(days);
  }

  /** One row of how often each violation was found, to one row per violation. */
  private static Dataset<Row> figures(Dataset<Row> counts) {
    Column[] found =
        Stream.of(counts.columns())
            .map(name -> when(Field.required(name, DataTypes.LongType).col().gt(0), lit(name)))
            .toArray(Column[]::new);
    return counts.select(FOUND.as(explode(array_compact(array(found)))));
  }

  private static Dataset<Row> any(Violation violation, Dataset<Row> found) {
    return found.limit(1).select(FOUND.as(lit(violation.name())));
  }

  private static Set<Violation> named(Dataset<Row> found) {
    Set<Violation> violations = EnumSet.noneOf(Violation.class);
    found.collectAsList().forEach(row -> violations.add(Violation.valueOf(row.getString(0))));
    return violations;
  }
}
