package com.segumento.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.ops.RunRecord.Status;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {

  @ParameterizedTest(name = "clients that end with {0}: exit status {1}")
  @CsvSource({
    "'', 0",
    "0, 0",
    "0 0, 0",
    "4, 4",
    "4 4, 4",
    "3 3, 3",
    "5, 5",
    "1, 1",
    "4 3, 1",
    "0 4, 6",
    "0 1, 6",
    "5 0 5, 6"
  })
  void saysHowTheClientsEnded(String statuses, int expected) {
    int[] each =
        statuses.isEmpty()
            ? new int[0]
            : List.of(statuses.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
    List<ClientOutcome> clients =
        IntStream.range(0, each.length).mapToObj(i -> client("c" + i, each[i])).toList();
    assertThat(new Summary(LocalDate.of(2026, 3, 1), clients).exitStatus()).isEqualTo(expected);
  }

  private static ClientOutcome client(String id, int status) {
    return new ClientOutcome(
        id,
        "2026-03-01-1",
        List.of(),
        status == 0
            ? Optional.empty()
            : Optional.of(new Failure(Status.REFUSED, status, "Refused.")));
  }
}
