package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.STOOD;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.ReleaseMemory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the release memory holds that a release has to be compared with. What it does not hold is
 * said before anything is planned: most exports have one shape, and a first release has no past, so
 * that most comparisons are over nothing.
 *
 * @param earlier whether there are cells of the export's shape and segments
 * @param own of these
 * @param ofShape of cells of the export's shape, of all segments
 * @param otherShapes of cells of other shapes of the export's segments
 * @param neighbours whether two figures of the shape may count the same, or a number of persons be
 *     beside a sum
 * @param summed segments of which there may be sums in cells of the shape
 * @param segments how many segments a cell of the shape may be of
 * @param severalShapes whether the segments have cells of other shapes
 * @param replaced whether some of these may have other sets now than before
 * @param elsewhere of cells of other shapes, of all segments
 * @param otherSegments whether these are of another segment than one of the export's
 */
record RememberedCells(
    boolean earlier,
    Dataset<Row> own,
    Dataset<Row> ofShape,
    Dataset<Row> otherShapes,
    boolean neighbours,
    Set<String> summed,
    int segments,
    boolean severalShapes,
    boolean replaced,
    Dataset<Row> elsewhere,
    boolean otherSegments) {

  /**
   * Looks at the segments of each shape.
   *
   * @param memory all its rows
   * @param figures of the export, besides numbers of persons
   */
  static RememberedCells of(
      Dataset<Row> memory, String shape, List<String> segments, List<String> figures) {
    Column alike = ReleaseMemory.SHAPE.col().equalTo(shape);
    Column ours = SEGMENT.col().isin(segments.toArray());
    Set<String> ofShape = new HashSet<>();
    Set<String> otherShapes = new HashSet<>();
    Set<String> elsewhere = new HashSet<>();
    Counting counting = new Counting();
    boolean replaced = false;
    for (Row row :
        memory
            .groupBy(alike.as("alike"), SEGMENT.col(), ReleaseMemory.SHAPE.col())
            .agg(
                min(ReleaseMemory.RELEASE.col())
                    .lt(max(ReleaseMemory.RELEASE.col()))
                    .as("replaced"),
                collect_set(when(alike, FIGURE.col())).as("figures"))
            .collectAsList()) { // some shapes of each segment
      (row.getBoolean(0) ? ofShape : elsewhere).add(row.getString(1));
      if (row.getBoolean(0)) {
        row.<String>getList(4).forEach(figure -> counting.add(row.getString(1), figure));
      } else if (segments.contains(row.getString(1))) {
        otherShapes.add(row.getString(1));
        replaced |= row.getBoolean(3);
      }
    }
    for (String segment : segments) {
      counting.add(segment, ReleaseMemory.PERSONS);
      figures.forEach(figure -> counting.add(segment, figure));
    }
    boolean own = segments.stream().anyMatch(ofShape::contains);
    Set<String> together = new HashSet<>(ofShape);
    together.addAll(segments);
    return new RememberedCells(
        own,
        rows(memory, alike.and(ours), own),
        rows(memory, alike, !ofShape.isEmpty()),
        rows(memory, not(alike).and(ours), !otherShapes.isEmpty()),
        counting.theSame() || !counting.summed.isEmpty(),
        Set.copyOf(counting.summed),
        together.size(),
        !otherShapes.isEmpty(),
        replaced,
        rows(memory, not(alike), !elsewhere.isEmpty()),
        segments.stream().anyMatch(segment -> !Set.of(segment).containsAll(elsewhere)));
  }

  /** What figures count. */
  private static final class Counting {
    private final Set<List<String>> figures = new HashSet<>();
    private final Set<String> counted = new HashSet<>();
    private final Set<String> summed = new HashSet<>();

    void add(String segment, String figure) {
      if (ReleaseMemory.counted(figure).equals(ReleaseMemory.SUMS)) {
        summed.add(segment);
      }
      figures.add(List.of(segment, figure));
      counted.add(ReleaseMemory.counted(figure));
    }

    boolean theSame() {
      return figures.size() > counted.size();
    }
  }

  /** Segment, cell and person of what stands behind cells. */
  static Dataset<Row> standing(Dataset<Row> remembered) {
    return remembered
        .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS))
        .groupBy(SEGMENT.col(), CELL.col(), PERSON.col())
        .agg(STOOD.as(sum(ReleaseMemory.CHANGE.col())))
        .filter(STOOD.col().gt(0));
  }

  /** The planner leaves out what is joined with rows it knows to be none. */
  private static Dataset<Row> rows(Dataset<Row> memory, Column of, boolean any) {
    return any
        ? memory.filter(of)
        : memory.sparkSession().createDataFrame(List.of(), memory.schema());
  }
}
