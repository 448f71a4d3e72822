package com.segumento.privacy.questions;

import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.QuestionTrace;
import com.segumento.lake.Sample;
import com.segumento.model.ClientId;
import com.segumento.model.Questions;
import com.segumento.ops.Ticker;
import com.segumento.privacy.questions.TellingGuard.Remembered;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** The memory of a client as a table of its own. It grows with questions, never with persons. */
public final class QuestionTable implements PreviewMemory {
  private final SparkSession spark;
  private final Lake lake;
  private final String path;

  private QuestionTable(SparkSession spark, Lake lake, ClientId client) {
    this.spark = spark;
    this.lake = lake;
    this.path = lake.layout().questions(client);
  }

  /** The memory of a client, declared where it is not there yet. */
  public static QuestionTable open(SparkSession spark, Lake lake, ClientId client) {
    QuestionTable table = new QuestionTable(spark, lake, client);
    lake.tables().declare(table.path, Questions.SCHEMA, List.of());
    return table;
  }

  /** The memory of a client as it is; empty where nothing was ever asked. */
  public static QuestionTable existing(SparkSession spark, Lake lake, ClientId client) {
    return new QuestionTable(spark, lake, client);
  }

  /** What the audit is to know of the table, once a question is remembered in it. */
  public QuestionTrace trace(String question, LocalDate date) {
    return new QuestionTrace(question, date, lake.tables().id(path), lake.tables().version(path));
  }

  /** Whether nothing was ever told. */
  boolean isEmpty() {
    return lake.tables().version(path) <= 0;
  }

  /** All sets of all persons that something was told of: {@code size}, and what was told. */
  Dataset<Row> figures() {
    return lake.tables()
        .read(path)
        .filter(Questions.ONE_IN.col().equalTo(Sample.ALL.oneIn()))
        .filter(Questions.KIND.col().notEqual(Told.Kind.WITHHELD.name()))
        .select(Questions.SIZE.col(), Questions.KIND.col(), Questions.PERSONS.col())
        .distinct();
  }

  /**
   * Takes erased persons out of what is remembered, as {@link PersonSet} forgets them. Done again,
   * it changes nothing.
   *
   * @param persons one row a person, with its key
   * @return whether anything of theirs was there
   */
  public boolean forget(Dataset<Row> persons, Commit commit) {
    if (isEmpty()) {
      return false;
    }
    Dataset<Row> all = lake.tables().read(path);
    Column size = functions.length(Questions.PARTS.col()).divide(Long.BYTES).cast("int");
    Map<Integer, long[]> theirs = new HashMap<>();
    for (Row row : all.select(size).distinct().collectAsList()) { // one size for each k there was
      theirs.put(
          row.getInt(0),
          persons.select(PersonSets.part(row.getInt(0))).distinct().collectAsList().stream()
              .mapToLong(part -> part.getLong(0))
              .toArray());
    }
    Column left =
        functions
            .udf(
                (UDF1<byte[], byte[]>)
                    parts ->
                        PersonSet.of(0, parts)
                            .forgetting(theirs.get(parts.length / Long.BYTES))
                            .bytes(),
                DataTypes.BinaryType)
            .apply(Questions.PARTS.col());
    if (all.filter(left.notEqual(Questions.PARTS.col())).isEmpty()) {
      return false;
    }
    lake.tables().overwrite(path, all.withColumn(Questions.PARTS.name(), left), commit);
    return true;
  }

  // Sizes are compared here: as literals of a filter they would stand in the event log.
  @Override
  public List<Remembered> near(Sample sample, Collection<PersonSet> sets, int within) {
    if (isEmpty()) {
      return List.of();
    }
    Dataset<Row> all =
        lake.tables()
            .read(path)
            .filter(Questions.ONE_IN.col().equalTo(functions.lit(sample.oneIn())));
    Object[] near =
        all.select(Questions.QUESTION.col(), Questions.SIZE.col()).collectAsList().stream()
            .filter(row -> sets.stream().anyMatch(set -> Math.abs(set.size() - size(row)) < within))
            .map(row -> row.<String>getAs(Questions.QUESTION.name()))
            .distinct()
            .toArray();
    if (near.length == 0) {
      return List.of();
    }
    Column order = functions.struct(Questions.ASKED_AT.col(), Questions.STEP.col());
    return all.filter(Questions.QUESTION.col().isin(near)).orderBy(order).collectAsList().stream()
        .filter(row -> sets.stream().anyMatch(set -> Math.abs(set.size() - size(row)) < within))
        .map(QuestionTable::remembered)
        .toList();
  }

  @Override
  public void remember(String question, LocalDate date, Sample sample, List<Remembered> told) {
    List<Row> rows = new ArrayList<>();
    Timestamp now = Timestamp.from(Ticker.now());
    for (Remembered entry : told) {
      PersonSet persons = entry.persons();
      rows.add(
          RowFactory.create(
              question,
              rows.size(),
              now,
              Date.valueOf(date),
              entry.text(),
              sample.oneIn(),
              persons.size(),
              persons.bytes(),
              entry.told().kind().name(),
              entry.told().persons()));
    }
    lake.tables()
        .append(
            path,
            spark.createDataFrame(rows, Questions.SCHEMA),
            Commit.of(Map.of("stage", "adhoc", "date", date.toString(), "run", question)));
  }

  /** What was told in answers after an instant. */
  public AnswerBudget.Spent since(Instant after) {
    if (isEmpty()) {
      return AnswerBudget.Spent.NOTHING;
    }
    Column withheld = Questions.KIND.col().equalTo(Told.Kind.WITHHELD.name());
    Row counted =
        lake.tables()
            .read(path)
            .filter(Questions.KIND.col().notEqual(Told.Kind.EXACT.name()))
            .filter(Questions.ASKED_AT.col().gt(functions.lit(Timestamp.from(after))))
            .agg(
                functions.count_distinct(Questions.DEFINITION_HASH.col()),
                functions.count_distinct(functions.when(withheld, Questions.DEFINITION_HASH.col())),
                functions.min(Questions.ASKED_AT.col()))
            .first();
    return new AnswerBudget.Spent(
        counted.getLong(0),
        counted.getLong(1),
        Optional.ofNullable(counted.getTimestamp(2)).map(Timestamp::toInstant));
  }

  private static long size(Row row) {
    return row.<Long>getAs(Questions.SIZE.name());
  }

  private static Remembered remembered(Row row) {
    return new Remembered(
        PersonSet.of(size(row), row.getAs(Questions.PARTS.name())),
        new Told(
            Told.Kind.valueOf(row.getAs(Questions.KIND.name())),
            row.<Long>getAs(Questions.PERSONS.name())),
        row.getAs(Questions.DEFINITION_HASH.name()));
  }
}
