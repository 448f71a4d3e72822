package com.segumento.privacy.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Three sums or more of one segment and cell of which the release has changed one, added up and
 * subtracted in all ways, as they are now and as they were before the release: what is left must be
 * nobody's, or that of k persons. A way is followed until it has k.
 */
final class CombinedFigures {
  private static final int LEAST = 3;

  /** With more of them anything new is too much. */
  private static final int MOST = 20;

  private final int k;
  private final long release;
  private final Map<String, List<ComparedFigure>> bySegment = new LinkedHashMap<>();
  private final List<Way> ways = new ArrayList<>();

  /** A figure, as it is or as it was, once or taken away. */
  private record Part(ComparedFigure figure, boolean before, int sign) {}

  private static final class Way {
    private final List<Part> parts;
    private int persons;

    Way(List<Part> parts) {
      this.parts = parts;
    }
  }

  /**
   * Of nobody yet.
   *
   * @param k fewer of whom nothing may be told
   * @param release the one that is judged
   * @param figures sums of one cell
   */
  CombinedFigures(int k, long release, Collection<ComparedFigure> figures) {
    this.k = k;
    this.release = release;
    figures.stream()
        .filter(figure -> !figure.sets().isEmpty())
        .forEach(
            figure ->
                bySegment.computeIfAbsent(figure.segment(), any -> new ArrayList<>()).add(figure));
    bySegment
        .values()
        .removeIf(
            some ->
                some.size() < LEAST
                    || some.stream().noneMatch(figure -> figure.changedWith(release)));
    for (List<ComparedFigure> some : bySegment.values()) {
      if (some.size() <= MOST) {
        extend(some, 0, List.of());
      }
    }
  }

  private void extend(List<ComparedFigure> figures, int next, List<Part> parts) {
    boolean told = parts.stream().anyMatch(part -> !part.before && changed(part.figure));
    if (parts.size() >= LEAST && told) {
      ways.add(new Way(parts));
    }
    if (parts.size() == longest(figures.size())) {
      return;
    }
    for (int i = next; i < figures.size(); i++) {
      ComparedFigure figure = figures.get(i);
      for (int sign = 1; sign >= (parts.isEmpty() ? 1 : -1); sign -= 2) {
        extend(figures, i + 1, and(parts, new Part(figure, false, sign)));
        if (changed(figure) && figure.sets().size() > 1) {
          extend(figures, i + 1, and(parts, new Part(figure, true, sign)));
        }
      }
    }
  }

  private boolean changed(ComparedFigure figure) {
    return figure.changedWith(release);
  }

  /** How many figures are put together where there are so many. */
  private static int longest(int figures) {
    return figures < 8 ? figures : figures < 9 ? 5 : figures < 11 ? 4 : LEAST;
  }

  private static List<Part> and(List<Part> parts, Part more) {
    List<Part> all = new ArrayList<>(parts);
    all.add(more);
    return all;
  }

  /** All that one adds, under one name. */
  void add(Map<ComparedFigure, Presence> adds) {
    for (Iterator<Way> open = ways.iterator(); open.hasNext(); ) {
      Way way = open.next();
      long left = 0;
      for (Part part : way.parts) {
        Presence presence = adds.get(part.figure);
        if (presence != null) {
          int set = part.figure.sets().size() - 2;
          left += part.sign * (part.before ? presence.in(set) : presence.since(-1));
        }
      }
      if (left != 0 && ++way.persons == k) {
        open.remove();
      }
    }
  }

  /** Changed figures that tell of few together with two others, or are too many. */
  List<List<ComparedFigure>> telling() {
    List<List<ComparedFigure>> told = new ArrayList<>();
    bySegment.values().stream().filter(some -> some.size() > MOST).forEach(told::add);
    ways.stream()
        .filter(way -> way.persons > 0)
        .map(way -> way.parts.stream().map(Part::figure).toList())
        .forEach(told::add);
    return told;
  }
}
