package com.segumento.segment;

import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Transformation;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * All segments in one pass: takes one row per person with the columns the rules read, gives {@link
 * Memberships#SCHEMA}, one row per segment and member. A rule that is null is not met.
 *
 * @param segments at least one, each after those it reads
 */
record MatchSegments(List<SegmentDefinition> segments, LocalDate date) implements Transformation {
  private static final Field MATCHED = Field.required("#matched", DataTypes.IntegerType);

  MatchSegments {
    segments = List.copyOf(segments);
  }

  // A person's segments travel as the list of their positions, so that the work after it grows with
  // the memberships, not with persons times segments. Nobody's empty list explodes to nothing: a
  // filter would be pushed down and compute all rules a second time.
  @Override
  public Dataset<Row> apply(Dataset<Row> persons) {
    return persons
        .select(
            Persons.PERSON_KEY.col(), MATCHED.as(functions.explode(MatchedPositions.of(segments))))
        .select(
            Memberships.BUSINESS_DATE.as(functions.lit(date)),
            Memberships.SEGMENT_ID.as(named(SegmentDefinition::id)),
            Memberships.DEFINITION_HASH.as(named(SegmentDefinition::hash)),
            Persons.PERSON_KEY.col());
  }

  private Column named(Function<SegmentDefinition, String> property) {
    Column[] values = segments.stream().map(property).map(functions::lit).toArray(Column[]::new);
    return functions.element_at(functions.array(values), MATCHED.col());
  }
}
