package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;

import com.segumento.config.DatasetContract;
import com.segumento.config.Export;
import com.segumento.lake.MembershipView;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.SourceVersions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Who may be in an audience, and who is in its segments. */
record AudiencePersons(Workspace workspace, Export export, SourceVersions sources) {
  private static final Field OUT = Field.required("opted out", DataTypes.BooleanType);

  /** Columns of profiles that say who must be in no audience. */
  private Stream<Field> optOuts() {
    return workspace.client().datasets().stream()
        .map(DatasetContract::optOut)
        .flatMap(Stream::ofNullable)
        .map(name -> Field.optional(name, DataTypes.BooleanType));
  }

  /**
   * Refuses profiles that do not say who opted out, though the contract does.
   *
   * @throws ConfigException naming the column
   */
  void requireOptOuts() {
    List<String> columns = List.of(profiles().columns());
    optOuts()
        .filter(field -> !columns.contains(field.name()))
        .findFirst()
        .ifPresent(
            field -> {
              throw new ConfigException(
                  "The profiles of client "
                      + workspace.client().client()
                      + " on "
                      + workspace.date()
                      + " have no column "
                      + field.name()
                      + ", so that it is not known who opted out of audience "
                      + export.name()
                      + ". Run ingest and enrich again.");
            });
  }

  /** Keys of persons with a profile who did not opt out; one row a person. */
  Dataset<Row> eligible() {
    Column out =
        optOuts().map(Field::col).reduce(lit(false), (a, b) -> a.or(coalesce(b, lit(false))));
    return profiles()
        .filter(length(Persons.PERSON_KEY.col()).equalTo(Cells.KEY_BYTES))
        .groupBy(Persons.PERSON_KEY.col())
        .agg(OUT.as(max(out)))
        .filter(not(OUT.col()))
        .select(Persons.PERSON_KEY.col());
  }

  /** One row per listed segment and member. */
  Dataset<Row> members() {
    return MembershipView.of(workspace, sources.memberships())
        .filter(Memberships.BUSINESS_DATE.col().equalTo(lit(workspace.date())))
        .filter(
            Memberships.SEGMENT_ID.col().isin(export.segmentIds(workspace.segments()).toArray()))
        .select(Memberships.SEGMENT_ID.col(), Persons.PERSON_KEY.col())
        .distinct();
  }

  private Dataset<Row> profiles() {
    return workspace
        .lake()
        .tables()
        .read(
            workspace.lake().layout().table(workspace.clientId(), Profiles.NAME),
            sources.profiles());
  }
}
