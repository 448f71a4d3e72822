package com.segumento.model;

import static com.segumento.model.Field.required;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What was spent of a client's privacy budget: one row per figure and set of persons that noise was
 * drawn for, the first time; and one of cost 0 where the same set came to stand behind the figure
 * once more. Rows are only ever added. Holds no person key.
 *
 * <p>What an export has spent is, of each release, segment and figure, the {@link #COST} of one
 * cell times the {@link #CELLS} that one person is in.
 */
public final class NoiseDraws {
  /** Name of the table. */
  public static final String NAME = "privacy_budget";

  public static final Field SEGMENT_ID = ReleaseMemory.SEGMENT_ID;
  public static final Field CELL = ReleaseMemory.CELL;
  public static final Field FIGURE = ReleaseMemory.FIGURE;

  /** Distribution and size of the noise. */
  public static final Field NOISE = required("noise", DataTypes.StringType);

  /** The release of the release memory that the set came to stand behind the figure with. */
  public static final Field SINCE = required("since", DataTypes.LongType);

  /** Digest of the set as it was then: the erasure of a person must not change the noise. */
  public static final Field DIGEST = required("digest", DataTypes.StringType);

  /** {@code LAPLACE}, whose costs are epsilons, or {@code GAUSSIAN}, whose costs are rhos. */
  public static final Field MECHANISM = required("mechanism", DataTypes.StringType);

  /** What the figure of one cell costs a person in it. */
  public static final Field COST = required("cost", DataTypes.createDecimalType(28, 18));

  /**
   * The most cells of the segment that one person is in, of those whose noise was drawn with this
   * one; more than 1 where somebody has moved and still stands in the cell of before.
   */
  public static final Field CELLS = required("cells", DataTypes.LongType);

  public static final Field EXPORT = required("export", DataTypes.StringType);
  public static final Field RUN = required("run", DataTypes.StringType);
  public static final Field BUSINESS_DATE = ReleaseMemory.BUSINESS_DATE;

  /** Version of this table that the row came with. */
  public static final Field RELEASE = ReleaseMemory.RELEASE;

  public static final StructType SCHEMA =
      Field.schema(
          SEGMENT_ID,
          CELL,
          FIGURE,
          NOISE,
          SINCE,
          DIGEST,
          MECHANISM,
          COST,
          CELLS,
          EXPORT,
          RUN,
          BUSINESS_DATE,
          RELEASE);

  /** Digits that {@link #CELLS} has at most, so that what it is multiplied with stays exact. */
  private static final int CELLS_DIGITS = 9;

  private NoiseDraws() {}

  /** What noise of a cost has cost a person who is in so many cells; exact. */
  public static Column loss(Column cost, Column cells) {
    return cost.multiply(cells.cast(DataTypes.createDecimalType(CELLS_DIGITS, 0)));
  }

  /** The text by which a figure is known to its noise. */
  public static Column identity(Column segment, Column cell, Column figure) {
    return functions.to_json(
        functions.struct(segment.as("segment"), cell.as("cell"), figure.as("figure")));
  }
}
