package com.segumento.privacy;

import static org.apache.spark.sql.functions.sum;

import com.segumento.lake.Workspace;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.questions.QuestionTable;
import com.segumento.privacy.questions.ToldOtherwise;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds what a release is remembered with to what answers have told, once more after it is
 * remembered: an answer that was given meanwhile is among them.
 *
 * @param memory the release memory without the release and with it
 */
record AnsweredBefore(Workspace workspace, Released.Memory memory) {
  private static final Column[] CELL = {ReleaseMemory.SEGMENT_ID.col(), ReleaseMemory.CELL.col()};

  /** Whether a cell that the release changed is near a set of which another figure was told. */
  boolean contradicts() {
    ToldOtherwise told =
        new ToldOtherwise(
            QuestionTable.existing(workspace.spark(), workspace.lake(), workspace.clientId()),
            workspace.platform().privacy().defaultK());
    return memory.after() > memory.before() && !told.isEmpty() && !told.of(changed()).isEmpty();
  }

  /** Who stands behind the cells that the release changed. */
  private Dataset<Row> changed() {
    Dataset<Row> persons =
        MemoryTable.open(workspace)
            .read(memory.after())
            .filter(ReleaseMemory.FIGURE.col().equalTo(ReleaseMemory.PERSONS));
    Dataset<Row> cells =
        persons.filter(ReleaseMemory.RELEASE.col().gt(memory.before())).select(CELL).distinct();
    String[] key = {ReleaseMemory.SEGMENT_ID.name(), ReleaseMemory.CELL.name()};
    return persons
        .join(cells, key, "left_semi")
        .groupBy(
            Stream.concat(Stream.of(CELL), Stream.of(ReleaseMemory.PERSON_KEY.col()))
                .toArray(Column[]::new))
        .agg(ReleaseMemory.CHANGE.as(sum(ReleaseMemory.CHANGE.col())))
        .filter(ReleaseMemory.CHANGE.col().gt(0));
  }
}
