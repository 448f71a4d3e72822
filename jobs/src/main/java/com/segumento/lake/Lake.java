package com.segumento.lake;

import com.segumento.model.LakeLayout;
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
    return new Lake(new LakeLayout(root), new DeltaTables(spark), new ObjectStore(spark));
  }

  /** The same, with a client's traits and memberships in a folder of its staging. */
  public Lake aside(String folder) {
    return new Lake(layout.aside(folder), tables, objects);
  }

  /** The same, of whose tables of persons only a sample of the persons is seen. */
  public Lake sampled(Sample sample) {
    return new Lake(layout, tables.sampled(sample), objects);
  }
}
