package com.segumento.segment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Where {@link MatchedPositions} keeps whether a row is a member of a segment: in flags behind the
 * columns of the row, first one a segment and then one a waterfall.
 *
 * @param waterfall the flag, behind those of the segments, of whether the row is in a segment of
 *     the same waterfall already; none where it is negative
 */
record SettledPlace(String segment, int waterfall) implements Serializable {

  static List<SettledPlace> of(List<SegmentDefinition> segments) {
    Map<String, Integer> waterfalls = new HashMap<>();
    List<SettledPlace> places = new ArrayList<>();
    for (SegmentDefinition segment : segments) {
      int waterfall =
          segment
              .waterfall()
              .map(name -> waterfalls.computeIfAbsent(name, key -> waterfalls.size()))
              .orElse(-1);
      places.add(new SettledPlace(segment.id(), waterfall));
    }
    return List.copyOf(places);
  }

  /** How many flags there are. */
  static int flags(List<SettledPlace> places) {
    return places.size() + 1 + places.stream().mapToInt(SettledPlace::waterfall).max().orElse(-1);
  }

  /**
   * The condition of this segment, which keeps what it comes to.
   *
   * @param flags the place of the first flag in the row
   */
  Settled settle(Expression condition, int flags, Map<String, Integer> order) {
    return new Settled(
        reading(condition, flags, order),
        flags + order.get(segment),
        waterfall < 0 ? -1 : flags + order.size() + waterfall);
  }

  /** The positions of the segments, from 0. */
  static Map<String, Integer> order(List<SettledPlace> places) {
    Map<String, Integer> order = new LinkedHashMap<>();
    places.forEach(place -> order.put(place.segment(), order.size()));
    return order;
  }

  private static Expression reading(Expression tree, int flags, Map<String, Integer> order) {
    if (tree instanceof InSegment asked) {
      return new SettledFlag(flags + order.get(asked.id()));
    }
    List<Expression> children =
        CollectionConverters.asJava(tree.children()).stream()
            .map(child -> reading(child, flags, order))
            .toList();
    return children.isEmpty()
        ? tree
        : tree.withNewChildren(CollectionConverters.asScala(children).toIndexedSeq());
  }
}
