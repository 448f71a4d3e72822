package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
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
 * Finds new sets that may not be published beside two others in cells of the same labels: where a
 * set is nearly the union of two parts that are nearly apart, whoever subtracts it from the sum of
 * the parts learns of 1 to k-1 persons, those who are in one of the three only, or in both parts.
 * Sets of three segments are compared, each of them with the set that is new tonight and with the
 * one that stood there, and at least one is new.
 *
 * <p>Where these persons are fewer than k, then so are those of a part who are not in the union,
 * those who are in both parts, and the difference between what the union has and what the parts
 * have in common with it, added up. The numbers of persons in two sets at once say of which three
 * sets all this is true, and only these are looked at person by person.
 *
 * <p>Of who was erased it is known in how many sets of a segment, but not in which of two: they are
 * taken for the same as far as there are as many. Else one erasure would part everybody from those
 * who are and are not in a segment, and none of these could change.
 *
 * @param k that three sets must tell of where they tell of anybody
 */
record StandingUnions(int k) {
  private static final Field NEW = Field.required("new", DataTypes.BooleanType);
  private static final Field SET = Field.required("set", Field.schema(SEGMENT, NEW));
  private static final Field SETS = Field.required("sets", new ArrayType(SET.type(), false));
  private static final Field PART = Field.required("part", SET.type());
  private static final Field OTHER = Field.required("other part", SET.type());
  private static final Field WHOLE = Field.required("union", SET.type());
  private static final Field PERSONS = Field.required("persons", DataTypes.LongType);
  private static final Field COMMON = Field.required("common", DataTypes.LongType);
  private static final Field SIZE = Field.required("size", DataTypes.LongType);
  private static final Field REST = Field.required("rest", DataTypes.LongType);
  private static final Field BUCKET = Field.required("bucket", DataTypes.LongType);
  private static final Field WEIGHT = Field.required("weight", DataTypes.LongType);
  private static final Field KNOWN = Field.optional("known", PERSON.type());
  private static final Field TERM = Field.required("term", Field.schema(SET, WEIGHT));

  /**
   * Segments and cells of new sets that give way, some more than once: of each three the new one of
   * the last segment, every night.
   *
   * @param changed segment, cell and person of the sets that are new tonight
   * @param memory what is remembered of cells of the same labels, of any segment
   */
  Dataset<Row> of(Dataset<Row> changed, Dataset<Row> memory) {
    Dataset<Row> cells = changed.select(CELL.col()).distinct();
    Dataset<Row> standing =
        RememberedCells.standing(memory.join(cells, names(CELL), "left_semi")); // n:1
    Dataset<Row> persons = sets(changed, true).unionByName(sets(standing, false));
    Dataset<Row> groups = groups(persons);
    Dataset<Row> common = common(groups);
    Dataset<Row> last = telling(candidates(within(common, sizes(groups)), common), persons);
    return last.select(
        SEGMENT.as(greatest(newSegment(PART), newSegment(OTHER), newSegment(WHOLE))), CELL.col());
  }

  private static Dataset<Row> sets(Dataset<Row> persons, boolean isNew) {
    return persons.select(
        CELL.col(), PERSON.col(), SET.as(struct(SEGMENT.col(), NEW.as(lit(isNew)))));
  }

  /** A set's segment where the set is new. */
  private static Column newSegment(Field set) {
    return when(NEW.in(set), SEGMENT.in(set));
  }

  /** How many persons are in the same sets of a cell: far fewer rows than there are persons. */
  private static Dataset<Row> groups(Dataset<Row> persons) {
    return persons
        .filter(known())
        .groupBy(CELL.col(), PERSON.col())
        .agg(SETS.as(sort_array(collect_list(SET.col()))))
        .groupBy(CELL.col(), SETS.col())
        .agg(PERSONS.as(count(lit(1))));
  }

  private static Dataset<Row> sizes(Dataset<Row> groups) {
    return groups
        .withColumn(SET.name(), explode(SETS.col()))
        .groupBy(CELL.col(), SET.col())
        .agg(SIZE.as(sum(PERSONS.col())));
  }

  /** How many persons are in two sets of a cell, of different segments; both ways round. */
  private static Dataset<Row> common(Dataset<Row> groups) {
    return groups
        .withColumn(PART.name(), explode(SETS.col()))
        .withColumn(OTHER.name(), explode(SETS.col()))
        .filter(SEGMENT.in(PART).notEqual(SEGMENT.in(OTHER)))
        .groupBy(CELL.col(), PART.col(), OTHER.col())
        .agg(COMMON.as(sum(PERSONS.col())));
  }

  /** Parts of which fewer than k persons are not in the union, and how many are in that beside. */
  private Dataset<Row> within(Dataset<Row> common, Dataset<Row> sizes) {
    return common
        .withColumnRenamed(OTHER.name(), WHOLE.name())
        .join(sizes.withColumnRenamed(SET.name(), PART.name()), names(CELL, PART)) // n:1
        .filter(SIZE.col().minus(COMMON.col()).lt(k))
        .drop(SIZE.name())
        .join(sizes.withColumnRenamed(SET.name(), WHOLE.name()), names(CELL, WHOLE)) // n:1
        .withColumn(REST.name(), SIZE.col().minus(COMMON.col()));
  }

  /** Two parts and a union each that may tell of fewer than k persons, by their numbers. */
  private Dataset<Row> candidates(Dataset<Row> within, Dataset<Row> common) {
    Column bucket = bucket(REST);
    Dataset<Row> parts =
        within.select(
            CELL.col(),
            WHOLE.col(),
            PART.col(),
            REST.col(),
            BUCKET.as(explode(array(bucket.minus(1), bucket, bucket.plus(1)))));
    Dataset<Row> others =
        within.select(
            CELL.col(), WHOLE.col(), OTHER.as(PART.col()), COMMON.col(), BUCKET.as(bucket(COMMON)));
    Dataset<Row> overlapping = common.filter(COMMON.col().geq(k));
    return parts
        .join(others, names(CELL, WHOLE, BUCKET)) // n:m, parts that may fill up the union
        .filter(abs(REST.col().minus(COMMON.col())).lt(k))
        .filter(SEGMENT.in(PART).lt(SEGMENT.in(OTHER)))
        .filter(NEW.in(PART).or(NEW.in(OTHER)).or(NEW.in(WHOLE)))
        .select(CELL.col(), PART.col(), OTHER.col(), WHOLE.col())
        .join(overlapping, names(CELL, PART, OTHER), "left_anti"); // n:1
  }

  /** Numbers that are less than k apart are in the same bucket, or in the next. */
  private Column bucket(Field number) {
    return floor(number.col().divide(k));
  }

  /** Those of them that do. */
  private Dataset<Row> telling(Dataset<Row> candidates, Dataset<Row> persons) {
    Column terms = array(term(PART, 1), term(OTHER, 1), term(WHOLE, -1));
    Column[] triple = {CELL.col(), PART.col(), OTHER.col(), WHOLE.col()};
    Column[] person =
        Stream.concat(Stream.of(triple), Stream.of(KNOWN.col())).toArray(Column[]::new);
    Column told = when(KNOWN.col().isNull(), abs(WEIGHT.col())).otherwise(1);
    return candidates
        .withColumn(TERM.name(), explode(terms))
        .withColumn(SET.name(), SET.in(TERM))
        .join(persons, names(CELL, SET)) // n:m, the persons of three sets
        .withColumn(KNOWN.name(), when(known(), PERSON.col()))
        .groupBy(person)
        .agg(WEIGHT.as(sum(WEIGHT.in(TERM))))
        .filter(WEIGHT.col().notEqual(0))
        .groupBy(triple)
        .agg(PERSONS.as(sum(told)))
        .filter(PERSONS.col().lt(k));
  }

  private static Column known() {
    return octet_length(PERSON.col()).equalTo(Cells.KEY_BYTES);
  }

  private static Column term(Field set, long weight) {
    return struct(SET.as(set.col()), WEIGHT.as(lit(weight)));
  }

  private static String[] names(Field... fields) {
    return Stream.of(fields).map(Field::name).toArray(String[]::new);
  }
}
