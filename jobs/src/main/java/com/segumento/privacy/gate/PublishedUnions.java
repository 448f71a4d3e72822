package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static com.segumento.privacy.gate.Standing.names;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Looks for what the cells of three segments tell together. Of a cell of two segments and one of a
 * third that nearly holds both, the numbers say how many are in both parts, or in one of the three
 * only; those are to be none, or k at least. Everybody else is in the third and in one part.
 *
 * <p>For fewer than k it takes that fewer than k are in both parts, that each part has fewer than k
 * whom the third has not, and that one part has about as many of the third as the other has not.
 *
 * <p>Who was erased has another name in each segment. As many as there are of them in the third and
 * in the parts are taken to be the same, and only the others are told of.
 *
 * @param k fewer of whom nothing may be told
 */
record PublishedUnions(int k) {
  private static final Field IN = Field.required("in", new ArrayType(SEGMENT.type(), false));
  private static final Field INNER = Field.required("inner segment", DataTypes.StringType);
  private static final Field OUTER = Field.required("outer segment", DataTypes.StringType);
  private static final Field SECOND = Field.required("second segment", DataTypes.StringType);
  private static final Field NUMBER = Field.required("number", DataTypes.LongType);
  private static final Field BOTH = Field.required("both", DataTypes.LongType);
  private static final Field BESIDE = Field.required("beside", DataTypes.LongType);
  private static final Field CHANGED = Field.required("changed", DataTypes.BooleanType);
  private static final Field CHANGES = Field.required("changes", DataTypes.BooleanType);
  private static final Field STEP = Field.required("step", DataTypes.LongType);
  private static final Field PLACE = Field.required("place", DataTypes.IntegerType);
  private static final Field ROLE = Field.required("role", Field.schema(SEGMENT, PLACE));

  /** Bits of a person's places among three segments. */
  private static final int FIRST_PART = 1;

  private static final int SECOND_PART = 2;
  private static final int UNION = 4;

  /**
   * Cells and three segments that tell of 1 to k-1 persons, one of which at least is changed.
   *
   * @param standing segment, cell and person of all that stands now
   * @param changed those of them that are of cells the release changed
   */
  Dataset<Row> telling(Dataset<Row> standing, Dataset<Row> changed) {
    Dataset<Row> persons =
        standing
            .join(changed.select(CELL.col()).distinct(), names(CELL), "left_semi") // n:1
            .select(SEGMENT.col(), CELL.col(), PERSON.col());
    Dataset<Row> living = persons.filter(living());
    Dataset<Row> pairs = pairs(living);
    Column[] triple = {CELL.col(), INNER.col(), SECOND.col(), OUTER.col()};
    Column[] person =
        Stream.concat(Stream.of(triple), Stream.of(PERSON.col())).toArray(Column[]::new);
    Column roles = array(role(INNER, FIRST_PART), role(SECOND, SECOND_PART), role(OUTER, UNION));
    Column union = PLACE.col().equalTo(UNION);
    Column erased = sum(when(not(living()), when(union, -1L).otherwise(1L)));
    return triples(pairs, parts(pairs, sizes(living, changed)))
        .withColumn(ROLE.name(), explode(roles))
        .withColumn(SEGMENT.name(), SEGMENT.in(ROLE))
        .join(persons, names(SEGMENT, CELL)) // n:m, all persons of three segments
        .groupBy(person)
        .agg(PLACE.as(sum(PLACE.in(ROLE))))
        .filter(not(PLACE.col().isin(UNION + FIRST_PART, UNION + SECOND_PART)))
        .groupBy(triple)
        .agg(NUMBER.as(count(when(living(), 1)).plus(abs(coalesce(erased, lit(0L))))))
        .filter(NUMBER.col().between(1, k - 1));
  }

  private static Column living() {
    return length(PERSON.col()).equalTo(Cells.KEY_BYTES);
  }

  private static Column role(Field segment, int place) {
    return struct(SEGMENT.as(segment.col()), PLACE.as(lit(place)));
  }

  /** One row per cell and segment. */
  private static Dataset<Row> sizes(Dataset<Row> persons, Dataset<Row> changed) {
    Dataset<Row> marks =
        changed.select(SEGMENT.col(), CELL.col()).distinct().withColumn(CHANGED.name(), lit(true));
    return persons
        .groupBy(SEGMENT.col(), CELL.col())
        .agg(NUMBER.as(count(lit(1))))
        .join(marks, names(SEGMENT, CELL), "left") // 1:1
        .withColumn(CHANGED.name(), coalesce(CHANGED.col(), lit(false)));
  }

  /** How many persons two segments of a cell have in common, where there are any. */
  private static Dataset<Row> pairs(Dataset<Row> persons) {
    return persons
        .groupBy(CELL.col(), PERSON.col())
        .agg(IN.as(sort_array(collect_set(SEGMENT.col()))))
        .groupBy(CELL.col(), IN.col())
        .agg(NUMBER.as(count(lit(1))))
        .withColumn(INNER.name(), explode(IN.col()))
        .withColumn(OUTER.name(), explode(IN.col()))
        .filter(INNER.col().notEqual(OUTER.col()))
        .groupBy(CELL.col(), INNER.col(), OUTER.col())
        .agg(BOTH.as(sum(NUMBER.col())));
  }

  /** Segments nearly within another, and how many of that one are in them and beside them. */
  private Dataset<Row> parts(Dataset<Row> pairs, Dataset<Row> sizes) {
    return pairs
        .join(sizes.withColumnRenamed(SEGMENT.name(), INNER.name()), names(CELL, INNER)) // n:1
        .filter(NUMBER.col().minus(BOTH.col()).lt(k))
        .select(CELL.col(), INNER.col(), OUTER.col(), BOTH.col(), CHANGES.as(CHANGED.col()))
        .join(sizes.withColumnRenamed(SEGMENT.name(), OUTER.name()), names(CELL, OUTER)) // n:1
        .select(
            CELL.col(),
            INNER.col(),
            OUTER.col(),
            BOTH.col(),
            BESIDE.as(NUMBER.col().minus(BOTH.col())),
            CHANGES.as(CHANGES.col().or(CHANGED.col())));
  }

  /** Two parts that are nearly apart, and what is nearly their union; one of them is changed. */
  private Dataset<Row> triples(Dataset<Row> pairs, Dataset<Row> parts) {
    Column step = floor(BESIDE.col().divide(k));
    Dataset<Row> first =
        parts.select(
            CELL.col(),
            OUTER.col(),
            INNER.col(),
            BESIDE.col(),
            CHANGES.col(),
            STEP.as(explode(sequence(step.minus(1), step.plus(1)))));
    Dataset<Row> second =
        parts.select(
            CELL.col(),
            OUTER.col(),
            SECOND.as(INNER.col()),
            BOTH.col(),
            CHANGED.as(CHANGES.col()),
            STEP.as(floor(BOTH.col().divide(k))));
    Dataset<Row> crossing =
        pairs.filter(BOTH.col().geq(k)).select(CELL.col(), INNER.col(), SECOND.as(OUTER.col()));
    return first
        .join(second, names(CELL, OUTER, STEP)) // n:m, parts that may have the rest of it
        .filter(INNER.col().lt(SECOND.col()).and(CHANGES.col().or(CHANGED.col())))
        .filter(abs(BESIDE.col().minus(BOTH.col())).lt(k))
        .select(CELL.col(), INNER.col(), SECOND.col(), OUTER.col())
        .join(crossing, names(CELL, INNER, SECOND), "left_anti"); // n:1
  }
}
