package com.segumento.segment;

import com.segumento.config.Segments;
import com.segumento.config.Segments.Segment;
import com.segumento.model.Field;
import com.segumento.segment.learned.Lookalike;
import com.segumento.segment.order.Part;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** {@code lookalike}: those most similar to the members of another segment, and not in it. */
final class LookalikeRule implements RuleResolver {
  @Override
  public boolean takes(Segment segment) {
    return segment.lookalike() != null;
  }

  @Override
  public Optional<Rule> resolve(Segment segment, Resolution resolution, List<String> problems) {
    Segments.Lookalike lookalike = segment.lookalike();
    boolean fine =
        Figures.numeric(lookalike.features(), "lookalike.features", resolution.scope(), problems);
    fine &= resolution.knows(lookalike.seed(), "lookalike.seed", problems);
    return fine ? Optional.of(rule(segment.id(), lookalike)) : Optional.empty();
  }

  private static Rule rule(String id, Segments.Lookalike lookalike) {
    Likeness likeness =
        new Likeness(
            id,
            Field.optional("#alike " + id, DataTypes.BooleanType),
            lookalike.seed(),
            Part.of(lookalike.size()),
            lookalike.features());
    return new Rule(
        likeness.canonical(),
        SqlExpression.condition(ExpressionUtils.expression(likeness.column().col())),
        List.of(),
        Optional.of(likeness));
  }

  /** Whether a person is among the most similar. */
  private record Likeness(String id, Field column, String seed, Part size, List<String> features)
      implements Survey {
    /**
     * Of a seed that is too small to learn from: the other segments of the night need not suffer.
     */
    private static final Surveyed NOBODY =
        new Surveyed(
            List.of(),
            answers -> functions.lit(false),
            report -> report.count("lookalikes_of_too_few", 1));

    String canonical() {
      return String.join("|", "lookalike", seed, size.canonical(), String.join("|", features));
    }

    @Override
    public Set<String> columns() {
      return Set.copyOf(features);
    }

    @Override
    public Set<String> segments() {
      return Set.of(seed);
    }

    @Override
    public Surveyed survey(Dataset<Row> persons, int k) {
      return Lookalike.learn(id, features, MarkSegments.in(seed).col(), persons, k)
          .map(
              alike ->
                  new Surveyed(
                      List.of(alike.mostSimilar(size, persons, persons.count())),
                      answers -> answers.get(0),
                      alike::report))
          .orElse(NOBODY);
    }
  }
}
