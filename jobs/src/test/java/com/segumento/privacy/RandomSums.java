package com.segumento.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sums of one segment and cell that stood, are new, or both, of which the last is nearly all others
 * together; and what an attacker finds who adds up and subtracts them in all ways, person by
 * person.
 */
public final class RandomSums {
  public static final int PERSONS = 9;

  private final List<Sum> sums = new ArrayList<>();

  /**
   * A sum: what each person adds to it as it stood, and as it is new; empty where it is not.
   *
   * @param number from 0
   */
  public record Sum(int number, List<Long> before, List<Long> now) {
    public Sum {
      before = List.copyOf(before);
      now = List.copyOf(now);
    }

    public boolean isNew() {
      return !now.isEmpty();
    }

    public boolean stood() {
      return !before.isEmpty();
    }

    /** As it is published tonight, where nothing gives way. */
    public List<Long> stands() {
      return isNew() ? now : before;
    }

    /** How many add something. */
    public static long persons(List<Long> sum) {
      return sum.stream().filter(share -> share != 0).count();
    }
  }

  /**
   * Three sums or more, added up and subtracted, one of them new.
   *
   * @param all numbers of the sums
   * @param fresh of those that are new
   */
  public record Way(List<Integer> all, Set<Integer> fresh) {
    public Way {
      all = List.copyOf(all);
      fresh = Set.copyOf(fresh);
    }
  }

  public RandomSums(long seed, int many) {
    Random random = new Random(seed);
    for (int number = 0; number < many; number++) {
      boolean stood = random.nextInt(3) > 0;
      boolean isNew = !stood || random.nextBoolean();
      long[] before = new long[PERSONS];
      long[] now = new long[PERSONS];
      for (int person = 0; person < PERSONS; person++) {
        before[person] = random.nextInt(3);
        now[person] = random.nextInt(4) == 0 ? random.nextInt(3) : before[person];
        if (number == many - 1) {
          now[person] = random.nextInt(6) == 0 ? 1 : 0;
          for (Sum other : sums) {
            now[person] += other.stands().get(person);
          }
        }
      }
      sums.add(new Sum(number, list(before, stood), list(now, isNew)));
    }
  }

  private static List<Long> list(long[] adds, boolean there) {
    return there ? Arrays.stream(adds).boxed().toList() : List.of();
  }

  public List<Sum> sums() {
    return List.copyOf(sums);
  }

  /** The ways in which something is left, and of fewer than k. */
  public List<Way> few(int k) {
    List<Way> few = new ArrayList<>();
    List<Long> nothing = IntStream.range(0, PERSONS).mapToObj(person -> 0L).toList();
    add(0, nothing, new ArrayList<>(), new TreeSet<>(), k, few);
    return few;
  }

  private void add(
      int at, List<Long> left, List<Integer> all, Set<Integer> fresh, int k, List<Way> few) {
    if (at == sums.size()) {
      long persons = Sum.persons(left);
      if (all.size() > 2 && !fresh.isEmpty() && persons > 0 && persons < k) {
        few.add(new Way(all, fresh));
      }
      return;
    }
    add(at + 1, left, all, fresh, k, few);
    Sum sum = sums.get(at);
    List<Integer> more = new ArrayList<>(all);
    more.add(at);
    for (int sign = -1; sign <= 1; sign += 2) {
      if (sum.stood()) {
        add(at + 1, plus(left, sum.before(), sign), more, fresh, k, few);
      }
      if (sum.isNew()) {
        Set<Integer> fresher = new TreeSet<>(fresh);
        fresher.add(at);
        add(at + 1, plus(left, sum.now(), sign), more, fresher, k, few);
      }
    }
  }

  private static List<Long> plus(List<Long> left, List<Long> more, int sign) {
    return IntStream.range(0, PERSONS)
        .mapToObj(person -> left.get(person) + sign * more.get(person))
        .collect(Collectors.toList());
  }
}
