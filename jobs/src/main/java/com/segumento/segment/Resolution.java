package com.segumento.segment;

import com.segumento.config.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What definitions are resolved against.
 *
 * @param scope the columns of a person and the ids of all segments
 */
record Resolution(ExpressionParser parser, Client client, Scope scope) {

  /** Says why {@code id} is no segment, where it is none. */
  boolean knows(String id, String place, List<String> problems) {
    Optional<String> problem = scope.noSegment(id);
    problem.ifPresent(text -> problems.add(place + ": " + text));
    return problem.isEmpty();
  }

  /** A step whose problems are told with their place. */
  static <T> Optional<T> located(
      String place, List<String> problems, Function<List<String>, Optional<T>> step) {
    List<String> found = new ArrayList<>();
    Optional<T> result = step.apply(found);
    found.forEach(problem -> problems.add(place + ": " + problem));
    return result;
  }
}
