package com.segumento.segment;

import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Transformation;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Says since when each person is in its segments: takes what {@link MatchSegments} gives, gives
 * {@link Memberships#SCHEMA}, one row per person in any.
 *
 * @param previous the memberships of the night before, of one business date; none on the first
 */
record DateEntries(LocalDate date, Optional<Dataset<Row>> previous) implements Transformation {
  private static final Field KEY = Field.required("#key before", DataTypes.BinaryType);
  private static final Field SEGMENTS =
      Field.optional("#segments before", new ArrayType(DataTypes.IntegerType, false));
  private static final Field SINCE =
      Field.optional("#since before", new ArrayType(DataTypes.DateType, false));

  @Override
  public Dataset<Row> apply(Dataset<Row> members) {
    Dataset<Row> some = members.filter(functions.size(Memberships.SEGMENTS.col()).gt(0));
    return previous
        .map(
            before ->
                some.join(earlier(before), KEY.col().equalTo(Persons.PERSON_KEY.col()), "left"))
        .orElse(some)
        .select(
            Memberships.BUSINESS_DATE.as(functions.lit(date)),
            Persons.PERSON_KEY.col(),
            Memberships.SEGMENTS.col(),
            Memberships.SINCE.as(since()));
  }

  // 1:1, a person has one row a night
  private static Dataset<Row> earlier(Dataset<Row> before) {
    return before.select(
        KEY.as(Persons.PERSON_KEY.col()),
        SEGMENTS.as(Memberships.SEGMENTS.col()),
        SINCE.as(Memberships.SINCE.col()));
  }

  private Column since() {
    return EntryDates.of(
        Memberships.SEGMENTS.col(),
        previous.isPresent() ? SEGMENTS.col() : functions.lit(null).cast(SEGMENTS.type()),
        previous.isPresent() ? SINCE.col() : functions.lit(null).cast(SINCE.type()),
        date);
  }
}
