package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.engine.RandomSums;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sums of random cells, added up person by person. */
@ExtendWith(SparkExtension.class)
class WorkedOutSumsTest {
  private static final double P = 20;
  private static final int CELLS = 6;
  private static final int PERSONS = 60;
  private static final int SUMS = 60;
  private static final int ERASED = 5;

  private final Random random = new Random(8);

  /** By person, what it adds to each cell it is behind. */
  private final List<Map<Integer, BigDecimal>> shares =
      IntStream.range(0, PERSONS).mapToObj(person -> shares()).toList();

  @Test
  void tellsOfThoseThatSomebodyDominates(SparkSession spark) {
    WorkedOutSums sums = new WorkedOutSums();
    Set<Integer> dominated = new TreeSet<>();
    for (int number = 1; number <= SUMS; number++) {
      Map<Integer, Integer> weights = new TreeMap<>(Map.of(random.nextInt(CELLS), 1));
      for (int part = random.nextInt(4); part > 0; part--) {
        weights.putIfAbsent(random.nextInt(CELLS), -1);
      }
      Map<String, Integer> named = new TreeMap<>();
      weights.forEach((cell, weight) -> named.put(name(cell), weight));
      sums.addDifference("a", "spend", named);
      if (dominated(weights)) {
        dominated.add(number);
      }
    }
    Dataset<Row> now = now(spark);
    assertThat(numbers(WorkedOutSums.telling(sums.differences(now), P)))
        .hasSizeBetween(5, SUMS - 5)
        .isEqualTo(dominated);
    assertThat(sums.dominated(now, P)).isTrue();
  }

  @Test
  void tellsOfGroupsThatSomebodyDominates(SparkSession spark) {
    WorkedOutSums sums = new WorkedOutSums();
    List<List<String>> groups = List.of(List.of("c1"), List.of("c2", "c1"), List.of("c3"));
    groups.forEach(cells -> sums.addGroup("a", "spend", cells));
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 8; person++) {
      rows.add(row("c1", CellFixture.key(person), person == 0 ? 900 : 10));
      rows.add(row("c2", CellFixture.key(person), person < 2 ? 1 : 10));
      rows.add(row("c3", CellFixture.key(SUMS + person), 10));
    }
    assertThat(numbers(WorkedOutSums.telling(sums.groups(frame(spark, rows)), P)))
        .as("two have another share in each: in the first, 900 and 10")
        .containsExactly(1);
  }

  private Map<Integer, BigDecimal> shares() {
    Map<Integer, BigDecimal> shares = new TreeMap<>();
    BigDecimal usual = amount();
    for (int cell = 0; cell < CELLS; cell++) {
      if (random.nextInt(3) == 0) {
        shares.put(cell, random.nextInt(8) == 0 ? amount() : usual);
      }
    }
    return shares;
  }

  private BigDecimal amount() {
    int amount = (1 + random.nextInt(20)) * (random.nextInt(15) == 0 ? 60 : 1);
    return BigDecimal.valueOf(random.nextInt(10) == 0 ? -amount : amount).setScale(6);
  }

  private boolean dominated(Map<Integer, Integer> weights) {
    List<BigDecimal> amounts = new ArrayList<>();
    List<BigDecimal> added = new ArrayList<>();
    List<BigDecimal> taken = new ArrayList<>();
    for (int person = 0; person < PERSONS; person++) {
      BigDecimal amount = BigDecimal.ZERO;
      for (Map.Entry<Integer, BigDecimal> share : shares.get(person).entrySet()) {
        int weight = weights.getOrDefault(share.getKey(), 0);
        if (person >= ERASED) {
          amount = amount.add(share.getValue().multiply(BigDecimal.valueOf(weight)));
        } else if (weight != 0) {
          (weight > 0 ? added : taken).add(share.getValue());
        }
      }
      amounts.add(amount);
    }
    boolean oneSide = added.isEmpty() || taken.isEmpty();
    boolean same = added.size() == taken.size();
    added.addAll(taken);
    amounts.addAll(oneSide ? added : List.of());
    return RandomSums.dominated(amounts, oneSide || same ? List.of() : added, P);
  }

  private Dataset<Row> now(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < PERSONS; person++) {
      for (Map.Entry<Integer, BigDecimal> share : shares.get(person).entrySet()) {
        byte[] key = CellFixture.key(person);
        byte[] name =
            person < ERASED
                ? Arrays.copyOf(new byte[] {(byte) person, share.getKey().byteValue()}, 16)
                : key;
        rows.add(RowFactory.create("a", name(share.getKey()), "spend", name, share.getValue()));
      }
    }
    return frame(spark, rows);
  }

  private static Row row(String cell, byte[] person, int share) {
    return RowFactory.create("a", cell, "spend", person, BigDecimal.valueOf(share).setScale(6));
  }

  private static Dataset<Row> frame(SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(
        rows,
        Field.schema(
            Standing.SEGMENT,
            Standing.CELL,
            Standing.FIGURE,
            ReleaseMemory.PERSON_KEY,
            ReleaseMemory.SHARE));
  }

  private static String name(int cell) {
    return "c" + cell;
  }

  private static Set<Integer> numbers(Dataset<Row> telling) {
    Set<Integer> numbers = new TreeSet<>();
    telling.collectAsList().forEach(row -> numbers.add(row.<Integer>getAs("number")));
    return numbers;
  }
}
