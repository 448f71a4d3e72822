package com.segumento.segment;

import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Transformation;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All segments in one pass: takes one row per person with the columns the rules read, gives {@link
 * Persons#PERSON_KEY} and {@link Memberships#SEGMENTS}, one row per person, of none too. A rule
 * that is null is not met.
 *
 * @param segments each after those it reads
 * @param codes of the segments
 */
record MatchSegments(List<SegmentDefinition> segments, List<Integer> codes)
    implements Transformation {
  MatchSegments {
    segments = List.copyOf(segments);
    codes = List.copyOf(codes);
  }

  @Override
  public Dataset<Row> apply(Dataset<Row> persons) {
    return persons.select(
        Persons.PERSON_KEY.col(),
        Memberships.SEGMENTS.as(MatchedPositions.of(persons, segments, codes)));
  }
}
