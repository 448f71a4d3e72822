package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.AppendedFiles;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The release memory as it is judged: the rows of an export's shape and of its segments, read once,
 * and what there is to compare them with.
 *
 * @param added names of the files that remember the release; nothing where more was done to the
 *     table than to add some
 */
record StandingMemory(Shape shape, MemoryVersions versions, Optional<Set<String>> added) {
  private static final Field FILE = Field.required("_metadata.file_name", DataTypes.StringType);
  private static final Field ADDED = Field.required("added", DataTypes.BooleanType);
  private static final Field EARLIER = Field.required("earlier", DataTypes.LongType);
  private static final Field STRAY = Field.required("stray", DataTypes.LongType);
  private static final Field FIGURES = Field.required("figures", DataTypes.BooleanType);
  private static final Field SEGMENTS = Field.required("segments", DataTypes.IntegerType);
  private static final Field ELSEWHERE = Field.required("elsewhere", DataTypes.LongType);

  static StandingMemory of(Shape shape, MemoryVersions versions) {
    return new StandingMemory(
        shape,
        versions,
        new AppendedFiles(
                shape.workspace().spark(), path(shape), versions.before(), versions.after())
            .names());
  }

  /**
   * All that is looked at, and the release's own rows; the segments of this run under their ids.
   */
  Dataset<Row> rows() {
    Workspace workspace = shape.workspace();
    Dataset<Row> memory = workspace.lake().tables().read(path(shape), versions.after());
    Column isAdded = col(FILE.name()).isInCollection(added.orElse(Set.of()));
    return named(memory.select(col("*"), ADDED.as(isAdded)))
        .filter(alike().or(ours()).or(ADDED.col()));
  }

  /** Cells of other shapes, of all segments. */
  static Dataset<Row> elsewhere(Shape shape, MemoryVersions versions) {
    Dataset<Row> memory = shape.workspace().lake().tables().read(path(shape), versions.after());
    return named(shape, memory).filter(ReleaseMemory.SHAPE.col().notEqual(shape.text()));
  }

  private static String path(Shape shape) {
    return shape.workspace().lake().layout().releaseMemory(shape.workspace().clientId());
  }

  private Dataset<Row> named(Dataset<Row> memory) {
    return named(shape, memory);
  }

  /** Rows with the segments of this run alone under their ids. */
  static Dataset<Row> named(Shape shape, Dataset<Row> memory) {
    String only = ReleaseMemory.only(shape.workspace().run());
    Column id = ReleaseMemory.SEGMENT_ID.col();
    return shape.workspace().lake().layout().isAside()
        ? memory.withColumn(
            ReleaseMemory.SEGMENT_ID.name(),
            when(id.endsWith(only), id.substr(lit(1), length(id).minus(only.length())))
                .otherwise(id))
        : memory;
  }

  private Column alike() {
    return ReleaseMemory.SHAPE.col().equalTo(shape.text());
  }

  private Column ours() {
    return ReleaseMemory.SEGMENT_ID.col().isInCollection(shape.claim().segments());
  }

  /**
   * What the release may have to be compared with.
   *
   * @param fresh whether nothing of the export's shape and segments is of an earlier release
   * @param rewritten whether the release did more to the memory than add rows of its own
   * @param neighbours whether there are two figures of the shape that count the same, or are of one
   *     segment
   * @param segments how many segments cells of the shape are of
   * @param severalShapes whether the export's segments have cells of other shapes
   */
  record Past(
      boolean fresh, boolean rewritten, boolean neighbours, int segments, boolean severalShapes) {}

  /** One look at {@link #rows}. */
  Past past(Dataset<Row> rows) {
    Column own = ReleaseMemory.RELEASE.col().equalTo(versions.release());
    Column segment = ReleaseMemory.SEGMENT_ID.col();
    Column figure = ReleaseMemory.FIGURE.col();
    Column figures = size(collect_set(when(alike(), struct(segment, figure))));
    Column segments = size(collect_set(when(alike(), segment)));
    Row found =
        rows.agg(
                EARLIER.as(count(when(alike().and(ours()).and(not(own)), 1))),
                // A row of any other release, or one that was there before.
                STRAY.as(count(when(ADDED.col().notEqual(own), 1))),
                FIGURES.as(
                    figures
                        .gt(size(collect_set(when(alike(), ReleaseMemory.counted(figure)))))
                        .or(figures.gt(segments))),
                SEGMENTS.as(segments),
                ELSEWHERE.as(count(when(ours().and(not(alike())), 1))))
            .first();
    return new Past(
        found.<Long>getAs(EARLIER.name()) == 0,
        added.isEmpty() || found.<Long>getAs(STRAY.name()) > 0,
        found.<Boolean>getAs(FIGURES.name()),
        found.<Integer>getAs(SEGMENTS.name()),
        found.<Long>getAs(ELSEWHERE.name()) > 0);
  }
}
