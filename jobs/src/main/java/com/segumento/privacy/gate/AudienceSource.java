package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.udf;

import com.segumento.config.DatasetContract;
import com.segumento.config.Export;
import com.segumento.lake.VaultReader;
import com.segumento.lake.Workspace;
import com.segumento.model.Audiences;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.PriorLists;
import com.segumento.model.Profiles;
import com.segumento.model.SourceVersions;
import com.segumento.model.Vault;
import com.segumento.udf.PersonKey;
import java.util.List;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Derives again who may be in an audience, who is in its segments, and whom its destination has
 * already.
 */
record AudienceSource(
    Workspace workspace, Export export, SourceVersions sources, Broadcast<byte[]> key) {
  /** Whether the person may be in an audience: has a profile, and said no nowhere. */
  static final Field ALLOWED = Field.required("allowed", DataTypes.BooleanType);

  static final Field FIRST_DEFINITION = Field.required("definition", DataTypes.StringType);
  static final Field LAST_DEFINITION = Field.required("last definition", DataTypes.StringType);

  private static final Field SAID_NO = Field.optional("said no", DataTypes.BooleanType);

  /** Segments an export may list. */
  static Set<String> segments(Workspace workspace, Export export) {
    return Set.copyOf(export.segmentIds(workspace.segments()));
  }

  /** Columns of profiles that a person says no by. */
  private List<String> refusals() {
    return workspace.client().datasets().stream()
        .filter(dataset -> dataset.kind() == DatasetContract.Kind.PROFILE)
        .map(DatasetContract::optOut)
        .filter(name -> name != null)
        .toList();
  }

  /** Whether the profiles say all that has to be known. */
  boolean known() {
    StructType schema = profiles().schema();
    return refusals().stream()
        .allMatch(
            name ->
                List.of(schema.fieldNames()).contains(name)
                    && schema.apply(name).dataType().equals(DataTypes.BooleanType));
  }

  /** One row per person of the vault: its key, its token here, and whether it is allowed. */
  Dataset<Row> persons() {
    Column no = lit(false);
    for (String name : refusals()) {
      no = no.or(coalesce(Field.optional(name, DataTypes.BooleanType).col(), lit(false)));
    }
    Dataset<Row> profiled = profiles().groupBy(Persons.PERSON_KEY.col()).agg(SAID_NO.as(max(no)));
    Column text = Vault.TOKEN.col().cast(DataTypes.StringType);
    Column token =
        lower(
            hex(
                udf(new PersonKey(key), DataTypes.BinaryType)
                    .withName("audience_token")
                    .apply(text)));
    return VaultReader.read(workspace)
        .filter(length(Persons.PERSON_KEY.col()).equalTo(Cells.KEY_BYTES))
        .groupBy(Persons.PERSON_KEY.col())
        .agg(Vault.TOKEN.as(min(Vault.TOKEN.col())))
        .join(profiled, new String[] {Persons.PERSON_KEY.name()}, "left") // 1:1, one row a person
        .select(
            Persons.PERSON_KEY.col(),
            Audiences.TOKEN.as(token),
            ALLOWED.as(coalesce(SAID_NO.col().equalTo(false), lit(false))));
  }

  /** One row per listed segment and allowed member, with the definitions it is a member by. */
  Dataset<Row> wanted(Dataset<Row> persons) {
    return SourceMembers.of(workspace, sources.memberships())
        .filter(Memberships.SEGMENT_ID.col().isin(segments(workspace, export).toArray()))
        .groupBy(Memberships.SEGMENT_ID.col(), Persons.PERSON_KEY.col())
        .agg(
            FIRST_DEFINITION.as(min(Memberships.DEFINITION_HASH.col())),
            LAST_DEFINITION.as(max(Memberships.DEFINITION_HASH.col())))
        .join(persons.filter(ALLOWED.col()), Persons.PERSON_KEY.name())
        .drop(Persons.PERSON_KEY.name(), ALLOWED.name());
  }

  /** One row per segment and token of the lists published before. */
  Dataset<Row> before(PriorLists prior) {
    Dataset<Row> rows = workspace.spark().createDataFrame(List.of(), Audiences.SCHEMA);
    for (var list : prior.bySegment().entrySet()) {
      rows =
          rows.unionAll(
              workspace
                  .spark()
                  .read()
                  .format(list.getValue().format())
                  .option("header", "true")
                  .schema(Audiences.SCHEMA)
                  .load(list.getValue().files().toArray(String[]::new))
                  .filter(Audiences.SEGMENT_ID.col().equalTo(list.getKey())));
    }
    return rows.distinct();
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
