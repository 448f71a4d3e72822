package com.segumento.segment;

import com.segumento.config.Segments.Rank;
import com.segumento.config.Segments.Segment;
import com.segumento.model.Field;
import com.segumento.segment.order.Cutting;
import com.segumento.segment.order.Part;
import com.segumento.segment.order.PersonOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** {@code rank}: the highest or lowest of everyone, or of another segment, by a figure. */
final class RankRule implements RuleResolver {
  @Override
  public boolean takes(Segment segment) {
    return segment.rank() != null;
  }

  @Override
  public Optional<Rule> resolve(Segment segment, Resolution resolution, List<String> problems) {
    Rank rank = segment.rank();
    boolean fine = Figures.numeric(List.of(rank.by()), "rank.by", resolution.scope(), problems);
    if (rank.among() != null) {
      fine &= resolution.knows(rank.among(), "rank.among", problems);
    }
    return fine ? Optional.of(rule(segment.id(), rank)) : Optional.empty();
  }

  private static Rule rule(String id, Rank rank) {
    boolean top = rank.top() != null;
    Place place =
        new Place(
            Field.optional("#rank " + id, DataTypes.BooleanType),
            rank.by(),
            Optional.ofNullable(rank.among()),
            top,
            Part.of(top ? rank.top() : rank.bottom()));
    return new Rule(
        place.canonical(),
        SqlExpression.condition(ExpressionUtils.expression(place.column().col())),
        List.of(),
        Optional.of(place));
  }

  /** Whether a person is in that part of the order. */
  private record Place(Field column, String by, Optional<String> among, boolean top, Part part)
      implements Survey {

    String canonical() {
      return String.join("|", order(), top ? "top" : "bottom", part.canonical());
    }

    // The same for all parts of an order, so that top and bottom never share a person by ties.
    private String order() {
      return String.join("|", "rank", by, among.orElse(""));
    }

    @Override
    public Set<String> columns() {
      return Set.of(by);
    }

    @Override
    public Set<String> segments() {
      return among.map(Set::of).orElse(Set.of());
    }

    @Override
    public Surveyed survey(Dataset<Row> persons, int k) {
      Column value =
          among
              .map(id -> functions.when(MarkSegments.in(id).col(), Figures.column(by)))
              .orElse(Figures.column(by));
      PersonOrder order = PersonOrder.of(order(), value, persons);
      return Surveyed.of(top ? new Cutting.Top(order, part) : new Cutting.Bottom(order, part));
    }
  }
}
