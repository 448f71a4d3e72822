package com.segumento.segment;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is in which segment by the meaning of the rules alone, one person at a time, in plain Java.
 *
 * @param kinds rule of each segment
 * @param waterfalls segments in order of priority
 */
record NaiveAlgebra(Map<String, Kind> kinds, Map<String, List<String>> waterfalls) {
  /** A rule, and how it is written. */
  sealed interface Kind {
    String yaml();
  }

  /** A person. */
  record Person(int id, Integer age, String gender) {
    byte[] key() {
      return new byte[] {(byte) id, 7};
    }
  }

  /** Three-valued condition over a person and its segments. */
  @FunctionalInterface
  interface Condition {
    Boolean holds(Person person, Set<String> in);
  }

  record Where(String text, Condition condition) implements Kind {
    @Override
    public String yaml() {
      return "where: \"" + text + "\"";
    }
  }

  record Lists(List<String> include, List<String> exclude) implements Kind {
    @Override
    public String yaml() {
      return (include.isEmpty() ? "" : "include: " + include)
          + (include.isEmpty() || exclude.isEmpty() ? "" : ", ")
          + (exclude.isEmpty() ? "" : "exclude: " + exclude);
    }
  }

  record Split(String of, String share, String after, String salt) implements Kind {
    @Override
    public String yaml() {
      return "split: {of: %s, share: %s%%, after: %s%%, salt: %s}"
          .formatted(of, share, after, salt);
    }
  }

  /** The segments of a person. */
  Set<String> segments(Person person) {
    Map<String, Boolean> known = new HashMap<>();
    Set<String> in = new TreeSet<>();
    kinds.keySet().stream().filter(id -> member(id, person, known)).forEach(in::add);
    return in;
  }

  String yaml() {
    StringBuilder yaml = new StringBuilder("segments:\n");
    kinds.forEach((id, kind) -> yaml.append("- {id: %s, %s}\n".formatted(id, kind.yaml())));
    yaml.append("waterfalls:\n");
    waterfalls.forEach((name, ids) -> yaml.append("  %s: %s\n".formatted(name, ids)));
    return yaml.toString();
  }

  private boolean member(String id, Person person, Map<String, Boolean> known) {
    Boolean before = known.get(id);
    if (before == null) {
      before =
          meets(id, person, known) && higher(id).stream().noneMatch(o -> member(o, person, known));
      known.put(id, before);
    }
    return before;
  }

  private List<String> higher(String id) {
    return waterfalls.values().stream()
        .filter(members -> members.contains(id))
        .findFirst()
        .map(members -> members.subList(0, members.indexOf(id)))
        .orElse(List.of());
  }

  private boolean meets(String id, Person person, Map<String, Boolean> known) {
    Kind kind = kinds.get(id);
    if (kind instanceof Lists lists) {
      return (lists.include().isEmpty()
              || lists.include().stream().anyMatch(other -> member(other, person, known)))
          && lists.exclude().stream().noneMatch(other -> member(other, person, known));
    }
    if (kind instanceof Split split) {
      BigDecimal number = number(person.key(), split.salt());
      BigDecimal from = percent(split.after());
      return member(split.of(), person, known)
          && number.compareTo(from) >= 0
          && number.compareTo(from.add(percent(split.share()))) < 0;
    }
    Where where = (Where) kind;
    Set<String> in = new TreeSet<>();
    for (String other : kinds.keySet()) {
      if (where.text().contains("'" + other + "'") && member(other, person, known)) {
        in.add(other);
      }
    }
    return Boolean.TRUE.equals(where.condition().holds(person, in));
  }

  private static BigDecimal percent(String text) {
    return new BigDecimal(text).movePointLeft(2);
  }

  /** The first 52 bits of the hash, as a part of all there are. */
  private static BigDecimal number(byte[] key, String salt) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(key);
      byte[] hash = sha256.digest(salt.getBytes(StandardCharsets.UTF_8));
      long bits = 0;
      for (int i = 0; i < 7; i++) {
        bits = bits << 8 | Byte.toUnsignedLong(hash[i]);
      }
      return BigDecimal.valueOf(bits >>> 4).divide(BigDecimal.valueOf(1L << 52));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
