package com.segumento.segment;

import com.segumento.config.Segments;
import com.segumento.config.Segments.Rfm;
import com.segumento.config.Segments.Segment;
import com.segumento.config.Segments.Tile;
import com.segumento.config.Segments.Trait;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * By how many persons a segment differs, at most, where one person is not there or is otherwise:
 * its sensitivity (Dwork, McSherry, Nissim, Smith, 2006). Most rules look at each person alone, and
 * it is that person. In an order of all persons one who comes, goes or moves shifts others.
 */
public final class Sensitivity {
  /** Of what is learned from all persons. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private static final int SCORES = 3;

  private Sensitivity() {}

  /** The most that one person changes of a segment, itself counted; at least 1. */
  public static long of(Segments definitions, String id) {
    Segments read = ReadDefinitions.of(definitions, List.of(id), List.of());
    Stream<Long> factors =
        Stream.concat(
            read.traits().entrySet().stream().map(trait -> of(trait, read)),
            read.segments().stream().map(Sensitivity::of));
    // Each one that another has moved may move as many in what is made of it.
    return factors.reduce(1L, Sensitivity::times);
  }

  private static long of(Segment segment) {
    if (segment.lookalike() != null) {
      return UNBOUNDED;
    }
    return segment.rank() == null ? 1 : 2; // one at the end of the part
  }

  private static long of(Map.Entry<String, Trait> named, Segments read) {
    Trait trait = named.getValue();
    if (trait.cluster() != null) {
      return UNBOUNDED;
    }
    Tile tile = trait.tile();
    if (tile != null) {
      return tile.bins(); // one at each border
    }
    Rfm rfm = trait.rfm();
    if (rfm == null) {
      return 1;
    }
    int bins = rfm.bins() == null ? RfmTrait.BINS : rfm.bins();
    return 1 + (long) scores(named.getKey(), read) * (bins - 1);
  }

  /** How many of its scores are read: all of them, where it is named without one. */
  private static int scores(String name, Segments read) {
    Set<String> scores = new TreeSet<>();
    Pattern named =
        Pattern.compile(
            "\\b" + Pattern.quote(name) + "\\b(?:\\.(recency|frequency|monetary)\\b)?",
            Pattern.CASE_INSENSITIVE);
    Stream<Object> others =
        Stream.concat(
            read.segments().stream(),
            read.traits().entrySet().stream()
                .filter(trait -> !trait.getKey().equals(name))
                .map(Map.Entry::getValue));
    for (Object other : others.toList()) {
      Matcher found = named.matcher(ReadDefinitions.written(other).toString());
      while (found.find()) {
        if (found.group(1) == null) {
          return SCORES;
        }
        scores.add(found.group(1).toLowerCase(java.util.Locale.ROOT));
      }
    }
    return scores.isEmpty() ? SCORES : scores.size();
  }

  private static long times(long one, long other) {
    return one > UNBOUNDED / other ? UNBOUNDED : one * other;
  }
}
