package com.segumento.segment;

import com.segumento.model.Field;
import com.segumento.model.Transformation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Adds to one row per person whether it is a member of some segments, a column {@link #in} each.
 *
 * @param segments in their order, all that {@code wanted} read among them
 */
record MarkSegments(List<SegmentDefinition> segments, Collection<String> wanted)
    implements Transformation {
  private static final Field FOUND =
      Field.required("#found", new ArrayType(DataTypes.IntegerType, false));

  MarkSegments {
    segments = List.copyOf(segments);
    wanted = List.copyOf(wanted);
  }

  /** Whether a person is a member of a segment. */
  static Field in(String segment) {
    return Field.required("#in " + segment, DataTypes.BooleanType);
  }

  @Override
  public Dataset<Row> apply(Dataset<Row> persons) {
    List<String> ids = segments.stream().map(SegmentDefinition::id).toList();
    List<Column> columns = new ArrayList<>(List.of(functions.col("*")));
    for (String id : wanted) {
      Column position = functions.lit(ids.indexOf(id) + 1);
      columns.add(in(id).as(functions.array_contains(FOUND.col(), position)));
    }
    return persons
        .withColumn(FOUND.name(), MatchedPositions.of(persons, segments))
        .select(columns.toArray(Column[]::new))
        .drop(FOUND.name());
  }
}
