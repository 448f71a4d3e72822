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
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.KeptRows;
import com.segumento.model.ReleaseMemory;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Finds new sets of cells that tell of few persons with totals, or parts, that the same segment had
 * on <em>other nights</em>: what is left of a total that was published earlier beside tonight's
 * parts, and of one of tonight beside the parts of any one earlier release. {@link StandingTotals}
 * looks at what stands tonight, {@link SegmentRemainders} at other segments. All cells of a shape
 * are a total together; where it is new, all that is new of it waits.
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
      return waiting(now, together.rows()).collectAsList();
    }
  }

  /** Those of {@link #together} that have to wait. */
  Dataset<Row> waiting(Dataset<Row> now, Dataset<Row> together) {
    Dataset<Row> totals = remainders.newTotals(together);
    Column ofAll = TotalHistories.isAllOf(CELL.col());
    Dataset<Row> ofAllCells =
        now.filter(NEW.col())
            .select(SEGMENT.col(), CELL.col())
            .join(totals.filter(ofAll).select(SEGMENT.col()).distinct(), names(SEGMENT)); // n:1
    return totals
        .filter(not(ofAll))
        .unionByName(ofAllCells)
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
    Dataset<Row> theirs = Remainders.events(others);
    Dataset<Row> events =
        theirs.unionByName(theirs.withColumn(OTHER.name(), TotalHistories.allOf(SHAPE.col())));
    Column anyNew = max(NEW.col()).over(Window.partitionBy(SEGMENT.col()));
    Dataset<Row> ours =
        now.unionByName(
            now.withColumn(CELL.name(), TotalHistories.allOf(lit("")))
                .withColumn(NEW.name(), anyNew));
    Dataset<Row> persons =
        ours.select(SEGMENT.col(), CELL.col(), PERSON.col())
            .join( // 1:n, all a person did at other shapes
                events.withColumn(SEGMENT.name(), OTHER_SEGMENT.col()), names(PERSON, SEGMENT));
    return Remainders.together(persons, Remainders.sets(events), Remainders.sizes(ours));
  }

  /** New cells that share persons with an earlier cell of which tonight's parts leave few. */
  private Dataset<Row> besideEarlierTotals(Dataset<Row> together) {
    return together
        .filter(NEW.col().and(COMMON.col().gt(0)))
        .filter(not(TotalHistories.isAllOf(CELL.col())))
        .join(
            remainders.earlierTotals(together),
            names(SEGMENT, OTHER_SEGMENT, SHAPE, OTHER, RELEASE),
            "left_semi")
        .select(SEGMENT.col(), CELL.col());
  }
}
