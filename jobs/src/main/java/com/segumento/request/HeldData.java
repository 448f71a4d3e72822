package com.segumento.request;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import com.segumento.config.DatasetContract;
import com.segumento.config.Segments;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.MembershipView;
import com.segumento.lake.Workspace;
import com.segumento.model.Exclusions;
import com.segumento.model.Field;
import com.segumento.model.LakeLayout;
import com.segumento.model.Memberships;
import com.segumento.model.Nominations;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.Quarantine;
import com.segumento.model.ReleaseMemory;
import com.segumento.model.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;

/**
 * All that is held on persons, a table each. Persons are named by the tokens of the request, as the
 * client knows no others; no person key and no mark comes out.
 *
 * @param persons {@link TokenFiles#REQUEST}, {@link #TOKEN} and {@link Persons#PERSON_KEY}; a
 *     person of several requests several times
 */
record HeldData(Workspace workspace, Dataset<Row> persons) {
  /** The request a row is put together for; partition column of what is written. */
  static final Field BUNDLE = required("__bundle", DataTypes.StringType);

  /** The client's token of the person. */
  static final Field TOKEN = required(TokenShape.TOKEN, DataTypes.StringType);

  private static final String OTHER_TOKEN = "column_token";
  private static final Field TITLE = optional("title", DataTypes.StringType);

  /**
   * What there is of one kind.
   *
   * @param name of the table
   * @param what it holds, in words
   * @param rows with {@link #BUNDLE} and {@link #TOKEN} first
   */
  record Held(String name, String what, Dataset<Row> rows) {
    /** Its columns. */
    List<Field> columns() {
      return Stream.of(rows.schema().fields())
          .filter(field -> !field.name().equals(BUNDLE.name()))
          .map(field -> new Field(field.name(), field.dataType(), field.nullable()))
          .toList();
    }
  }

  /** All tables there are. */
  List<Held> all() {
    List<Held> all = new ArrayList<>();
    all.add(
        new Held(
            "persons",
            "whom the request is about: tokens that have the form of one",
            persons.select(BUNDLE.as(TokenFiles.REQUEST.col()), TOKEN.col()).distinct()));
    for (DatasetContract dataset : workspace.client().datasets()) {
      keyed(
          all, dataset.name(), "as delivered in dataset " + dataset.name(), table(dataset.name()));
    }
    keyed(all, Profiles.NAME, "profile with place and demographics", table(Profiles.NAME));
    keyed(all, Traits.NAME, "computed features", table(Traits.NAME));
    memberships(all);
    for (DatasetContract dataset : workspace.client().datasets()) {
      keyed(
          all,
          "quarantine_" + dataset.name(),
          "rows of dataset " + dataset.name() + " that broke the contract",
          layout().quarantine(workspace.clientId(), dataset.name()));
    }
    marked(
        all,
        Exclusions.NAME,
        "what the person was left out of",
        layout().exclusions(workspace.clientId()));
    marked(
        all,
        Nominations.NAME,
        "requests that nominate somebody for the person",
        layout().nominations(workspace.clientId()));
    keyed(
        all,
        ReleaseMemory.NAME,
        "published figures that count the person, since when and until when",
        layout().releaseMemory(workspace.clientId()));
    return List.copyOf(all);
  }

  private void keyed(List<Held> all, String name, String what, String path) {
    if (tables().exists(path)) {
      Dataset<Row> rows = tables().read(path);
      if (List.of(rows.columns()).contains(Quarantine.PERSON_KEY.name())) {
        all.add(new Held(name, what, of(rows)));
      }
    }
  }

  private void marked(List<Held> all, String name, String what, String path) {
    if (!tables().exists(path)) {
      return;
    }
    // n:m, a person may be in several rows and requests
    Dataset<Row> rows =
        tables()
            .read(path)
            .as("held")
            .join(
                keys().as("asked"),
                col("held." + Exclusions.MARK.name())
                    .equalTo(Exclusions.markOf(col("asked." + Persons.PERSON_KEY.name()))))
            .drop(Exclusions.MARK.name(), Persons.PERSON_KEY.name(), Nominations.NOMINEE.name());
    all.add(new Held(name, what, tokenFirst(rows)));
  }

  private void memberships(List<Held> all) {
    String path = table(Memberships.NAME);
    if (!tables().exists(path)) {
      return;
    }
    List<Row> titles = new ArrayList<>();
    for (Segments.Segment segment : workspace.segments().segments()) {
      titles.add(RowFactory.create(segment.id(), segment.title()));
    }
    Dataset<Row> named =
        workspace.spark().createDataFrame(titles, Field.schema(Memberships.SEGMENT_ID, TITLE));
    // n:1, a segment has one title
    Dataset<Row> rows =
        of(MembershipView.of(workspace, tables().version(path)))
            .join(broadcast(named), new String[] {Memberships.SEGMENT_ID.name()}, "left");
    all.add(
        new Held(
            Memberships.NAME, "segments the person was in, by business date", tokenFirst(rows)));
  }

  /** The rows of the persons. n:m, a person may be in several rows and requests. */
  private Dataset<Row> of(Dataset<Row> rows) {
    return tokenFirst(
        rows.withColumnRenamed(TOKEN.name(), OTHER_TOKEN) // a column of the client's own
            .join(keys(), Persons.PERSON_KEY.name())
            .drop(Persons.PERSON_KEY.name()));
  }

  private Dataset<Row> keys() {
    return persons
        .select(BUNDLE.as(TokenFiles.REQUEST.col()), TOKEN.col(), Persons.PERSON_KEY.col())
        .distinct();
  }

  private static Dataset<Row> tokenFirst(Dataset<Row> rows) {
    Stream<Column> others =
        Stream.of(rows.columns())
            .filter(name -> !name.equals(BUNDLE.name()) && !name.equals(TOKEN.name()))
            .map(name -> optional(name, DataTypes.NullType).col());
    return rows.select(
        Stream.concat(Stream.of(BUNDLE.col(), TOKEN.col()), others).toArray(Column[]::new));
  }

  /** What is said of columns that say little by themselves. */
  static Map<String, String> meanings() {
    return Map.ofEntries(
        Map.entry(TOKEN.name(), "the client's token of the person, as in the request"),
        Map.entry("drop_id", "the drop that brought the row"),
        Map.entry("drop_date", "date of the drop that brought the row"),
        Map.entry("event_date", "UTC day of the event"),
        Map.entry("place", "where the person is, by reference data"),
        Map.entry("demographics", "what is known of the person's district, not of the person"),
        Map.entry("business_date", "the night it is of"),
        Map.entry("segment_id", "the segment"),
        Map.entry("title", "what the segment is called"),
        Map.entry("definition_hash", "hash of what the segment meant that night"),
        Map.entry("reasons", "rules of the contract that the row broke"),
        Map.entry("values", "the row as delivered, redacted"),
        Map.entry("kind", "what is asked for or happened"),
        Map.entry("since", "business date from which it holds"),
        Map.entry("lifted", "business date from which it holds no longer"),
        Map.entry("cell", "the published cell's labels"),
        Map.entry("figure", "persons, or the sum it is about"),
        Map.entry("share", "what the person adds to the sum"),
        Map.entry("change", "1 where the person came in with the release, -1 where it left"),
        Map.entry("release", "number of the release"),
        Map.entry("export", "the audience's name"),
        Map.entry("run", "the run that published it"));
  }

  private String table(String name) {
    return layout().table(workspace.clientId(), name);
  }

  private DeltaTables tables() {
    return workspace.lake().tables();
  }

  private LakeLayout layout() {
    return workspace.lake().layout();
  }
}
