package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.engine.PlainNights.Cut;
import com.segumento.privacy.engine.PlainNights.Member;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cells that have persons behind them and none in tonight's tables, k = 5. */
@ExtendWith(SparkExtension.class)
class StandingEmptyCellsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  private static final Cut COUNTS =
      new Cut(List.of("a"), List.of(PlainNights.GENDER), 0, List.of());
  private static final Cut SUMS =
      new Cut(List.of("a"), List.of(PlainNights.GENDER), 0, List.of(PlainNights.SPEND));
  private static final Cut PLACES =
      new Cut(List.of("a"), List.of(PlainNights.PLACE), 1, List.of(PlainNights.SPEND));

  /** As where a client delivers an empty snapshot: all goes, and may come back as it was. */
  @Test
  void allGoAndComeBack(SparkSession spark) {
    PlainNights nights = new PlainNights(spark, 5);
    List<Member> all = both(persons(0, 6, "f"), persons(10, 18, "m"));
    List<Row> first = nights.publish(SUMS, all, FIRST);
    assertThat(counts(first)).containsExactly("a,f,6,60.00", "a,m,8,80.00");
    assertThat(nights.publish(SUMS, List.of(), FIRST.plusDays(1))).isEmpty();
    assertThat(standing(nights)).isEmpty();
    assertThat(counts(nights.publish(SUMS, all, FIRST.plusDays(2)))).isEqualTo(counts(first));
  }

  /** What another export of these cells adds up is not this one's to end. */
  @Test
  void sumsOfAnotherExportStand(SparkSession spark) {
    PlainNights nights = new PlainNights(spark, 5);
    List<Member> all = both(persons(0, 6, "f"), persons(10, 18, "m"));
    nights.publish(SUMS, all, FIRST);
    long remembered = nights.memory().size();
    nights.publish(COUNTS, all, FIRST);
    assertThat(nights.memory()).hasSize((int) remembered);
    LocalDate second = FIRST.plusDays(1);
    assertThat(counts(nights.publish(COUNTS, persons(10, 18, "m"), second)))
        .containsExactly("a,m,8");
    assertThat(counts(nights.publish(SUMS, persons(10, 18, "m"), second)))
        .containsExactly("a,m,8,80.00");
    assertThat(standing(nights)).hasSize(2);
  }

  /** A sum that would tell of few keeps its row, though the number of persons might go. */
  @Test
  void aSumThatWaitsKeepsItsRow(SparkSession spark) {
    PlainNights nights = new PlainNights(spark, 5);
    nights.publish(SUMS, both(spending(0, 12, "f"), spending(20, 32, "m")), FIRST);
    // Of twelve six moved, one of whom spends more by now.
    List<Member> moved = both(spending(0, 5, "m"), spending(20, 32, "m"));
    moved.add(new Member("a", 5, "m", List.of(), new BigDecimal("11.00")));
    assertThat(counts(nights.publish(SUMS, moved, FIRST.plusDays(1))))
        .containsExactly("a,f,12,78.00", "a,m,18,318.00");
  }

  /** One of six is erased, and five moved: who the sixth was nobody knows, but that one went. */
  @Test
  void theErasedStand(SparkSession spark) {
    PlainNights nights = new PlainNights(spark, 5);
    nights.publish(COUNTS, both(persons(0, 6, "f"), persons(10, 18, "m")), FIRST);
    nights.erase(CellFixture.key(5));
    List<Member> moved = both(persons(0, 5, "m"), persons(10, 18, "m"));
    assertThat(counts(nights.publish(COUNTS, moved, FIRST.plusDays(1))))
        .containsExactly("a,f,6", "a,m,8");
    IntStream.range(0, 5).forEach(person -> nights.erase(CellFixture.key(person)));
    assertThat(counts(nights.publish(COUNTS, persons(10, 18, "m"), FIRST.plusDays(2))))
        .as("six nobody knows are gone together")
        .containsExactly("a,m,8");
  }

  /** What was left of a state has moved to one of its districts, but for one. */
  @Test
  void whatIsLeftOfAPlaceStands(SparkSession spark) {
    PlainNights nights = new PlainNights(spark, 5);
    List<Member> first = both(in("Pune", 0, 8), both(in("Thane", 10, 13), in("Nashik", 13, 16)));
    List<String> rows = List.of("a,Pune,8,80.00", "a,other in Maharashtra,6,60.00");
    assertThat(counts(nights.publish(PLACES, first, FIRST)))
        .containsExactlyInAnyOrderElementsOf(rows);
    List<Member> moved = both(in("Pune", 0, 8), in("Pune", 10, 15));
    assertThat(counts(nights.publish(PLACES, moved, FIRST.plusDays(1))))
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  /** Each as much as no other. */
  private static List<Member> spending(int from, int to, String gender) {
    return IntStream.range(from, to)
        .mapToObj(
            person ->
                new Member("a", person, gender, List.of(), new BigDecimal((person + 1) + ".00")))
        .toList();
  }

  private static List<Member> persons(int from, int to, String gender) {
    return members(from, to, gender, List.of());
  }

  private static List<Member> in(String district, int from, int to) {
    return members(
        from,
        to,
        "f",
        List.of(district, "other in Maharashtra", "other in west", "other in India"));
  }

  private static List<Member> members(int from, int to, String gender, List<String> places) {
    return IntStream.range(from, to)
        .mapToObj(person -> new Member("a", person, gender, places, new BigDecimal("10.00")))
        .toList();
  }

  private static List<Member> both(List<Member> one, List<Member> other) {
    return Stream.of(one, other)
        .flatMap(List::stream)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<String> counts(List<Row> rows) {
    return rows.stream().map(row -> row.mkString(",")).sorted().toList();
  }

  /** How many stand behind each figure somebody stands behind. */
  private static Map<List<String>, Integer> standing(PlainNights nights) {
    Map<List<String>, Integer> ofOne =
        nights.memory().stream()
            .collect(
                Collectors.groupingBy(
                    row ->
                        List.of(
                            row.<String>getAs(ReleaseMemory.CELL.name()),
                            row.<String>getAs(ReleaseMemory.FIGURE.name()),
                            ByteBuffer.wrap(row.getAs(ReleaseMemory.PERSON_KEY.name()))
                                    .asLongBuffer()
                                    .get()
                                + ""),
                    Collectors.summingInt(row -> row.<Integer>getAs(ReleaseMemory.CHANGE.name()))));
    return ofOne.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .collect(
            Collectors.groupingBy(
                entry -> entry.getKey().subList(0, 2), Collectors.summingInt(Map.Entry::getValue)));
  }
}
