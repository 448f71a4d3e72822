package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import com.segumento.config.Segments;
import com.segumento.lake.KeptRows;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.ReleaseMemory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Whether tonight's persons are the ones the release memory knows. Where a client hashes with
 * another salt, or its person key is another, everybody is a stranger to it: all have left and all
 * have come, by more than k each, so that no comparison finds that it is the same persons and one
 * more. So some of those who stand behind cells are looked for, {@link #SOME} of the first keys,
 * which are as good as drawn; of at least {@link #ENOUGH} a tenth must be there.
 *
 * @param profiles of the persons there are tonight, by their keys
 */
public record KnownPersons(Workspace workspace, Dataset<Row> profiles) {
  /** Of fewer nobody can say whether they are others or have left. */
  static final int ENOUGH = 100;

  private static final int SOME = 1000;
  private static final int TENTH = 10;
  private static final Field STANDS = Field.required("stands", DataTypes.LongType);

  /** Whether there are too few of them. */
  public boolean areOthers() {
    if (workspace.lake().tables().version(memory()) <= 0) {
      return false;
    }
    try (KeptRows some = KeptRows.of(some())) {
      long all = some.rows().count();
      return all >= ENOUGH && there(some.rows()).count() * TENTH < all;
    }
  }

  /**
   * Persons who stand behind some cell of a segment there still is; where a run is beside the
   * client's others and has segments of its own, of any segment.
   */
  private Dataset<Row> some() {
    Object[] segments =
        workspace.segments().segments().stream().map(Segments.Segment::id).toArray();
    Column still =
        workspace.lake().layout().isAside()
            ? lit(true)
            : ReleaseMemory.SEGMENT_ID.col().isin(segments);
    return workspace
        .lake()
        .tables()
        .read(memory())
        .filter(ReleaseMemory.FIGURE.col().equalTo(ReleaseMemory.PERSONS))
        .filter(still)
        .filter(length(ReleaseMemory.PERSON_KEY.col()).equalTo(Cells.KEY_BYTES))
        .groupBy(ReleaseMemory.PERSON_KEY.col())
        .agg(STANDS.as(sum(ReleaseMemory.CHANGE.col())))
        .filter(STANDS.col().gt(0))
        .select(ReleaseMemory.PERSON_KEY.col())
        .orderBy(ReleaseMemory.PERSON_KEY.col())
        .limit(SOME);
  }

  private String memory() {
    return workspace.lake().layout().releaseMemory(workspace.clientId());
  }

  private Dataset<Row> there(Dataset<Row> some) {
    return profiles
        .select(Persons.PERSON_KEY.col())
        .join(broadcast(some), Persons.PERSON_KEY.name()); // 1:1
  }
}
