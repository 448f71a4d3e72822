package com.segumento.privacy.lattice;

import java.util.List;
import java.util.stream.Stream;

/** Applies a table's privacy models to the classes of a node; of one thread. */
final class Judge {
  private final Groups table;
  private final Hierarchy[] hierarchies;
  private final List<PrivacyModel.Check> monotonic;
  private final List<PrivacyModel.Check> others;
  private final View view;
  private final long k; // rows of a class at least, as persons are no more than rows
  private final boolean countsAlone;

  Judge(Groups table, Hierarchy[] hierarchies, List<PrivacyModel> models) {
    this.table = table;
    this.hierarchies = hierarchies;
    this.monotonic =
        checks(
            Stream.concat(
                models.stream().filter(PrivacyModel::monotonic),
                models.stream().flatMap(model -> model.implied().stream())));
    this.others = checks(models.stream().filter(model -> !model.monotonic()));
    this.view = new View(table);
    this.k = k(models);
    this.countsAlone =
        table.persons() == null
            && models.stream().allMatch(model -> model instanceof PrivacyModel.KAnonymity);
  }

  private List<PrivacyModel.Check> checks(Stream<PrivacyModel> models) {
    return models.map(model -> model.on(table)).toList();
  }

  private static long k(List<PrivacyModel> models) {
    long k = 1;
    for (PrivacyModel model : models) {
      if (model instanceof PrivacyModel.KAnonymity anonymity) {
        k = Math.max(k, anonymity.k());
      }
    }
    return k;
  }

  /** The node of the table itself. */
  Node judge(int[] levels) {
    return judge(RollUp.of(table), levels);
  }

  /**
   * A node.
   *
   * @param source the table, or what it is at a node at most as general
   */
  Node judge(RollUp source, int[] levels) {
    return judge(source, levels, Classes.of(source.groups(), hierarchies, levels), Long.MAX_VALUE);
  }

  /**
   * A node whose classes are known. As soon as more than {@code allowed} rows are suppressed, no
   * further class is looked at and those that are left count as kept.
   */
  Node judge(RollUp source, int[] levels, Classes classes, long allowed) {
    boolean[] kept = new boolean[classes.size()];
    long few = 0;
    for (int c = 0; c < kept.length; c++) {
      kept[c] = classes.rows()[c] >= k;
      few += kept[c] ? 0 : classes.rows()[c];
    }
    if (countsAlone || few > allowed) {
      return new Node(levels, source, classes, kept, kept, few, few);
    }
    boolean[] monotonicallyKept = new boolean[kept.length];
    view.judge(source.groups(), classes, kept, monotonicallyKept, few, allowed);
    long suppressed = 0;
    long monotonicallySuppressed = 0;
    for (int c = 0; c < kept.length; c++) {
      suppressed += kept[c] ? 0 : classes.rows()[c];
      monotonicallySuppressed += monotonicallyKept[c] ? 0 : classes.rows()[c];
    }
    return new Node(
        levels, source, classes, kept, monotonicallyKept, suppressed, monotonicallySuppressed);
  }

  /** Moves from class to class and shows each to the checks. */
  private final class View implements ClassStatistics {
    private final ValueCounts[] values;
    private final boolean[] counted;
    private final PersonUnion union;
    private Groups groups;
    private Classes classes;
    private int[] offsets;
    private int[] members;
    private int at;

    View(Groups table) {
      values = new ValueCounts[table.sensitive().size()];
      counted = new boolean[values.length];
      for (int a = 0; a < values.length; a++) {
        values[a] = new ValueCounts(table.sensitive().get(a).hierarchy().values());
      }
      union = table.persons() == null ? null : new PersonUnion(table.persons().limit());
    }

    void judge(
        Groups source,
        Classes all,
        boolean[] kept,
        boolean[] monotonicallyKept,
        long few,
        long allowed) {
      groups = source;
      classes = all;
      int[][] byClass = all.members();
      offsets = byClass[0];
      members = byClass[1];
      System.arraycopy(kept, 0, monotonicallyKept, 0, kept.length);
      long lost = apply(monotonic, monotonicallyKept, few, allowed);
      System.arraycopy(monotonicallyKept, 0, kept, 0, kept.length);
      apply(others, kept, lost, allowed); // where the first were enough, it looks at no class
    }

    /** Takes from {@code kept} what fails, until too much is lost; gives the rows lost. */
    private long apply(List<PrivacyModel.Check> checks, boolean[] kept, long before, long allowed) {
      long lost = before;
      for (at = 0; !checks.isEmpty() && at < kept.length && lost <= allowed; at++) {
        if (kept[at]) {
          java.util.Arrays.fill(counted, false);
          kept[at] = holds(checks);
          lost += kept[at] ? 0 : rows();
        }
      }
      return lost;
    }

    private boolean holds(List<PrivacyModel.Check> checks) {
      for (PrivacyModel.Check check : checks) {
        if (!check.holds(this)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public long rows() {
      return classes.rows()[at];
    }

    @Override
    public long persons(int enough) {
      Groups.PersonSets sets = groups.persons();
      if (sets == null || rows() < enough) {
        return rows(); // no more persons than rows
      }
      union.clear();
      for (int i = offsets[at]; i < offsets[at + 1] && union.size() < enough; i++) {
        union.add(sets, members[i]);
      }
      return union.size();
    }

    @Override
    public ValueCounts values(int attribute) {
      ValueCounts counts = values[attribute];
      if (!counted[attribute]) {
        counts.clear();
        Groups.SensitiveCounts runs = groups.sensitive().get(attribute);
        for (int i = offsets[at]; i < offsets[at + 1]; i++) {
          counts.add(runs, members[i]);
        }
        counted[attribute] = true;
      }
      return counts;
    }
  }
}
