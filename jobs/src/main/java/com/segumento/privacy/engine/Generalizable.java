package com.segumento.privacy.engine;

import com.segumento.config.DatasetContract;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Profiles;
import java.util.List;
import java.util.Optional;

/**
 * A column, or the place, and the levels it can be generalized to.
 *
 * @param intervals widths by level from 1; none where there is a file
 * @param file its hierarchy, where that is a file
 */
record Generalizable(Field column, List<Long> intervals, Optional<HierarchyFile> file) {

  Generalizable {
    intervals = List.copyOf(intervals);
  }

  /**
   * A column's.
   *
   * @param hierarchy by its contract; none where there is none
   */
  static Generalizable of(
      Workspace workspace, Field column, Optional<DatasetContract.Hierarchy> hierarchy) {
    return new Generalizable(
        column,
        hierarchy.map(DatasetContract.Hierarchy::intervals).orElse(List.of()),
        hierarchy
            .map(DatasetContract.Hierarchy::file)
            .map(name -> HierarchyFile.read(workspace.configDirectory(), name)));
  }

  /** The most general level, at which all are alike. */
  int top() {
    if (isPlace()) {
      return Cells.PLACE_LEVELS.size() - 1;
    }
    return file.map(HierarchyFile::top).orElse(intervals.size() + 1);
  }

  /** What makes its labels at a level from 0 to {@link #top}. */
  Generalization at(int level) {
    if (level == top()) {
      return new Generalization.Everything();
    }
    if (isPlace()) {
      return new Generalization.Place(level);
    }
    if (level == 0) {
      return new Generalization.Exact(column);
    }
    return file.isPresent()
        ? new Generalization.Listed(column, file.get(), level)
        : new Generalization.Intervals(column, intervals.get(level - 1));
  }

  boolean isPlace() {
    return column.name().equals(Profiles.PLACE.name());
  }
}
