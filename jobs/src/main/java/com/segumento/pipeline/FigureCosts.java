package com.segumento.pipeline;

import com.segumento.config.Segments;
import com.segumento.segment.Sensitivity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What figures count as. What one tells of a person grows with the square of how many persons that
 * one may bring into the set or take out of it: {@link Sensitivity}. Where these are too many
 * nothing is told. A function of what is asked alone.
 *
 * @param definitions of all segments that are told of
 */
record FigureCosts(Segments definitions) {
  private static final long MOST = 5;

  /** The client's own, those asked for, and the steps of these. */
  static FigureCosts of(Question question, Stream<Segments.Segment> steps) {
    List<Segments.Segment> all = new ArrayList<>(question.definitions().segments());
    steps.forEach(all::add);
    return new FigureCosts(
        new Segments(question.definitions().traits(), all, question.definitions().waterfalls()));
  }

  /** As how many figures one counts of those who are in all these segments; 0 for not told. */
  long of(String... segments) {
    long persons = 1;
    for (String segment : segments) {
      long more = Sensitivity.of(definitions, segment);
      if (more > MOST) {
        return 0;
      }
      persons *= more;
    }
    return persons > MOST ? 0 : persons * persons;
  }

  long sum(Collection<String> segments) {
    return segments.stream().mapToLong(this::of).sum();
  }
}
