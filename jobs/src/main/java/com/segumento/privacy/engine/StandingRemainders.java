package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.Remainders.COMMON;
import static com.segumento.privacy.engine.Remainders.NEW;
import static com.segumento.privacy.engine.Remainders.OTHER;
import static com.segumento.privacy.engine.Remainders.OTHER_SEGMENT;
import static com.segumento.privacy.engine.Remainders.RELEASE;
import static com.segumento.privacy.engine.Remainders.SHAPE;
import static com.segumento.privacy.engine.Remainders.names;
import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.STOOD;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.KeptRows;
import com.segumento.model.ReleaseMemory;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds new sets of cells that tell of few persons with totals, or parts, that the same segment had
 * on <em>other nights</em>: what is left of a total that was published earlier beside tonight's
 * parts, and of one of tonight beside the parts of any one earlier release. {@link StandingTotals}
 * looks at what stands tonight, {@link SegmentRemainders} at other segments.
 */
record StandingRemainders(Remainders remainders) {

  /**
   * Segment, cell and figure of new sets that have to wait.
   *
   * @param now of {@link #now}
   * @param others the memory of cells of other shapes of the export's segments
   */
  List<Row> conflicting(Dataset<Row> now, Dataset<Row> others) {
    try (KeptRows together = KeptRows.of(together(now, others))) {
      return waiting(together.rows()).collectAsList();
    }
  }

  /** Those that {@link #together} has to wait. */
  Dataset<Row> waiting(Dataset<Row> together) {
    return remainders
        .newTotals(together)
        .unionByName(besideEarlierTotals(together))
        .distinct()
        .select(SEGMENT.col(), CELL.col(), FIGURE.as(lit(ReleaseMemory.PERSONS)));
  }

  /**
   * Segment, cell and person after tonight, and whether the cell is new, of segments that have one.
   *
   * @param elements of {@link StandingElements}
   * @param decisions of {@link StandingDecisions}
   */
  static Dataset<Row> now(Dataset<Row> elements, Dataset<Row> decisions) {
    Column changed = coalesce(CHANGED.col(), lit(false));
    Column persons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    Dataset<Row> segments =
        decisions.filter(persons.and(CHANGED.col())).select(SEGMENT.col()).distinct();
    return elements
        .filter(persons)
        .join(broadcast(segments), SEGMENT.name())
        .join( // n:1; figures of other exports are not decided on, and stand
            decisions
                .filter(persons)
                .select(SEGMENT.col(), CELL.col(), CHOICE.col(), CHANGED.col()),
            names(SEGMENT, CELL),
            "left")
        .filter(when(changed, StandingCells.in()).otherwise(STOOD.col()).equalTo(1))
        .select(SEGMENT.col(), CELL.col(), PERSON.col(), NEW.as(changed));
  }

  /** Tonight's cells and those of other shapes they ever shared a person with. */
  static Dataset<Row> together(Dataset<Row> now, Dataset<Row> others) {
    Dataset<Row> events = Remainders.events(others);
    Dataset<Row> persons =
        now.select(SEGMENT.col(), CELL.col(), PERSON.col())
            .join( // 1:n, all a person did at other shapes
                events.withColumn(SEGMENT.name(), OTHER_SEGMENT.col()), names(SEGMENT, PERSON));
    return Remainders.together(persons, Remainders.sets(events), Remainders.sizes(now));
  }

  /** New cells that share persons with an earlier cell of which tonight's parts leave few. */
  private Dataset<Row> besideEarlierTotals(Dataset<Row> together) {
    return together
        .filter(NEW.col().and(COMMON.col().gt(0)))
        .join(
            remainders.earlierTotals(together),
            names(SEGMENT, OTHER_SEGMENT, SHAPE, OTHER, RELEASE),
            "left_semi")
        .select(SEGMENT.col(), CELL.col());
  }
}
