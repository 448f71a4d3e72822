package com.segumento.segment;

import com.segumento.lake.ReadPaths;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.LakeLayout;
import com.segumento.model.Memberships;
import com.segumento.model.Traits;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Looks at what a plan is about to read: the client's own tables, who is left out of them, and
 * references, and nothing else. Validation refuses definitions that name a table; this holds
 * whatever got past it.
 */
final class ReadGuard {
  private ReadGuard() {}

  /**
   * Checks a plan.
   *
   * @throws ConfigException where it reads anything else
   */
  static void check(Workspace workspace, Dataset<Row> rows) {
    LakeLayout layout = workspace.lake().layout();
    List<String> outside =
        ReadPaths.outside(
            rows,
            List.of(
                layout.table(workspace.clientId(), ""),
                layout.table(workspace.clientId(), Traits.NAME),
                layout.table(workspace.clientId(), Memberships.NAME),
                layout.exclusions(workspace.clientId()),
                layout.reference("")));
    if (!outside.isEmpty()) {
      throw new ConfigException(
          "The segments of "
              + workspace.clientId()
              + " would read "
              + String.join(", ", outside)
              + ". Segments read the client's own tables and references only: remove what names"
              + " anything else.");
    }
  }
}
