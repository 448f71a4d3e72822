package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.privacy.engine.SetsToHoldBack.Behind;
import com.segumento.privacy.engine.SetsToHoldBack.Cell;
import com.segumento.privacy.engine.SetsToHoldBack.Stands;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetsToHoldBackTest {
  private static final int K = 5;

  @ParameterizedTest(name = "{0} in no part: held back {1}")
  @CsvSource({"0, ''", "1, 2", "4, 2", "5, ''"})
  void ofTheNewPartsTheSmallestIsHeldBack(long left, String held) {
    List<Behind> behind = new ArrayList<>(List.of(part(1, 30), part(2, 20), part(3, 40)));
    if (left > 0) {
      behind.add(new Behind(List.of(stands(0)), left));
    }
    assertThat(chosen(List.of(old("all"), fresh("a"), fresh("a"), fresh("a")), behind))
        .containsExactlyElementsOf(held.isEmpty() ? List.of() : List.of(Integer.valueOf(held)));
  }

  @Test
  void whatHasBeenPublishedCannotBe() {
    List<Behind> behind = List.of(part(1, 30), part(2, 20), new Behind(List.of(stands(0)), 2));
    assertThat(chosen(List.of(fresh("all"), old("a"), old("a")), behind)).containsExactly(0);
    assertThat(chosen(List.of(old("all"), old("a"), old("a")), behind)).isEmpty();
  }

  @Test
  void aPartThatClosesTellsOfWhomItLeaves() {
    List<Behind> behind =
        List.of(
            part(1, 30),
            new Behind(List.of(stands(0), new Stands(2, false, true)), 2),
            new Behind(List.of(new Stands(2, false, true)), 20));
    assertThat(chosen(List.of(old("all"), old("a"), fresh("a")), behind)).containsExactly(2);
  }

  /** Each has another name in each cell, and is one person all the same. */
  @ParameterizedTest(name = "{0} erased of the total, {1} and {2} of the parts: held back {3}")
  @CsvSource({
    "0, 0, 0, ''",
    "2, 1, 1, ''",
    "1, 0, 0, 2",
    "4, 1, 0, 2",
    "5, 0, 0, ''",
    "0, 1, 0, 2"
  })
  void asManyErasedPersonsAsAreInTotalAndPartsAreTheSame(
      long all, long first, long second, String held) {
    List<Behind> behind = new ArrayList<>(List.of(part(1, 30), part(2, 20)));
    behind.add(new Behind(List.of(stands(0)), all, false, Shares.NONE));
    behind.add(new Behind(List.of(stands(1)), first, false, Shares.NONE));
    behind.add(new Behind(List.of(stands(2)), second, false, Shares.NONE));
    behind.removeIf(each -> each.persons() == 0);
    assertThat(chosen(List.of(old("all"), fresh("a"), fresh("a")), behind))
        .containsExactlyElementsOf(held.isEmpty() ? List.of() : List.of(Integer.valueOf(held)));
  }

  @Test
  void whatIsLeftOfPlacesGoesBackTogether() {
    List<Cell> cells =
        List.of(
            old("all"),
            fresh("a"),
            new Cell("a", "other in district", true, "f"),
            new Cell("a", "other in state", true, "f"),
            new Cell("a", "other in state", true, "m"));
    List<Behind> behind =
        List.of(
            part(1, 30), part(2, 10), part(3, 11), part(4, 22), new Behind(List.of(stands(0)), 2));
    assertThat(chosen(cells, behind)).containsExactlyInAnyOrder(2, 3);
  }

  /** Ten women spend 100 each; of ten men, who are in the total only, nine spend 1 each. */
  @ParameterizedTest(name = "one man spends {0}: held back {1}")
  @CsvSource({"40, ''", "41, 1", "900, 1"})
  void nobodyDominatesWhatRemainsOfASum(int largest, String held) {
    List<Behind> behind = List.of(sum(10, 100, 100, 0, 1), sum(10, largest, 1, 0));
    assertThat(chosenSums(List.of(old("all"), fresh("a")), behind))
        .containsExactlyElementsOf(held.isEmpty() ? List.of() : List.of(Integer.valueOf(held)));
  }

  /** Five who spend 1 each do not hide the man. */
  @Test
  void thePartThatHidesWhoDominatesIsHeldBack() {
    List<Behind> behind = List.of(sum(5, 1, 1, 0, 1), sum(10, 100, 100, 0, 2), sum(10, 900, 1, 0));
    assertThat(chosenSums(List.of(old("all"), fresh("a"), fresh("a")), behind)).containsExactly(2);
  }

  /** None of three is enough alone. */
  @Test
  void asFewPartsAsItTakesAreHeldBack() {
    List<Behind> behind =
        List.of(
            sum(7, 10, 10, 0, 1), sum(9, 10, 10, 0, 2), sum(10, 10, 10, 0, 3), sum(10, 900, 1, 0));
    assertThat(chosenSums(List.of(old("all"), fresh("a"), fresh("a"), fresh("a")), behind))
        .as("9 and 190, but for one share of 10, are more than a fifth of 900")
        .containsExactly(2, 3);
  }

  @Test
  void nobodyDominatesWhatSeveralShapesTellTogether() {
    List<Behind> behind =
        List.of(sum(10, 100, 100, 0, 1), sum(10, 100, 100, 0, 2), sum(10, 900, 1, 0));
    assertThat(chosenSums(List.of(old("all"), fresh("a"), fresh("b")), behind)).containsExactly(1);
  }

  /** Four spend other sums than when the total was made; six who spend 1 are in the total only. */
  @ParameterizedTest(name = "one of them {0} more: held back {1}")
  @CsvSource({"40, ''", "41, 1"})
  void whatAShareHasChangedByCounts(int most, String held) {
    List<Stands> stands = List.of(new Stands(0, true, true, 0), new Stands(1, true, false, 1));
    Sizes share = sizes(4, 100, 100);
    Shares shares = new Shares(2, List.of(share, sizes(4, most, 1), share));
    assertThat(
            chosenSums(
                List.of(old("all"), fresh("a")),
                List.of(
                    sum(50, 100, 100, 0, 1), sum(6, 1, 1, 0), new Behind(stands, 4, true, shares))))
        .containsExactlyElementsOf(held.isEmpty() ? List.of() : List.of(Integer.valueOf(held)));
  }

  private static Set<Integer> chosenSums(List<Cell> cells, List<Behind> behind) {
    return new SetsToHoldBack(K, true, OptionalDouble.of(20), cells, behind)
        .choose(new TreeSet<>());
  }

  /** So many persons, of whom one spends {@code largest}, and who are in these cells. */
  private static Behind sum(int persons, int largest, int others, Integer... cells) {
    List<Stands> stands = Stream.of(cells).map(SetsToHoldBackTest::stands).toList();
    Shares shares = new Shares(1, List.of(sizes(persons, largest, others)));
    return new Behind(stands, persons, true, shares);
  }

  private static Sizes sizes(int persons, int largest, int others) {
    BigDecimal all = BigDecimal.valueOf(largest + (persons - 1L) * others);
    return Sizes.of(all, BigDecimal.valueOf(largest), BigDecimal.valueOf(others));
  }

  /** Whatever order the persons come in, and however often it is asked. */
  @Property(tries = 50)
  void theSameAreHeldBackEveryNight(@ForAll long seed) {
    Random random = new Random(seed);
    RandomSets sets = new RandomSets(random);
    List<Behind> behind = sets.behind();
    Set<Integer> once = sets.heldBack(K);
    Collections.shuffle(behind, random);
    assertThat(chosen(sets.cells(), behind)).isEqualTo(once);
    assertThat(
            new SetsToHoldBack(K, false, OptionalDouble.empty(), sets.cells(), behind).choose(once))
        .as("and nothing more")
        .isEqualTo(once);
  }

  @Property(tries = 50)
  void noNewSetTellsOfFewBesideOthers(@ForAll long seed) {
    RandomSets random = new RandomSets(new Random(seed));
    Set<Integer> back = random.heldBack(K);
    List<Cell> cells = random.cells();
    List<Set<Integer>> sets = new ArrayList<>();
    cells.forEach(cell -> sets.add(new TreeSet<>()));
    for (int person = 0; person < random.persons(); person++) {
      for (int cell : random.behind(person, back)) {
        sets.get(cell).add(person);
      }
    }
    for (int whole = 0; whole < cells.size(); whole++) {
      for (String shape : List.of("a", "b", "c")) {
        Set<Integer> about = new TreeSet<>(Set.of(whole));
        for (int part = 0; part < cells.size(); part++) {
          if (cells.get(part).shape().equals(shape)
              && !shape.equals(cells.get(whole).shape())
              && nearlyWithin(sets.get(part), sets.get(whole))) {
            about.add(part);
          }
        }
        if (about.size() > 1 && about.stream().anyMatch(cell -> random.isNew(cell, back))) {
          assertThat(told(sets, whole, about)).isNotIn(1, 2, 3, 4);
        }
      }
    }
  }

  /** How many persons a cell minus its parts is about. */
  private static int told(List<Set<Integer>> sets, int whole, Set<Integer> about) {
    Map<Integer, Integer> weights = new HashMap<>();
    for (int cell : about) {
      int sign = cell == whole ? 1 : -1;
      sets.get(cell).forEach(person -> weights.merge(person, sign, Integer::sum));
    }
    return (int) weights.values().stream().filter(weight -> weight != 0).count();
  }

  private static boolean nearlyWithin(Set<Integer> part, Set<Integer> whole) {
    long inside = part.stream().filter(whole::contains).count();
    return part.size() - inside < Math.min(K, inside);
  }

  private static Set<Integer> chosen(List<Cell> cells, List<Behind> behind) {
    return new SetsToHoldBack(K, false, OptionalDouble.empty(), cells, behind)
        .choose(new TreeSet<>());
  }

  /** So many persons of a cell that are in cell 0 too. */
  private static Behind part(int cell, long persons) {
    return new Behind(List.of(stands(0), stands(cell)), persons);
  }

  private static Stands stands(int cell) {
    return new Stands(cell, true, cell == 0);
  }

  private static Cell fresh(String shape) {
    return new Cell(shape, shape, true, "");
  }

  private static Cell old(String shape) {
    return new Cell(shape, shape, false, "");
  }
}
