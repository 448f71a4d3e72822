package com.segumento.lake;

import com.segumento.model.LakeLayout;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The lake of one session: its layout, its Delta tables and its objects.
 *
 * @param layout where things lie
 * @param tables the Delta tables
 * @param objects the files beside them
 */
public record Lake(LakeLayout layout, DeltaTables tables, ObjectStore objects) {

  /** The lake under {@code root}, through {@code spark}'s file systems. */
  public static Lake open(SparkSession spark, String root) {
    LakeLayout layout = new LakeLayout(root);
    return new Lake(layout, new DeltaTables(spark, layout), new ObjectStore(spark));
  }

  /** The same, with a client's traits and memberships in a folder of its staging. */
  public Lake aside(String folder) {
    return new Lake(layout.aside(folder), tables, objects);
  }

  /** The same, of whose tables of persons only a sample of the persons is seen. */
  public Lake sampled(Sample sample) {
    return new Lake(layout, tables.sampled(sample), objects);
  }

  /** Where below {@code prefix} there are Delta tables, in order; found by their logs. */
  public List<String> tablesBelow(String prefix) {
    return objects.list(prefix).stream()
        .map(object -> object.uri())
        .filter(uri -> uri.contains(DeltaFiles.LOG_FOLDER))
        .map(uri -> uri.substring(0, uri.indexOf(DeltaFiles.LOG_FOLDER)))
        .map(uri -> layout.root() + "/" + layout.relative(uri))
        .distinct()
        .sorted()
        .toList();
  }
}
