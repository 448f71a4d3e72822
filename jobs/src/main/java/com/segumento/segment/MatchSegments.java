package com.segumento.segment;

import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Transformation;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * All segments in one pass: takes one row per person with the columns the rules read, gives {@link
 * Memberships#SCHEMA}, one row per segment and member. A rule that is null is not met.
 *
 * @param segments at least one
 */
record MatchSegments(List<SegmentDefinition> segments, LocalDate date) implements Transformation {
  private static final Field MATCHED = Field.optional("#matched", DataTypes.StringType);
  private static final String SEPARATOR = ",";

  MatchSegments {
    segments = List.copyOf(segments);
  }

  // A person's segments travel as the list of their positions: concat_ws skips what is null,
  // compiles to code in pieces of any number, and the work after it grows with the memberships,
  // not with persons times segments.
  @Override
  public Dataset<Row> apply(Dataset<Row> persons) {
    Column[] positions =
        IntStream.range(0, segments.size()).mapToObj(this::position).toArray(Column[]::new);
    return persons
        .select(Persons.PERSON_KEY.col(), MATCHED.as(functions.concat_ws(SEPARATOR, positions)))
        .filter(MATCHED.col().notEqual(""))
        .select(
            Persons.PERSON_KEY.col(),
            MATCHED.as(functions.explode(functions.split(MATCHED.col(), SEPARATOR))))
        .select(
            Memberships.BUSINESS_DATE.as(functions.lit(date)),
            Memberships.SEGMENT_ID.as(named(SegmentDefinition::id)),
            Memberships.DEFINITION_HASH.as(named(SegmentDefinition::hash)),
            Persons.PERSON_KEY.col());
  }

  private Column position(int index) {
    return functions.when(
        segments.get(index).rule().value(), functions.lit(Integer.toString(index + 1)));
  }

  private Column named(Function<SegmentDefinition, String> property) {
    Column[] values = segments.stream().map(property).map(functions::lit).toArray(Column[]::new);
    return functions.element_at(functions.array(values), MATCHED.col().cast(DataTypes.IntegerType));
  }
}
