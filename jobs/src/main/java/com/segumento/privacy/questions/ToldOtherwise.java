package com.segumento.privacy.questions;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;

import com.segumento.lake.Sample;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Questions;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.questions.TellingGuard.Remembered;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Finds cells whose exact number of persons may not be published after what was told in answers:
 * there is a set that differs from theirs by fewer than k persons, and another figure was told of
 * it than might have been of theirs. Whoever has both would know that the sets differ, and so that
 * there are persons, fewer than k, in one of them alone. Where the figures agree, the sets may as
 * well be the same; beside the very number of another set nothing but the same set can be
 * published. Answers from a sample are no part of it: how many of a cell are in the sample its
 * number does not say.
 *
 * @param questions what was told
 * @param k figures that were told are multiples of it
 */
public record ToldOtherwise(QuestionTable questions, int k) {
  private static final Field SEGMENT = ReleaseMemory.SEGMENT_ID;
  private static final Field CELL = ReleaseMemory.CELL;

  /** What {@link #of} gives. */
  public static final StructType CELLS = Field.schema(SEGMENT, CELL);

  private static final Field COUNT = Field.required("count", DataTypes.LongType);
  private static final Field BUCKET = Field.required("bucket", DataTypes.LongType);

  /** Sets that are held against the memory at once. */
  private static final int TOGETHER = 256;

  /** Whether nothing was ever told. */
  public boolean isEmpty() {
    return questions.isEmpty();
  }

  /**
   * Those that may not be published, as rows of {@link #CELLS}.
   *
   * @param persons one row per cell and person behind it: {@code segment_id}, {@code cell}, key
   */
  public List<Row> of(Dataset<Row> persons) {
    if (isEmpty()) {
      return List.of();
    }
    Iterator<Row> sets =
        PersonSets.oneByOne(
            persons
                .select(SEGMENT.col(), CELL.col(), Persons.PERSON_KEY.col())
                .join(ofNearSizes(persons), names(), "left_semi"),
            k,
            SEGMENT.col(),
            CELL.col());
    List<Row> found = new ArrayList<>();
    List<Row> batch = new ArrayList<>();
    while (sets.hasNext()) {
      batch.add(sets.next());
      if (batch.size() == TOGETHER || !sets.hasNext()) {
        found.addAll(among(batch));
        batch.clear();
      }
    }
    return found;
  }

  /**
   * Those that may be among them by sizes alone: most cells are near no set that was told of, or
   * one of their own figure.
   */
  public Dataset<Row> ofNearSizes(Dataset<Row> persons) {
    // Sets less than k apart in size are in the same bucket or in one beside it.
    Column bucket = floor(Questions.SIZE.col().divide(k));
    Dataset<Row> told =
        questions
            .figures()
            .withColumn(
                BUCKET.name(), explode(array(bucket.minus(lit(1L)), bucket, bucket.plus(lit(1L)))));
    Dataset<Row> sizes =
        persons
            .groupBy(SEGMENT.col(), CELL.col())
            .agg(COUNT.as(count(lit(1))))
            .withColumn(BUCKET.name(), floor(COUNT.col().divide(k)));
    Column exact = Questions.KIND.col().equalTo(Told.Kind.EXACT.name());
    return sizes
        .join(broadcast(told), BUCKET.name()) // n:m, few sizes a bucket
        .filter(org.apache.spark.sql.functions.abs(COUNT.col().minus(Questions.SIZE.col())).lt(k))
        .filter(exact.or(otherwise()))
        .select(SEGMENT.col(), CELL.col())
        .distinct();
  }

  /** What {@link Told#mayBeOf} says no to; of fewer than k no persons are told. */
  private Column otherwise() {
    Column least = floor(COUNT.col().minus(lit((long) Margins.most(k))).divide(k)).multiply(k);
    Column persons = Questions.PERSONS.col();
    return persons.gt(BUCKET.col().multiply(k)).or(persons.lt(least));
  }

  private List<Row> among(List<Row> batch) {
    List<PersonSet> sets = batch.stream().map(row -> PersonSets.set(row, k)).toList();
    List<Remembered> near = questions.near(Sample.ALL, sets, k);
    List<Row> found = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      if (contradicted(sets.get(i), near)) {
        Row row = batch.get(i);
        found.add(RowFactory.create(row.getAs(SEGMENT.name()), row.getAs(CELL.name())));
      }
    }
    return found;
  }

  private boolean contradicted(PersonSet set, List<Remembered> told) {
    return told.stream()
        .filter(other -> other.told().kind() != Told.Kind.WITHHELD)
        .filter(other -> !other.told().mayBeOf(set.size(), k))
        .filter(other -> other.told().kind() != Told.Kind.EXACT || !other.persons().sameAs(set))
        .anyMatch(other -> other.persons().leastDifference(set) < k);
  }

  private static String[] names() {
    return new String[] {SEGMENT.name(), CELL.name()};
  }
}
