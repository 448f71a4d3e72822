package com.segumento.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Cells with what is left of places, worked out person by person. */
record NaiveRollUp(int level, int k, int distinct, double dominance) {
  private static final int COUNTRY = 4;
  private static final long MOST = 1000;

  /**
   * A member of a segment.
   *
   * @param places from pincode to country, null where not known
   */
  record Member(String segment, String gender, String income, Integer spend, List<String> places) {
    String label(int level) {
      String name = places.get(level);
      if (level == 1 && name != null) {
        name = places.get(2) == null ? null : name + ", " + places.get(2);
      }
      return name == null ? null : name.startsWith("other in ") ? "\\" + name : name;
    }
  }

  /** Lines of the release, sorted: segment, gender, place, customers, spend. */
  List<String> lines(Collection<Member> members) {
    List<String> lines = new ArrayList<>();
    grouped(members, member -> member.segment() + "," + member.gender())
        .forEach(
            (cells, all) -> {
              Map<String, List<Member>> rows = rows(all);
              boolean othersTell =
                  rows.entrySet().stream()
                      .anyMatch(row -> isLeft(row.getKey()) && tellsOfFew(row.getValue()));
              rows.forEach(
                  (place, in) ->
                      lines.add(
                          cells
                              + ","
                              + place
                              + figures(in, isLeft(place) ? othersTell : tellsOfFew(in))));
            });
    return lines.stream().sorted().toList();
  }

  /** All of what is left of places waits where one row of it does. */
  private static boolean isLeft(String place) {
    return place.startsWith("other in ");
  }

  private Map<String, List<Member>> rows(List<Member> all) {
    Map<String, List<Member>> rows = new TreeMap<>();
    List<Member> left = new ArrayList<>(all);
    publish(left, rows, member -> member.label(level) == null ? "unknown" : member.label(level));
    for (int above = level + 1; above <= COUNTRY; above++) {
      int at = above;
      publish(left, rows, m -> m.label(at) == null ? null : "other in " + m.label(at));
    }
    return rows;
  }

  private void publish(
      List<Member> left, Map<String, List<Member>> rows, Function<Member, String> name) {
    List<Member> named = left.stream().filter(member -> name.apply(member) != null).toList();
    grouped(named, name)
        .forEach(
            (label, members) -> {
              boolean diverse = members.stream().map(Member::income).distinct().count() >= distinct;
              if ((members.size() >= k && diverse) || rows.containsKey(label)) {
                rows.computeIfAbsent(label, none -> new ArrayList<>()).addAll(members);
                left.removeAll(new HashSet<>(members));
              }
            });
  }

  private static Map<String, List<Member>> grouped(
      Collection<Member> members, Function<Member, String> by) {
    return members.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.toList()));
  }

  private static List<Long> shares(List<Member> in) {
    return in.stream()
        .map(member -> member.spend() == null ? 0 : Math.min(member.spend(), MOST))
        .sorted()
        .toList();
  }

  private String figures(List<Member> in, boolean held) {
    List<Long> shares = shares(in);
    long sum = shares.stream().mapToLong(Long::longValue).sum();
    return "," + in.size() + "," + (isSafe(shares) && !held ? sum + ".00" : "");
  }

  private boolean isSafe(List<Long> shares) {
    long largest = shares.get(shares.size() - 1);
    long rest = shares.stream().limit(shares.size() - 2L).mapToLong(Long::longValue).sum();
    return shares.stream().filter(share -> share > 0).count() >= k
        && rest * 100.0 >= largest * dominance;
  }

  /**
   * Whether a sum does beside the number of persons, times what nearly all spend, or the most one
   * can.
   */
  private boolean tellsOfFew(List<Member> in) {
    List<Long> shares = shares(in);
    if (!isSafe(shares)) {
      return false; // what is withheld anyway tells nothing
    }
    for (long each : new HashSet<>(shares)) {
      long same = shares.stream().filter(share -> share == each).count();
      long others = shares.size() - same;
      if (each > 0 && others > 0 && others < k && (each == MOST || same >= k)) {
        return true;
      }
    }
    List<Long> left = shares.stream().map(share -> MOST - share).sorted().toList();
    long largest = left.get(left.size() - 1);
    long rest = left.stream().limit(left.size() - 2L).mapToLong(Long::longValue).sum();
    return largest > 0 && rest * 100.0 < largest * dominance;
  }
}
