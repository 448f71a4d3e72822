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
            (cells, all) ->
                rows(all).forEach((place, in) -> lines.add(cells + "," + place + figures(in))));
    return lines.stream().sorted().toList();
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

  private String figures(List<Member> in) {
    List<Long> shares =
        in.stream()
            .filter(member -> member.spend() != null)
            .map(member -> Math.min(member.spend(), 1000L))
            .sorted()
            .toList();
    long sum = shares.stream().mapToLong(Long::longValue).sum();
    boolean safe = shares.size() >= k;
    if (safe) {
      long largest = shares.get(shares.size() - 1);
      long rest = sum - largest - (shares.size() > 1 ? shares.get(shares.size() - 2) : 0);
      safe = rest * 100.0 >= largest * dominance;
    }
    return "," + in.size() + "," + (safe ? sum + ".00" : "");
  }
}
