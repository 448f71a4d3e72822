package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Audiences;
import com.segumento.model.Audiences.Content;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.Records;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.DestinationKey;
import com.segumento.privacy.LevelChoice;
import com.segumento.privacy.ReleaseRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Makes the lists of an audience. A list goes on from the one its destination has: k persons or
 * more join it together or nobody does, and so with leaving; until then the others wait. Who opted
 * out, or is in no profile any more, leaves at once. A list of fewer than k is not published.
 */
public final class AudienceEngine {
  private static final Field WANTED = Field.required("wanted", DataTypes.BooleanType);
  private static final Field LISTED = Field.required("listed before", DataTypes.BooleanType);
  private static final Field ELIGIBLE = Field.required("eligible", DataTypes.BooleanType);
  private static final Field JOINING = Field.required("joining", DataTypes.LongType);
  private static final Field STAYING = Field.required("staying", DataTypes.LongType);
  private static final Field LEAVING = Field.required("leaving", DataTypes.LongType);
  private static final Field EXPELLED = Field.required("expelled", DataTypes.LongType);

  /**
   * Checks what {@code export} asks for.
   *
   * @throws ConfigException where it was not agreed, or has no key of its own
   */
  public void check(Workspace workspace, Export export, SourceVersions sources) {
    if (!workspace.client().agreement().activation()) {
      throw new ConfigException(
          "The agreement of client "
              + workspace.client().client()
              + " does not cover activation, so audience "
              + export.name()
              + " is not made.");
    }
    DestinationKey.of(workspace, export);
    new AudiencePersons(workspace, export, sources).requireOptOuts();
  }

  /** Makes the lists, and what changed of them, and writes them to the request's folder. */
  public LevelChoice stage(ReleaseRequest request) {
    Workspace workspace = request.workspace();
    int k = request.export().k(workspace.platform());
    try (AudienceTokens tokens = AudienceTokens.of(request)) {
      Dataset<Row> marked = marked(tokens).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        write(marked, lists(marked, k), request);
      } finally {
        marked.unpersist();
      }
    }
    return LevelChoice.fixed(Map.of());
  }

  /** One row per segment and token that is wanted or was listed. */
  private static Dataset<Row> marked(AudienceTokens tokens) {
    Dataset<Row> wanted = tokens.wanted().withColumn(WANTED.name(), lit(true));
    Dataset<Row> before = tokens.prior().withColumn(LISTED.name(), lit(true));
    Dataset<Row> eligible = tokens.eligible().withColumn(ELIGIBLE.name(), lit(true));
    String[] row = Audiences.SCHEMA.fieldNames();
    return wanted
        .join(before, row, "full_outer") // 1:1, both are distinct
        .join(eligible, new String[] {Audiences.TOKEN.name()}, "left") // n:1, one row a person
        .select(
            Audiences.SEGMENT_ID.col(),
            Audiences.TOKEN.col(),
            WANTED.as(coalesce(WANTED.col(), lit(false))),
            LISTED.as(coalesce(LISTED.col(), lit(false))),
            ELIGIBLE.as(coalesce(ELIGIBLE.col(), lit(false))));
  }

  private static Column joins() {
    return WANTED.col().and(not(LISTED.col()));
  }

  private static Column stays() {
    return WANTED.col().and(LISTED.col());
  }

  private static Column leaves() {
    return ELIGIBLE.col().and(LISTED.col()).and(not(WANTED.col()));
  }

  /** What becomes of each list; as many as there are segments. */
  private static List<AudienceList> lists(Dataset<Row> marked, int k) {
    return marked
        .groupBy(Audiences.SEGMENT_ID.col())
        .agg(
            JOINING.as(sum(number(joins()))),
            STAYING.as(sum(number(stays()))),
            LEAVING.as(sum(number(leaves()))),
            EXPELLED.as(sum(number(not(ELIGIBLE.col())))))
        .collectAsList()
        .stream()
        .map(
            row ->
                new AudienceList(
                    row.getAs(Audiences.SEGMENT_ID.name()),
                    row.<Long>getAs(JOINING.name()),
                    row.<Long>getAs(STAYING.name()),
                    row.<Long>getAs(LEAVING.name()),
                    row.<Long>getAs(EXPELLED.name()),
                    k))
        .toList();
  }

  private static void write(Dataset<Row> marked, List<AudienceList> lists, ReleaseRequest request) {
    Column joined = joins().and(of(lists, AudienceList::joins));
    Column staying = leaves().and(not(of(lists, AudienceList::leaves)));
    Column left = leaves().and(of(lists, AudienceList::leaves)).or(not(ELIGIBLE.col()));
    write(
        marked.filter(of(lists, AudienceList::published).and(stays().or(joined).or(staying))),
        Content.LIST,
        total(lists, AudienceList::published, AudienceList::size),
        request);
    Column told = of(lists, AudienceList::told);
    long joiners = total(lists, AudienceList::told, AudienceList::joined);
    long leavers = total(lists, AudienceList::told, AudienceList::left);
    if (joiners > 0) {
      write(marked.filter(told.and(joined)), Content.JOINED, joiners, request);
    }
    if (leavers > 0) {
      write(marked.filter(told.and(left)), Content.LEFT, leavers, request);
    }
  }

  private static Column of(List<AudienceList> lists, Predicate<AudienceList> wanted) {
    return Audiences.SEGMENT_ID
        .col()
        .isin(lists.stream().filter(wanted).map(AudienceList::segment).toArray());
  }

  private static long total(
      List<AudienceList> lists,
      Predicate<AudienceList> wanted,
      ToLongFunction<AudienceList> persons) {
    return lists.stream().filter(wanted).mapToLong(persons).sum();
  }

  private static Column number(Column condition) {
    return when(condition, 1L).otherwise(0L);
  }

  private static void write(
      Dataset<Row> rows, Content content, long number, ReleaseRequest request) {
    RecordFiles.write(
        rows.select(Audiences.SEGMENT_ID.col(), Audiences.TOKEN.col()),
        Records.files(number, Records.ROWS_A_FILE),
        request.folder() + "/" + content.stem(),
        request.export().format());
  }
}
