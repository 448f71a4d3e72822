package com.segumento.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.segumento.model.Exclusions;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Who of a client's persons is left out of what. Persons go in and are looked for by key; the table
 * has marks only, its log no statistics of them. Where nobody ever was left out there is no table,
 * and looking costs nothing.
 */
public final class ExclusionsTable {
  private static final Map<String, String> NO_STATISTICS =
      Map.of("delta.dataSkippingNumIndexedCols", "0");
  private static final String STAGE = "stage";
  private static final String REQUEST = "request";
  private static final Field FOUND = Field.optional("#excluded", DataTypes.BinaryType);

  private final DeltaTables tables;
  private final String path;
  private final LocalDate date;

  private ExclusionsTable(DeltaTables tables, String path, LocalDate date) {
    this.tables = tables;
    this.path = path;
    this.date = date;
  }

  /** Of the workspace's client, as it holds on the workspace's date. */
  public static ExclusionsTable of(Workspace workspace) {
    return new ExclusionsTable(
        workspace.lake().tables(),
        workspace.lake().layout().exclusions(workspace.clientId()),
        workspace.date());
  }

  /**
   * The newest version that said something new of somebody; nothing where nobody ever was left out.
   * What is made with another version is made of other persons.
   */
  public OptionalLong version() {
    return tables.history(path).lastVersion(note -> REQUEST.equals(note.get(STAGE)));
  }

  /**
   * Leaves persons out; done twice it adds nothing.
   *
   * @param persons {@link Persons#PERSON_KEY}, {@link Exclusions#KIND} and {@link
   *     Exclusions#REQUEST_ID}; any number of rows a person
   */
  public void add(Dataset<Row> persons, String run) {
    tables.declare(path, Exclusions.SCHEMA, List.of(), NO_STATISTICS);
    String[] same = {Exclusions.MARK.name(), Exclusions.KIND.name(), Exclusions.REQUEST_ID.name()};
    Dataset<Row> fresh =
        persons
            .select(
                Exclusions.MARK.as(Exclusions.markOf(Persons.PERSON_KEY.col())),
                Exclusions.KIND.col(),
                Exclusions.REQUEST_ID.col())
            .distinct()
            .join(tables.read(path).select(named(same)), same, "left_anti")
            .withColumn(Exclusions.SINCE.name(), lit(date))
            .withColumn(Exclusions.LIFTED.name(), lit(null).cast(Exclusions.LIFTED.type()))
            .persist(StorageLevel.DISK_ONLY());
    try {
      if (!fresh.isEmpty()) { // an empty commit would have all be computed anew
        tables.append(path, fresh, commit(run));
      }
    } finally {
      fresh.unpersist(true);
    }
  }

  /**
   * Lets persons in again, from the date on; done twice it changes nothing.
   *
   * @param persons {@link Persons#PERSON_KEY} and {@link Exclusions#KIND}, which is what is lifted
   */
  public void lift(Dataset<Row> persons, String run) {
    if (!tables.exists(path)) {
      return;
    }
    Dataset<Row> marks =
        persons
            .select(
                Exclusions.MARK.as(Exclusions.markOf(Persons.PERSON_KEY.col())),
                Exclusions.KIND.col())
            .distinct();
    Column match =
        side("old", Exclusions.MARK)
            .equalTo(side("new", Exclusions.MARK))
            .and(side("old", Exclusions.KIND).equalTo(side("new", Exclusions.KIND)));
    tables.update(
        path,
        marks,
        match,
        side("old", Exclusions.LIFTED).isNull(),
        Map.of(Exclusions.LIFTED.name(), lit(date)),
        commit(run));
  }

  /** The rows without those of persons who are left out on the date, for whatever reason. */
  public Dataset<Row> without(Dataset<Row> rows) {
    if (!tables.exists(path)) {
      return rows;
    }
    Dataset<Row> marks =
        tables.read(path).filter(Exclusions.inForce(date)).select(FOUND.as(Exclusions.MARK.col()));
    // n:m, of which a row is kept that finds none
    return rows.join(
        marks, Exclusions.markOf(Persons.PERSON_KEY.col()).equalTo(FOUND.col()), "left_anti");
  }

  /**
   * The rows with a column that says whether the person was erased; nothing where nobody was.
   *
   * @param erased true, or false, also of rows without a person
   */
  public Optional<Dataset<Row>> withErased(Dataset<Row> rows, Field erased) {
    if (!tables.exists(path)) {
      return Optional.empty();
    }
    Dataset<Row> marks =
        tables
            .read(path)
            .filter(Exclusions.KIND.col().equalTo(Exclusions.Kind.ERASED.word()))
            .filter(Exclusions.inForce(date))
            .select(FOUND.as(Exclusions.MARK.col()))
            .distinct();
    // n:1, marks are distinct
    return Optional.of(
        rows.join(marks, Exclusions.markOf(Persons.PERSON_KEY.col()).equalTo(FOUND.col()), "left")
            .withColumn(erased.name(), coalesce(FOUND.col().isNotNull(), lit(false)))
            .drop(FOUND.name()));
  }

  /** All rows; none where there is no table. */
  public Optional<Dataset<Row>> rows() {
    return tables.exists(path) ? Optional.of(tables.read(path)) : Optional.empty();
  }

  private Commit commit(String run) {
    return Commit.of(Map.of(STAGE, REQUEST, "date", date.toString(), "run", run));
  }

  private static Column[] named(String... names) {
    Column[] columns = new Column[names.length];
    for (int i = 0; i < names.length; i++) {
      columns[i] = Field.optional(names[i], DataTypes.NullType).col();
    }
    return columns;
  }

  private static Column side(String side, Field field) {
    return col(side + "." + field.name());
  }
}
