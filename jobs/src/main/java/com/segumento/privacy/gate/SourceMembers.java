package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.SegmentCodes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Who is in which segment on the business date of a release, out of the two tables that say so.
 * What makes releases asks a view for it; the gate reads the tables itself, so that a view that is
 * wrong is not right here, too.
 */
final class SourceMembers {
  private static final Field CODE = Field.required("code in the row", DataTypes.IntegerType);

  private SourceMembers() {}

  /**
   * One row per segment and member: {@link Memberships#SEGMENT_ID}, {@link
   * Memberships#DEFINITION_HASH} and {@link Persons#PERSON_KEY}.
   *
   * @param version of the table {@link Memberships}
   */
  static Dataset<Row> of(Workspace workspace, long version) {
    String codes = workspace.lake().layout().table(workspace.clientId(), SegmentCodes.NAME);
    String nights = workspace.lake().layout().table(workspace.clientId(), Memberships.NAME);
    Dataset<Row> tonight =
        workspace
            .lake()
            .tables()
            .read(nights, version)
            .filter(Memberships.BUSINESS_DATE.col().equalTo(lit(workspace.date())))
            .withColumn(CODE.name(), explode(Memberships.SEGMENTS.col()));
    // n:1, a code is given once
    return tonight
        .join(
            broadcast(workspace.lake().tables().read(codes)),
            CODE.col().equalTo(SegmentCodes.CODE.col()))
        .select(
            Memberships.SEGMENT_ID.col(),
            Memberships.DEFINITION_HASH.col(),
            Persons.PERSON_KEY.col());
  }
}
