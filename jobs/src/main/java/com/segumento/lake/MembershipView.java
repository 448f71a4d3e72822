package com.segumento.lake;

import com.segumento.model.LakeLayout;
import com.segumento.model.Memberships;
import com.segumento.model.SegmentCodes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The members of a client's segments, as {@link Memberships#members} has them. */
public final class MembershipView {
  private MembershipView() {}

  /**
   * Every night's members.
   *
   * @param version of the table {@link Memberships}
   */
  public static Dataset<Row> of(Workspace workspace, long version) {
    LakeLayout layout = workspace.lake().layout();
    DeltaTables tables = workspace.lake().tables();
    return Memberships.members(
        tables.read(layout.table(workspace.clientId(), Memberships.NAME), version),
        tables.read(layout.table(workspace.clientId(), SegmentCodes.NAME)));
  }
}
