package com.segumento.privacy.gate;

import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.gate.ComparedFigure.PersonSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The figures of all segments in cells of the same labels that count the same: persons, or shares
 * of sums. All that is said of sets comes before all that persons did. Of sums, numbers of persons
 * are told, too: these are compared with sums of their own segment only.
 */
final class ComparedFigures {
  /** What figures count. */
  enum Counted {
    PERSONS,
    SUMS
  }

  private final int k;
  private final long release;
  private final String cell;
  private final Counted counted;
  private final NearlyAlike alike;
  private final Map<List<String>, ComparedFigure> figures = new TreeMap<>(ComparedFigures::order);
  private final List<ComparedFigure> all = new ArrayList<>();
  private final List<Presence> presences = new ArrayList<>();
  private final Map<ComparedFigure, Presence> adding = new LinkedHashMap<>();
  private NeighbouringSets sets;
  private NeighbouringChanges changes;
  private NeighbouringChanges additions;
  private CombinedFigures combined;
  private Who last = new Who(new byte[0], 0, true, 0);

  /** A person, or one with a share of a sum. */
  static final class Who {
    private final byte[] bytes;
    private final int key;
    private final boolean named;
    private final long share;

    /**
     * One.
     *
     * @param bytes the person's key, and its share
     * @param key how long the key is
     * @param named whether under the same name in all segments
     * @param share in millionths; the lower 64 bits of it
     */
    Who(byte[] bytes, int key, boolean named, long share) {
      this.bytes = bytes;
      this.key = key;
      this.named = named;
      this.share = share;
    }

    boolean isAlso(Who other) {
      return Arrays.equals(bytes, other.bytes);
    }

    boolean hasTheNameOf(Who other) {
      return Arrays.equals(bytes, 0, key, other.bytes, 0, other.key);
    }
  }

  /**
   * None yet.
   *
   * @param k fewer of whom nothing may be told
   * @param p of the p% rule; 0 for none
   * @param release the one that is judged
   */
  ComparedFigures(int k, double p, long release, String cell, Counted counted) {
    this.k = k;
    this.release = release;
    this.cell = cell;
    this.counted = counted;
    this.alike = new NearlyAlike(k, p, release);
  }

  private static int order(List<String> one, List<String> two) {
    int segments = one.get(0).compareTo(two.get(0));
    return segments == 0 ? one.get(1).compareTo(two.get(1)) : segments;
  }

  private ComparedFigure figure(String segment, String figure) {
    return figures.computeIfAbsent(
        List.of(segment, figure),
        any -> {
          ComparedFigure added = new ComparedFigure(segment, figure, all.size());
          all.add(added);
          return added;
        });
  }

  /** This many were behind a figure from a release on. */
  void had(String segment, String figure, long from, long persons) {
    if (isCount(figure)) {
      alike.had(segment, from, persons);
    } else {
      figure(segment, figure).sets().add(new PersonSet(from, persons));
    }
  }

  /** Whether it is a number of persons, beside sums. */
  private boolean isCount(String figure) {
    return sums() && figure.equals(ReleaseMemory.PERSONS);
  }

  /**
   * Somebody came to a figure, or left it. All that one did with a share comes in one go, figure by
   * figure, and so does all that one did.
   */
  void did(Who who, String segment, String figure, long when, int change) {
    if (all.isEmpty()) {
      return;
    }
    if (sets == null) {
      begin();
    }
    if (!who.isAlso(last)) {
      end();
      if (!who.hasTheNameOf(last)) {
        endPerson();
      }
      last = who;
    }
    if (isCount(figure)) {
      alike.did(segment, when, change);
      return;
    }
    // One without a set that may be compared has no other either.
    ComparedFigure of = figures.get(List.of(segment, figure));
    if (of != null) {
      presence(of).add(when, change);
      if (sums()) {
        adding.computeIfAbsent(of, Presence::new).add(when, change * who.share);
      }
    }
  }

  private void begin() {
    all.forEach(figure -> figure.sets().sort((a, b) -> Long.compare(a.release(), b.release())));
    sets = new NeighbouringSets(k, sums(), release, all);
    changes = new NeighbouringChanges(k, false, all);
    additions = new NeighbouringChanges(k, true, all);
    combined = new CombinedFigures(k, release, sums() ? all : List.of());
    alike.begin(sums() ? all : List.of());
  }

  private Presence presence(ComparedFigure of) {
    Presence last = presences.isEmpty() ? null : presences.get(presences.size() - 1);
    if (last == null || last.figure() != of) {
      last = new Presence(of);
      presences.add(last);
    }
    return last;
  }

  private void end() {
    presences.stream().filter(Presence::now).forEach(each -> each.figure().standing());
    sets.add(presences, last.named);
    changes.add(presences, last.named, release);
    if (sums() && !last.named) {
      additions.add(presences, false, release);
    }
    presences.clear();
  }

  private void endPerson() {
    if (last.named && sums()) {
      additions.add(List.copyOf(adding.values()), true, release);
    }
    combined.add(adding);
    alike.endPerson(adding);
    adding.clear();
  }

  private boolean sums() {
    return counted == Counted.SUMS;
  }

  /** Two figures each, of which one is changed and tells of few beside the other. */
  List<Row> telling() {
    List<Row> found = new ArrayList<>();
    if (sets == null) {
      return found;
    }
    end();
    endPerson();
    for (ComparedFigure one : figures.values()) {
      for (ComparedFigure two : figures.values()) {
        if (one != two && one.changedWith(release) && sets.few(one, two)) {
          found.add(row(one, two, Violation.NEARLY_ANOTHER_SEGMENT));
        }
        if (one.number() < two.number()
            && (one.changedWith(release) || two.changedWith(release))
            && (changes.few(one, two) || additions.few(one, two))) {
          found.add(row(one, two, Violation.CHANGED_NEARLY_AS_ANOTHER_SEGMENT));
        }
      }
    }
    for (List<ComparedFigure> told : combined.telling()) {
      found.add(row(told.get(0), told.get(1), Violation.SUMS_TOGETHER));
    }
    for (List<ComparedFigure> told : alike.growing()) {
      found.add(row(told.get(0), told.get(1), Violation.SUMS_TOGETHER));
    }
    for (ComparedFigure sum : alike.telling()) {
      found.add(row(sum, sum.segment(), ReleaseMemory.PERSONS, Violation.NEARLY_ALIKE));
    }
    return found;
  }

  private Row row(ComparedFigure one, ComparedFigure two, Violation violation) {
    return row(one, two.segment(), two.figure(), violation);
  }

  private Row row(ComparedFigure one, String segment, String figure, Violation violation) {
    return RowFactory.create(cell, one.segment(), one.figure(), segment, figure, violation.name());
  }
}
