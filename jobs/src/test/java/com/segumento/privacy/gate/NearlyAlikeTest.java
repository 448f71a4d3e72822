package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.RandomRows;
import com.segumento.privacy.RandomRows.Kind;
import com.segumento.privacy.RandomRows.Telling;
import com.segumento.privacy.gate.ComparedFigure.PersonSet;
import com.segumento.testkit.SparkExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gate finds of numbers of persons and sums what a look at every two finds, person by person.
 */
@ExtendWith(SparkExtension.class)
class NearlyAlikeTest {
  private static final int CELLS = 300;
  private static final long EARLIER = 1;
  private static final long TONIGHT = 2;

  @ParameterizedTest
  @CsvSource({"2, 0", "2, 20", "5, 0", "5, 20"})
  void findsAllThatTellOfFew(int k, double p, SparkSession spark) {
    RandomRows random = new RandomRows(100 + k, k, p, CELLS);
    Set<List<String>> telling = names(random, told -> told.kind() != Kind.GROWTH);
    assertThat(telling).hasSizeGreaterThan(CELLS / 10);
    try (KeptRows memory = random.changes(spark, 1, RandomRows.TONIGHT)) {
      List<Row> found =
          StandingChanges.besideOthers(memory.rows(), RandomRows.OLDEST, k, p, RandomRows.TONIGHT)
              .collectAsList();
      assertThat(found)
          .filteredOn(row -> row.getString(5).equals(Violation.NEARLY_ALIKE.name()))
          .extracting(NearlyAlikeTest::names)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(telling);
      assertThat(found)
          .filteredOn(row -> row.getString(5).equals(Violation.SUMS_TOGETHER.name()))
          .extracting(row -> names(row.getString(0), row.getString(1), row.getString(2)))
          .containsAll(names(random, told -> told.kind() == Kind.GROWTH));
      assertThat(found)
          .filteredOn(row -> !row.getString(5).equals(Violation.NEARLY_ALIKE.name()))
          .allMatch(
              row ->
                  row.getString(2).equals(ReleaseMemory.PERSONS)
                      == row.getString(4).equals(ReleaseMemory.PERSONS));
    }
  }

  private static Set<List<String>> names(RandomRows random, Predicate<Telling> some) {
    return random.telling().stream()
        .filter(some)
        .map(told -> names(told.cell(), told.segment(), told.sums().get(0)))
        .collect(Collectors.toSet());
  }

  private static List<String> names(String cell, String segment, String sum) {
    return List.of(cell, segment, sum, segment, ReleaseMemory.PERSONS);
  }

  private static List<String> names(Row found) {
    return List.of(
        found.getString(0),
        found.getString(1),
        found.getString(2),
        found.getString(3),
        found.getString(4));
  }

  /** Of more than seven sums two are put together, of more than twenty none. */
  @ParameterizedTest
  @CsvSource({"7, 3, true", "8, 3, false", "8, 2, true", "20, 2, true", "21, 2, false"})
  void putsAsManySumsTogetherAsIsSaid(int sums, int together, boolean found) {
    NearlyAlike alike = new NearlyAlike(3, 0, TONIGHT);
    alike.had("a", EARLIER, 10);
    List<ComparedFigure> figures = new ArrayList<>();
    for (int number = 0; number < sums; number++) {
      String name = ReleaseMemory.sum("s" + number, List.of(0.0, 1_000_000.0));
      ComparedFigure figure = new ComparedFigure("a", name, number);
      figure.sets().add(new PersonSet(number == 0 ? TONIGHT : EARLIER, 10));
      figures.add(figure);
    }
    alike.begin(figures);
    for (int person = 0; person < 10; person++) {
      Map<ComparedFigure, Presence> adding = new HashMap<>();
      long first = person == 0 ? 1 : 7;
      for (int number = sums - 1; number >= 0; number--) {
        // Powers of 3: only the first with the last ones adds up to the same for nearly all.
        long share = (long) Math.pow(3, number + 1) * (person + 1);
        boolean last = number > 0 && number < together;
        first -= last ? share : 0;
        Presence presence = new Presence(figures.get(number));
        presence.add(number == 0 ? TONIGHT : EARLIER, number == 0 ? first : share);
        if (person == 0) {
          figures.get(number).standing();
        }
        adding.put(figures.get(number), presence);
      }
      alike.did("a", EARLIER, 1);
      alike.endPerson(adding);
    }
    assertThat(alike.telling()).isEqualTo(found ? List.of(figures.get(0)) : List.of());
  }

  @Test
  void countsWhatOnlyOthersOfAnotherSegmentAddForNobody() {
    NearlyAlike alike = new NearlyAlike(3, 0, TONIGHT);
    alike.had("a", TONIGHT, 5);
    ComparedFigure other =
        new ComparedFigure("b", ReleaseMemory.sum("spend", List.of(0.0, 1.0)), 0);
    other.sets().add(new PersonSet(TONIGHT, 4));
    alike.begin(List.of(other));
    for (int person = 0; person < 5; person++) {
      Presence presence = new Presence(other);
      presence.add(TONIGHT, person == 0 ? 0 : 1_000_000);
      other.standing();
      alike.did("a", TONIGHT, 1);
      alike.endPerson(Map.of(other, presence));
    }
    assertThat(alike.telling()).isEmpty();
  }
}
