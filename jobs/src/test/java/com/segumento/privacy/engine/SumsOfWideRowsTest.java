package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked goes by the sums that stood, as those that are new may all give way. */
class SumsOfWideRowsTest {
  private static final long EARLIER = 1;
  private static final long TONIGHT = 2;
  private static final int PERSONS = 10;

  /** The first three add up to the same for all but one. */
  @ParameterizedTest
  @CsvSource({"7, 0, true", "7, 1, true", "7, 13, true", "8, 0, false", "8, 1, false"})
  void putsThreeTogetherOfSevenThatStood(int stood, int first, boolean tells) {
    SetHistory count = history(ReleaseMemory.PERSONS, 0, true, true);
    List<SetHistory> sums = new ArrayList<>();
    for (int sum = 0; sum < stood + first; sum++) {
      String name = ReleaseMemory.sum("s" + (10 + sum), List.of(0.0, 1_000_000.0));
      sums.add(history(name, sum, sum < stood, sum == 0 || sum >= stood));
    }
    SumsBesideCount beside = new SumsBesideCount(3, OptionalDouble.empty(), List.of(count), sums);
    for (int person = 0; person < PERSONS; person++) {
      List<Stay> adds = new ArrayList<>();
      long left = person == 0 ? 1_000_001 : 1_000_007;
      for (int sum = sums.size() - 1; sum >= 0; sum--) {
        long share = (long) Math.pow(3, sum % 9 + 1) * (person + 1) + sum;
        left -= sum == 1 || sum == 2 ? share : 0;
        Stay stay = new Stay(sums.get(sum));
        stay.add(sums.get(sum).sets() - 1, sum == 0 ? left : share);
        adds.add(stay);
      }
      Stay counted = new Stay(count);
      counted.add(0, 1);
      beside.add(List.of(counted), adds);
    }
    Set<SetHistory.Of> found = new TreeSet<>();
    beside.givingWayTogether(found);
    assertThat(found.contains(sums.get(0).of())).isEqualTo(tells);
  }

  private static SetHistory history(String figure, int number, boolean stood, boolean isNew) {
    SetHistory history = new SetHistory(new SetHistory.Of("a", figure), number);
    if (stood) {
      history.add(EARLIER, PERSONS);
    }
    if (isNew) {
      history.add(TONIGHT, PERSONS);
    }
    history.complete(TONIGHT);
    return history;
  }
}
