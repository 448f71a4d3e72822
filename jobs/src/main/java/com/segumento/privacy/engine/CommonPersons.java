package com.segumento.privacy.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How many persons each two sets of cells of the same labels have in common, and which new sets may
 * not be published for it: where a set is nearly the union of two parts that are nearly apart,
 * whoever subtracts it from the sum of the parts learns of those who are in one of the three only,
 * or in both parts. These have to be none, or k at least.
 *
 * <p>How many they are follows from the numbers of persons in one and in two of the sets, but for
 * those who are in all three. Of these the fewest are assumed that there can be, so that where few
 * may be told of a set gives way; that nobody is told of is always seen, as then nobody is in both
 * parts.
 *
 * <p>Of who was erased it is known in how many sets of a segment, but not in which of two: they are
 * taken for the same as far as there are as many. Else one erasure would part everybody from those
 * who are and are not in a segment, and none of these could change.
 */
final class CommonPersons {
  private static final int FIRST_SIZE = 16;

  /**
   * A set of persons.
   *
   * @param isNew whether it is new tonight
   */
  record CellSet(String segment, boolean isNew) {}

  private final int k;
  private final Map<CellSet, Integer> numbers = new HashMap<>();
  private final List<CellSet> sets = new ArrayList<>();

  /** By two sets, the one of the lower number second; by a set and itself, all its persons. */
  private long[][] common = new long[FIRST_SIZE][];

  private long[] erased = new long[FIRST_SIZE];

  /**
   * Nobody yet.
   *
   * @param k that three sets must tell of where they tell of anybody
   */
  CommonPersons(int k) {
    this.k = k;
  }

  /**
   * A person in these sets.
   *
   * @param known whether it is known in which other sets it is
   */
  void add(List<CellSet> in, boolean known) {
    int[] of = in.stream().mapToInt(this::number).sorted().toArray();
    if (!known) {
      Arrays.stream(of).forEach(set -> erased[set]++);
      return;
    }
    for (int i = 0; i < of.length; i++) {
      long[] with = common[of[i]];
      for (int j = 0; j <= i; j++) {
        with[of[j]]++;
      }
    }
  }

  private int number(CellSet set) {
    return numbers.computeIfAbsent(set, this::next);
  }

  private int next(CellSet set) {
    int number = sets.size();
    if (number == erased.length) {
      common = Arrays.copyOf(common, 2 * number);
      erased = Arrays.copyOf(erased, 2 * number);
    }
    common[number] = new long[number + 1];
    sets.add(set);
    return number;
  }

  /** Segments whose new set gives way. */
  Set<String> givingWay() {
    Set<String> found = new TreeSet<>();
    for (int union = 0; union < sets.size(); union++) {
      parts(union, found);
    }
    return found;
  }

  /**
   * All two sets that may be the parts of one: together they have about as many of it as it has, so
   * that in order of these numbers each part is next to those it is compared with.
   */
  private void parts(int union, Set<String> found) {
    List<Integer> parts =
        IntStream.range(0, sets.size())
            .filter(part -> other(part, union) && size(part) - common(part, union) < k)
            .boxed()
            .sorted(Comparator.comparingLong(part -> common(part, union)))
            .toList();
    int from = parts.size();
    for (int part : parts) {
      long rest = size(union) - common(part, union);
      while (from > 0 && common(parts.get(from - 1), union) > rest - k) {
        from--;
      }
      for (int i = from; i < parts.size() && common(parts.get(i), union) < rest + k; i++) {
        int second = parts.get(i);
        if (part < second && other(part, second) && few(part, second, union)) {
          last(part, second, union).forEach(found::add);
        }
      }
    }
  }

  private boolean other(int set, int than) {
    return !sets.get(set).segment().equals(sets.get(than).segment());
  }

  private long size(int set) {
    return common[set][set];
  }

  private long common(int set, int other) {
    return common[Math.max(set, other)][Math.min(set, other)];
  }

  /** Whether the sum of the parts without the union may tell of 1 to k-1 persons. */
  private boolean few(int part, int second, int union) {
    long both = common(part, second);
    if (both >= k) {
      return false;
    }
    long ofPart = common(part, union);
    long ofSecond = common(second, union);
    long inAll =
        LongStream.of(
                0,
                ofPart + ofSecond - size(union),
                both + ofPart - size(part),
                both + ofSecond - size(second))
            .max()
            .orElseThrow();
    long nameless = Math.abs(erased[part] + erased[second] - erased[union]);
    long told =
        size(part) + size(second) + size(union) - both - 2 * (ofPart + ofSecond) + 3 * inAll;
    return told + nameless > 0 && told + nameless < k;
  }

  /** The last of those that are new, in order of segments; nothing where none is. */
  private Stream<String> last(int... three) {
    return Arrays.stream(three)
        .mapToObj(sets::get)
        .filter(CellSet::isNew)
        .map(CellSet::segment)
        .max(Comparator.naturalOrder())
        .stream();
  }
}
