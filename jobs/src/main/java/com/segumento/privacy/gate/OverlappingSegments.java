package com.segumento.privacy.gate;

import com.segumento.model.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The segments of a cell, with how many persons are in two of them. Of a cell of two segments and
 * one of a third that nearly holds both, the numbers say how many are in both parts, or in one of
 * the three only; those are to be none, or k at least. Everybody else is in the third and in one
 * part.
 *
 * <p>How many are in all three is not counted, only how many there have to be, and of who was
 * erased, who has another name in each segment, as many as there are in the third and in the parts
 * are taken to be the same: it is not certain, then, that all that is found tells of few, but what
 * does is found.
 */
final class OverlappingSegments {
  private final String cell;
  private final int k;
  private final Map<String, Members> segments = new TreeMap<>();
  private final List<Members> ofPerson = new ArrayList<>();
  private byte[] person = {};

  /** A segment's persons in the cell. */
  private static final class Members {
    final String segment;
    final int number;
    boolean changed;
    long[] common = {};
    long living;
    long erased;

    Members(String segment, int number) {
      this.segment = segment;
      this.number = number;
    }

    void meet(Members other) {
      if (other.number >= common.length) {
        common = Arrays.copyOf(common, 2 * other.number + 1);
      }
      common[other.number]++;
    }

    long in(Members other) {
      return other.number < common.length ? common[other.number] : 0;
    }

    long beside(Members other) {
      return living - in(other);
    }
  }

  OverlappingSegments(String cell, int k) {
    this.cell = cell;
    this.k = k;
  }

  String cell() {
    return cell;
  }

  private Members members(String segment) {
    return segments.computeIfAbsent(segment, name -> new Members(name, segments.size()));
  }

  /** The release has changed the cell of this segment. */
  void change(String segment) {
    members(segment).changed = true;
  }

  /** One more of a segment. All segments of a person come one after the other. */
  void read(byte[] key, String segment) {
    Members members = members(segment);
    if (key.length != Cells.KEY_BYTES) {
      members.erased++;
      return;
    }
    if (!Arrays.equals(key, person)) {
      ofPerson.clear();
      person = key;
    }
    for (Members other : ofPerson) {
      members.meet(other);
      other.meet(members);
    }
    ofPerson.add(members);
    members.living++;
  }

  /** All three that may tell of few and of which one is changed, as {@link PublishedUnions}. */
  List<Row> telling() {
    List<Row> found = new ArrayList<>();
    for (Members outer : segments.values()) {
      List<Members> parts =
          segments.values().stream()
              .filter(part -> part != outer && part.beside(outer) < k)
              .toList();
      // One part has as many of it as the other has not, but for fewer than k: then these numbers
      // are in the same step of k or in the next.
      Map<Long, List<Members>> steps = new HashMap<>();
      parts.forEach(
          part -> steps.computeIfAbsent(part.in(outer) / k, none -> new ArrayList<>()).add(part));
      for (Members inner : parts) {
        long step = outer.beside(inner) / k;
        LongStream.rangeClosed(step - 1, step + 1)
            .mapToObj(near -> steps.getOrDefault(near, List.of()))
            .flatMap(List::stream)
            .filter(second -> inner.segment.compareTo(second.segment) < 0)
            .filter(second -> inner.changed || second.changed || outer.changed)
            .filter(second -> few(inner, second, outer))
            .map(second -> RowFactory.create(cell, inner.segment, second.segment, outer.segment))
            .forEach(found::add);
      }
    }
    return found;
  }

  private boolean few(Members inner, Members second, Members outer) {
    long both = inner.in(second);
    long ofInner = inner.beside(outer);
    long ofSecond = second.beside(outer);
    long rest = outer.beside(inner) - second.in(outer);
    long inAll = Math.max(Math.max(0, -rest), Math.max(both - ofInner, both - ofSecond));
    long erased = Math.abs(inner.erased + second.erased - outer.erased);
    long told = ofInner + ofSecond + rest - both + 3 * inAll + erased;
    return told > 0 && told < k;
  }
}
