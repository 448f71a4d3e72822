package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.engine.PlainNights.Cut;
import com.segumento.privacy.engine.PlainNights.Member;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What twenty women and twenty men spend, in all and each by themselves, on three nights. */
@ExtendWith(SparkExtension.class)
class StandingSumsTest {
  private static final int K = 5;
  private static final double P = 20;
  private static final int WOMEN = 20;
  private static final int MUCH = 900;
  private static final LocalDate DATE = LocalDate.of(2026, 3, 1);
  private static final Cut TOTAL = cut(List.of());
  private static final Cut PARTS = cut(List.of(PlainNights.GENDER));

  private final int[] spends =
      IntStream.range(0, 2 * WOMEN).map(i -> i < WOMEN ? 10 + i % 7 : 1 + i % 3).toArray();

  @Test
  void nobodyDominatesWhatIsLeftOfATotal(SparkSession spark) {
    PlainNights nights = new PlainNights(spark, K, OptionalDouble.of(P));
    spends[WOMEN] = MUCH;
    List<BigDecimal> first = night(nights, 0);
    assertThat(first.get(0)).isNotNull();
    assertThat(first.subList(1, 3)).as("of the men, and so of the women").containsOnlyNulls();
    IntStream.range(WOMEN, WOMEN + K + 1).forEach(i -> spends[i] = 4);
    assertThat(night(nights, 1)).as("nobody spends much").doesNotContainNull();
    int[] before = spends.clone();
    IntStream.range(0, K - 1).forEach(i -> spends[i] = 30);
    spends[WOMEN + 1] = MUCH;
    assertThat(night(nights, 2).get(0))
        .as("four women and a man spend more, he nearly all of that")
        .isEqualByComparingTo(sum(before));
  }

  private static BigDecimal sum(int... spends) {
    return BigDecimal.valueOf(IntStream.of(spends).sum());
  }

  /** Sums of all, of women and of men. */
  private List<BigDecimal> night(PlainNights nights, int night) {
    List<Member> members = IntStream.range(0, spends.length).mapToObj(this::member).toList();
    Stream.Builder<BigDecimal> sums = Stream.builder();
    for (Cut cut : List.of(TOTAL, PARTS)) {
      for (Row row : nights.publish(cut, members, DATE.plusDays(night))) {
        sums.add(row.getAs("spend"));
      }
      assertThat(RandomSums.dominated(leftOfTotal(nights), List.of(), P))
          .as("night %s, after %s", night, cut.by())
          .isFalse();
    }
    return sums.build().toList();
  }

  private Member member(int i) {
    String gender = i < WOMEN ? "f" : "m";
    return new Member("a", i, gender, List.of(), BigDecimal.valueOf(spends[i]));
  }

  /** By person, what the sum of all less those of women and men that stand is of. */
  private static List<BigDecimal> leftOfTotal(PlainNights nights) {
    Map<ByteBuffer, BigDecimal> left = new HashMap<>();
    for (Row row : nights.memory()) {
      if (!row.getAs(ReleaseMemory.FIGURE.name()).equals(ReleaseMemory.PERSONS)) {
        int change = row.getAs(ReleaseMemory.CHANGE.name());
        int sign = row.getAs(ReleaseMemory.SHAPE.name()).equals("") ? change : -change;
        BigDecimal share = row.<BigDecimal>getAs(ReleaseMemory.SHARE.name());
        left.merge(
            ByteBuffer.wrap(row.getAs(ReleaseMemory.PERSON_KEY.name())),
            share.multiply(BigDecimal.valueOf(sign)),
            BigDecimal::add);
      }
    }
    return List.copyOf(left.values());
  }

  private static Cut cut(List<String> by) {
    return new Cut(List.of("a"), by, 0, List.of(PlainNights.SPEND));
  }
}
