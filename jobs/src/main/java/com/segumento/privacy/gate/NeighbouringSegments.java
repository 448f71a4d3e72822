package com.segumento.privacy.gate;

import com.segumento.model.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The segments of a cell, with the sets of persons each had, and how many of a set are among those
 * who are in a changed one now; counted where as many are in both but for 1 to k-1.
 *
 * <p>Who was erased has another name in each segment: as many as there are in both sets are taken
 * to be the same.
 */
final class NeighbouringSegments {
  private final String cell;
  private final int k;
  private final Map<String, Segment> segments = new TreeMap<>();
  private final List<Stay> ofPerson = new ArrayList<>();
  private byte[] person = {};

  /** A set of persons, of a release. */
  private static final class PersonSet {
    final long release;
    final long persons;
    long erased;

    PersonSet(long release, long persons) {
      this.release = release;
      this.persons = persons;
    }
  }

  /** A segment. */
  private static final class Segment {
    final String name;
    final int number;
    final List<PersonSet> sets = new ArrayList<>();
    PersonSet now = new PersonSet(0, -1);

    /** By other segment and set of it, whom they have in common with what is there now. */
    int[][] both = {};

    Segment(String name, int number) {
      this.name = name;
      this.number = number;
    }

    boolean changed() {
      return now.persons >= 0;
    }
  }

  /** In which sets of a segment a person was. */
  private static final class Stay {
    final Segment segment;
    final int[] times;
    int now;

    Stay(Segment segment) {
      this.segment = segment;
      this.times = new int[segment.sets.size()];
    }

    void add(long release, int change) {
      now += change;
      for (int i = 0; i < times.length; i++) {
        if (segment.sets.get(i).release >= release) {
          times[i] += change;
        }
      }
    }
  }

  NeighbouringSegments(String cell, int k) {
    this.cell = cell;
    this.k = k;
  }

  String cell() {
    return cell;
  }

  private Segment segment(String name) {
    return segments.computeIfAbsent(name, any -> new Segment(any, segments.size()));
  }

  /** A segment had this many from a release on. */
  void had(String segment, long release, long persons) {
    segment(segment).sets.add(new PersonSet(release, persons));
  }

  /** The release has changed the cell of a segment, and this many are in it. */
  void changed(String segment, long persons) {
    segment(segment).now = new PersonSet(0, persons);
  }

  /**
   * A person came to a segment, or left it; after all is said of sets. All a person did comes in
   * one go, and in each segment too.
   */
  void read(byte[] key, String segment, long release, int change) {
    if (!Arrays.equals(key, person)) {
      end();
      person = key;
    }
    Stay last = ofPerson.isEmpty() ? null : ofPerson.get(ofPerson.size() - 1);
    if (last == null || !last.segment.name.equals(segment)) {
      last = new Stay(segment(segment));
      ofPerson.add(last);
    }
    last.add(release, change);
  }

  private void end() {
    for (Stay stay : ofPerson) {
      if (person.length != Cells.KEY_BYTES) {
        stay.segment.now.erased += stay.now;
        for (int i = 0; i < stay.times.length; i++) {
          stay.segment.sets.get(i).erased += stay.times[i];
        }
      } else if (stay.now > 0 && stay.segment.changed()) {
        ofPerson.forEach(other -> meet(stay.segment, other));
      }
    }
    ofPerson.clear();
  }

  private void meet(Segment segment, Stay other) {
    int[] both = both(segment, other.segment);
    for (int i = 0; i < both.length; i++) {
      both[i] += other.times[i];
    }
  }

  /** Of no length where no set of the other has about as many. */
  private int[] both(Segment segment, Segment other) {
    if (segment.both.length < segments.size()) {
      segment.both = Arrays.copyOf(segment.both, segments.size());
    }
    if (segment.both[other.number] == null) {
      boolean near =
          segment != other
              && other.sets.stream()
                  .anyMatch(set -> Math.abs(set.persons - segment.now.persons) < k);
      segment.both[other.number] = new int[near ? other.sets.size() : 0];
    }
    return segment.both[other.number];
  }

  /** Changed segments with others they differ from by 1 to k-1 persons. */
  List<Row> telling() {
    end();
    List<Row> found = new ArrayList<>();
    for (Segment segment : segments.values()) {
      for (Segment other : segments.values()) {
        if (segment.changed() && segment != other && few(segment, other)) {
          found.add(RowFactory.create(cell, segment.name, other.name));
        }
      }
    }
    return found;
  }

  private boolean few(Segment segment, Segment other) {
    int[] both = both(segment, other);
    for (int i = 0; i < both.length; i++) {
      PersonSet set = other.sets.get(i);
      long onlyNow = segment.now.persons - segment.now.erased - both[i];
      long onlyThen = set.persons - set.erased - both[i];
      long apart = onlyNow + onlyThen + Math.abs(segment.now.erased - set.erased);
      if (apart > 0 && apart < k) {
        return true;
      }
    }
    return false;
  }
}
