package com.segumento.privacy.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.segumento.privacy.questions.TellingGuard.Remembered;
import com.segumento.privacy.questions.Told.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets are bits of a number here: person i is in the set where bit i is set. */
class TellingGuardTest {
  private static final int PARTS = 32;
  private static final long[] PRINTS = new Random(7).longs(PARTS).toArray();

  @ParameterizedTest(name = "{0} persons, k=3: {1}")
  @CsvSource({
    "0, fewer than 9",
    "2, fewer than 9",
    "3, about 3",
    "5, about 3",
    "6, about 6",
    "8, about 6"
  })
  void tellsMultiplesOfKAndNothingBelowIt(int size, String text) {
    assertThat(new TellingGuard(3, List.of()).tell(first(size)).text(3, 1)).isEqualTo(text);
  }

  @Test
  void figuresOfASampleStandForAllPersons() {
    assertThat(Told.of(1234, 50).text(50, 8)).isEqualTo("about 9,600");
    assertThat(Told.of(49, 50).text(50, 8)).isEqualTo("fewer than 1,200");
  }

  @Test
  void aSegmentAndTheSameWithoutAPersonAreToldOfAlike() {
    for (int size = 0; size <= 20; size++) {
      for (int missing = 0; missing <= 4; missing++) {
        TellingGuard guard = new TellingGuard(5, List.of());
        Told whole = guard.tell(first(size));
        assertThat(guard.tell(first(Math.max(0, size - missing)))).isEqualTo(whole);
      }
    }
    TellingGuard guard = new TellingGuard(5, List.of());
    assertThat(guard.tell(first(20)).persons()).isEqualTo(20);
    assertThat(guard.tell(first(15)).persons()).isEqualTo(15);
    assertThat(guard.tell(first(11)).persons()).isEqualTo(15);
  }

  @Test
  void withholdsWhatIsNearTwoSetsThatWereToldOfDifferently() {
    TellingGuard guard = new TellingGuard(3, List.of());
    assertThat(guard.tell(first(9)).persons()).isEqualTo(9);
    assertThat(guard.tell(first(6)).persons()).isEqualTo(6);
    assertThat(guard.tell(first(7)).kind()).isEqualTo(Kind.WITHHELD);
    assertThat(guard.tell(first(9)).persons()).isEqualTo(9);
    assertThat(guard.tell(first(7)).kind()).isEqualTo(Kind.WITHHELD);
    assertThat(guard.tell(first(3)).persons()).isEqualTo(3);
  }

  @Test
  void everyThreeQuestionsWhateverTheirSetsKeepTheRule() {
    int sets = 1 << 6;
    for (int a = 0; a < sets; a++) {
      for (int b = 0; b < sets; b++) {
        for (int c = 0; c < sets; c++) {
          keepsTheRule(2 + c % 2, a, b, c);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void longRunsOfQuestionsAboutNearSetsKeepTheRule(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      int[] asked = new int[30];
      for (int i = 0; i < asked.length; i++) {
        int from = i == 0 ? random.nextInt() : asked[random.nextInt(i)];
        asked[i] = from ^ 1 << random.nextInt(PARTS) ^ 1 << random.nextInt(PARTS);
      }
      keepsTheRule(2 + random.nextInt(5), asked);
    }
  }

  /**
   * What an attacker knows who hears a whole funnel, in which each set is part of the one before:
   * all sizes that would have been told of in the same way. A group of 1 to k-1 persons is never
   * known to be there: where it may be, it may as well be empty.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void noGroupOfFewerThanKCanBeDerivedFromAFunnel(int k) {
    Map<List<Told>, List<int[]>> worlds = new HashMap<>();
    int most = 4 * k + 2;
    for (int all = 0; all <= most; all++) {
      for (int a = 0; a <= all; a++) {
        for (int b = 0; b <= a; b++) {
          for (int c = 0; c <= b; c++) {
            int[] sizes = {all, a, b, c};
            TellingGuard guard = new TellingGuard(k, List.of());
            List<Told> heard = new ArrayList<>();
            for (int size : sizes) {
              heard.add(guard.tell(first(size)));
            }
            worlds.computeIfAbsent(heard, any -> new ArrayList<>()).add(sizes);
          }
        }
      }
    }
    assertThat(worlds).hasSizeGreaterThan(20);
    worlds.forEach((heard, sizes) -> safe(k, sizes));
  }

  /** The same of an exact number that is published, and an answer about a part of the set. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void noGroupOfFewerThanKCanBeDerivedFromAnAnswerBesideAPublishedNumber(int k) {
    assertThat(derivable(k, true)).isFalse();
    assertThat(derivable(k, false)).as("without a look at what is published").isTrue();
  }

  private static boolean derivable(int k, boolean looked) {
    Map<List<Object>, Set<Integer>> groups = new HashMap<>();
    for (int published = k; published <= 4 * k; published++) {
      for (int part = 0; part <= published; part++) {
        boolean near = published - part < k;
        Set<Nearby> figures =
            looked && near
                ? Set.of(new Nearby(Told.of(published, k), published - part, true))
                : Set.of();
        Told told =
            new TellingGuard(k, List.of())
                .tell(new AskedSet(first(part), figures), "", Optional.empty());
        groups
            .computeIfAbsent(List.of(published, told), any -> new TreeSet<>())
            .add(published - part);
      }
    }
    return groups.values().stream()
        .anyMatch(group -> !group.contains(0) && group.stream().anyMatch(n -> n < k));
  }

  /**
   * Two worlds in which all sets are the same but for one person, and all that was heard so far:
   * how much the next answer tells of which it is, over all that may be drawn.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void oneFigureTellsOfOnePersonNoMoreThanIsCounted(int k) {
    Random random = new Random(k);
    double most = 0;
    for (int run = 0; run < 400; run++) {
      List<Remembered> without = new ArrayList<>();
      List<Remembered> with = new ArrayList<>();
      int middle = random.nextInt() & -2;
      for (int i = random.nextInt(4); i >= 0; i--) {
        int set = middle ^ (few(random, random.nextInt(6 * k)) & -2);
        Told told = new Told(Kind.ABOUT, (1 + random.nextInt(3)) * (long) k);
        without.add(new Remembered(set(set), told));
        with.add(new Remembered(set(set | random.nextInt(2)), told));
      }
      double[] one = answers(k, without, set(middle));
      double[] other = answers(k, with, set(middle | 1));
      most = Math.max(most, divergence(one, other));
    }
    assertThat(most).isPositive().isLessThanOrEqualTo(AnswerBudget.bitsOfOneFigure(k));
  }

  /**
   * A number that is published after an answer, such as a sum of cells, beside which the answer was
   * never looked at: whether the answer was of the same set, or of all of it but one person.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10})
  void aSumThatIsPublishedLaterHardlyTellsWhoWasLeftOutOfAnAnswer(int k) {
    for (int published = k; published < 4 * k; published++) {
      double[] same = answers(k, List.of(), new PersonSet(published, new long[1]));
      double[] without = answers(k, List.of(), new PersonSet(published - 1, new long[1]));
      assertThat(divergence(same, without))
          .as("%d of k = %d", published, k)
          .isLessThanOrEqualTo(AnswerBudget.bitsOfOneFigure(k));
    }
    double rounded = divergence(rounded(k, 2 * k), rounded(k, 2 * k - 1));
    assertThat(rounded).as("nothing left to chance").isEqualTo(1);
  }

  private static double[] rounded(int k, int persons) {
    double[] answer = new double[100];
    PersonSet set = new PersonSet(persons, new long[1]);
    answer[(int) new TellingGuard(k, List.of()).tell(set).persons()] = 1;
    return answer;
  }

  private static int few(Random random, int bits) {
    int set = 0;
    for (int i = 0; i < bits; i++) {
      set |= 1 << random.nextInt(PARTS);
    }
    return set;
  }

  /** How likely each figure is, and last that nothing is told. */
  private static double[] answers(int k, List<Remembered> earlier, PersonSet asked) {
    double[] chances = Margins.chances(k);
    double[] answers = new double[100];
    for (int near = 0; near < chances.length; near++) {
      for (int far = 0; far < chances.length; far++) {
        for (int less = 0; less < chances.length; less++) {
          Margins.Draw draw = new Margins.Draw(k + near, 3L * k + far, less);
          Told told = new TellingGuard(k, earlier, any -> draw).tell(asked);
          int at = told.kind() == Kind.WITHHELD ? answers.length - 1 : (int) told.persons();
          answers[at] += chances[near] * chances[far] * chances[less];
        }
      }
    }
    return answers;
  }

  /** Bits that the answer tells of which world it is, where both are as likely. */
  private static double divergence(double[] one, double[] other) {
    double bits = 0;
    for (int i = 0; i < one.length; i++) {
      double mixed = (one[i] + other[i]) / 2;
      bits += one[i] == 0 ? 0 : one[i] * Math.log(one[i] / mixed) / 2 / Math.log(2);
      bits += other[i] == 0 ? 0 : other[i] * Math.log(other[i] / mixed) / 2 / Math.log(2);
    }
    return bits;
  }

  @Test
  void drawsKeepTheirBounds() {
    for (int k : new int[] {2, 3, 10, 50}) {
      Margins margins = Margins.of(new Random(k));
      for (int i = 0; i < 2000; i++) {
        Margins.Draw draw = margins.draw(k);
        assertThat(draw.alike()).isBetween((long) k, 3L * k - 1);
        assertThat(draw.apart()).isBetween(3L * k, (long) Margins.reach(k));
        assertThat(draw.less()).isBetween(0L, (long) Margins.most(k));
      }
      assertThat(java.util.Arrays.stream(Margins.chances(k)).sum()).isCloseTo(1, within(1e-9));
    }
    assertThat(AnswerBudget.bitsOfOneFigure(50)).isBetween(0.0007, 0.0008);
    assertThat(AnswerBudget.bitsOfOneFigure(10)).isBetween(0.018, 0.0182);
  }

  /** As figures about sets that one person changes more of count. */
  @Test
  void whoChangesSeveralIsToldOfByNoMoreThanTheSquare() {
    for (int k : new int[] {10, 20, 50, 100}) {
      double one = AnswerBudget.bitsOfOneFigure(k);
      for (int changed = 1; changed <= 5; changed++) {
        assertThat(AnswerBudget.bitsOfOneFigure(k, changed))
            .as("k = %d, %d persons", k, changed)
            .isGreaterThan(0.5 * changed * one)
            .isLessThanOrEqualTo(changed * changed * one);
      }
    }
  }

  @Test
  void whoAsksTheSameAgainHearsTheSame() {
    TellingGuard guard = new TellingGuard(10, List.of(), Margins.of(new Random(1)));
    Told first = guard.tell(asked(31), "text", Optional.empty());
    assertThat(first.persons()).isLessThanOrEqualTo(30);
    for (int i = 0; i < 50; i++) {
      assertThat(guard.tell(asked(31), "text", Optional.empty())).isEqualTo(first);
    }
  }

  @Test
  void aPartIsNotToldToBeMoreThanTheWhole() {
    for (int seed = 0; seed < 200; seed++) {
      TellingGuard guard = new TellingGuard(2, List.of(), Margins.of(new Random(seed)));
      Told whole = guard.tell(asked(32), "", Optional.empty());
      Told part = guard.tell(asked(25), "", Optional.of(whole));
      assertThat(part.persons()).isLessThanOrEqualTo(whole.persons());
    }
  }

  private static AskedSet asked(int persons) {
    return new AskedSet(first(persons), Set.of());
  }

  private static void safe(int k, List<int[]> worlds) {
    for (int outer = 0; outer < 4; outer++) {
      Set<Integer> whole = new TreeSet<>();
      for (int[] sizes : worlds) {
        whole.add(sizes[outer]);
      }
      assertThat(whole).anyMatch(size -> size == 0 || size >= k);
      for (int inner = outer + 1; inner < 4; inner++) {
        Set<Integer> group = new TreeSet<>();
        for (int[] sizes : worlds) {
          group.add(sizes[outer] - sizes[inner]);
        }
        assertThat(group).matches(any -> group.contains(0) || group.stream().allMatch(n -> n >= k));
      }
    }
  }

  private static void keepsTheRule(int k, int... asked) {
    TellingGuard guard = new TellingGuard(k, List.of());
    List<Told> told = new ArrayList<>();
    for (int set : asked) {
      told.add(guard.tell(set(set)));
    }
    for (int i = 0; i < asked.length; i++) {
      for (int j = i + 1; j < asked.length; j++) {
        boolean withheld =
            told.get(i).kind() == Kind.WITHHELD || told.get(j).kind() == Kind.WITHHELD;
        boolean same = told.get(i).equals(told.get(j));
        boolean near = Integer.bitCount(asked[i] ^ asked[j]) < k;
        if (asked[i] == asked[j] ? !same : near && !same && !withheld) {
          throw new AssertionError(k + ": " + List.of(asked[i], asked[j]) + " " + told);
        }
      }
    }
  }

  @Test
  void setsWithAnotherNumberOfPartsAreCompared() {
    Set<Long> differences = new LinkedHashSet<>();
    differences.add(first(9).leastDifference(folded(9)));
    differences.add(folded(9).leastDifference(first(9)));
    assertThat(differences).containsExactly(0L);
    assertThat(folded(9).leastDifference(first(7))).isEqualTo(2);
    PersonSet again = PersonSet.of(9, first(9).bytes());
    assertThat(again.sameAs(first(9))).isTrue();
  }

  private static PersonSet first(int persons) {
    return set(persons == 32 ? -1 : (1 << persons) - 1);
  }

  private static PersonSet folded(int persons) {
    long[] parts = new long[PARTS / 2];
    for (int i = 0; i < persons; i++) {
      parts[i % parts.length] ^= PRINTS[i];
    }
    return new PersonSet(persons, parts);
  }

  private static PersonSet set(int members) {
    long[] parts = new long[PARTS];
    for (int i = 0; i < PARTS; i++) {
      parts[i] = (members >>> i & 1) == 1 ? PRINTS[i] : 0;
    }
    return new PersonSet(Integer.bitCount(members), parts);
  }
}
