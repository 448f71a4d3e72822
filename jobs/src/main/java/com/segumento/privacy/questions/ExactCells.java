package com.segumento.privacy.questions;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;

import com.segumento.config.Export;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.NoiseDraws;
import com.segumento.model.ReleaseMemory;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The cells of the release memory whose true number of persons is published. Of one that is
 * published with noise only the memory knows it: an answer that went by it would tell it.
 */
public final class ExactCells {
  private static final Field NOISY_SEGMENT = Field.required("noisy segment", DataTypes.StringType);
  private static final Field NOISY_CELL = Field.required("noisy cell", DataTypes.StringType);

  private ExactCells() {}

  /**
   * Leaves out cells noise was drawn for, where no export without noise has their dimensions.
   *
   * @param memory rows of {@link ReleaseMemory#SCHEMA}
   * @param draws rows of {@link NoiseDraws#SCHEMA}
   * @param exports the client's
   */
  public static Dataset<Row> of(Dataset<Row> memory, Dataset<Row> draws, List<Export> exports) {
    List<String> exact =
        exports.stream()
            .filter(export -> export.kind() == Export.Kind.CELLS && export.privacy().dp() == null)
            .map(export -> dimensions(export.dimensions()))
            .toList();
    Column dimensions = regexp_replace(ReleaseMemory.SHAPE.col(), lit("@[0-9]+"), lit(""));
    Dataset<Row> noisy =
        draws
            .filter(NoiseDraws.FIGURE.col().equalTo(ReleaseMemory.PERSONS))
            .select(
                NOISY_SEGMENT.as(NoiseDraws.SEGMENT_ID.col()), NOISY_CELL.as(NoiseDraws.CELL.col()))
            .distinct();
    return memory.join( // n:1
        noisy,
        ReleaseMemory.SEGMENT_ID
            .col()
            .equalTo(NOISY_SEGMENT.col())
            .and(ReleaseMemory.CELL.col().equalTo(NOISY_CELL.col()))
            .and(not(dimensions.isInCollection(exact))),
        "left_anti");
  }

  private static String dimensions(Collection<String> names) {
    return names.isEmpty() ? Cells.ANY : names.stream().sorted().collect(Collectors.joining(","));
  }
}
