package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.lit;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/** How the release memory names the cells of an export. */
record Shape(Workspace workspace, Export export, Claim claim) {
  /** The dimensions by which cells of the export are remembered, with the labels of {@code key}. */
  private List<ReleaseMemory.Dimension> dimensions(List<Column> labels) {
    ClassLabels classes = new ClassLabels(workspace, export);
    List<ReleaseMemory.Dimension> dimensions = new ArrayList<>();
    for (int i = 0; i < claim.dimensions().size(); i++) {
      String name = claim.dimensions().get(i);
      if (!classes.joinsAll(name)) {
        int level = export.levels().get(name).intValue();
        dimensions.add(new ReleaseMemory.Dimension(name, level, labels.get(i)));
      }
    }
    return dimensions;
  }

  String text() {
    List<Column> none = claim.dimensions().stream().map(name -> lit("")).toList();
    return ReleaseMemory.shape(dimensions(none));
  }

  /** The text of a cell with these labels, in the order of the export's dimensions. */
  Column cell(List<Column> labels) {
    return ReleaseMemory.cell(dimensions(labels));
  }

  /** Whether a staged row has the one label there is of dimensions that join all. */
  Column joined() {
    ClassLabels classes = new ClassLabels(workspace, export);
    Column joined = lit(true);
    for (int i = 0; i < claim.dimensions().size(); i++) {
      if (classes.joinsAll(claim.dimensions().get(i))) {
        joined = joined.and(StagedRows.key(i + 1).col().equalTo(Cells.ANY));
      }
    }
    return joined;
  }

  /** The text of the cell of a staged row. */
  Column stagedCell() {
    List<Column> labels = new ArrayList<>();
    for (int i = 1; i <= claim.dimensions().size(); i++) {
      labels.add(StagedRows.key(i).col());
    }
    return cell(labels);
  }
}
