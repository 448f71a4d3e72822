package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemainderTest {
  private static final List<Long> BOUNDS = List.of(0L, 5L);

  /** Of so many who add the bound, or something else, and others. */
  @ParameterizedTest
  @CsvSource({
    "5, 1, 0, false",
    "5, 1, 1, true",
    "5, 1, 2, true",
    "5, 1, 3, false",
    "4, 2, 1, false",
    "4, 3, 1, true",
    "4, 3, 2, true",
    "4, 3, 3, false",
    "5, 0, 2, false"
  })
  void tellsOfOneToKMinusOne(long each, int alike, int others, boolean tells) {
    for (boolean othersFirst : new boolean[] {false, true}) {
      AlikeShares shares = new AlikeShares(3, BOUNDS);
      add(shares, othersFirst ? others : alike, othersFirst ? 0 : each);
      add(shares, othersFirst ? alike : others, othersFirst ? each : 0);
      assertThat(shares.tells()).isEqualTo(tells);
    }
  }

  private static void add(Remainder remainder, int persons, long each) {
    for (int person = 0; person < persons; person++) {
      remainder.add(1, each);
    }
  }

  /** Who came adds it, and who left takes it away; who did neither and adds is another. */
  @ParameterizedTest
  @CsvSource({"-1, -4, true", "-1, 4, false", "0, 4, false"})
  void countsWhoLeft(long counted, long money, boolean alike) {
    AlikeShares shares = new AlikeShares(2, List.of());
    add(shares, 3, 4);
    shares.add(counted, money);
    assertThat(shares.tells()).isEqualTo(!alike);
    shares.add(1, 3);
    assertThat(shares.tells()).isEqualTo(alike);
  }

  /** What is closed would tell of nobody, whoever were added; so it may be forgotten. */
  @Property(tries = 1000)
  void neverTellsOnceItIsClosed(
      @ForAll @Size(max = 12) int[] adds,
      @ForAll @IntRange(min = 1, max = 5) int k,
      @ForAll @IntRange(min = 1, max = 100) int p) {
    AlikeShares shares = new AlikeShares(k, BOUNDS);
    LeftToBound left = new LeftToBound(5, BOUNDS, p);
    boolean sharesClosed = false;
    boolean leftClosed = false;
    for (int each : adds) {
      int share = Math.floorMod(each, 3) == 0 ? Math.floorMod(each, 6) : 5;
      shares.add(1, share);
      left.add(1, share);
      sharesClosed |= !shares.isOpen();
      leftClosed |= !left.isOpen();
      assertThat(sharesClosed && shares.tells()).isFalse();
      assertThat(leftClosed && left.tells()).isFalse();
    }
    Statistics.label("closed").collect(sharesClosed, leftClosed);
  }

  /** They are short of 5 by so much. */
  @ParameterizedTest
  @CsvSource({
    "20, '0 0 0', false",
    "20, '5 0 0', true",
    "20, '5 5 0', true",
    "20, '5 5 1', false",
    "21, '5 5 1', true",
    "20, '1 5 5', false",
    "100, '5 1 4', true"
  })
  void isHeldBackByThePercentRule(double p, String short5, boolean tells) {
    LeftToBound left = new LeftToBound(5, BOUNDS, p);
    Arrays.stream(short5.split(" ", -1)).forEach(by -> left.add(1, 5 - Long.parseLong(by)));
    assertThat(left.tells()).isEqualTo(tells);
  }
}
