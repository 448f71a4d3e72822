package com.segumento.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.privacy.gate.CellGate;
import com.segumento.privacy.gate.JudgedFolder;
import com.segumento.privacy.gate.MemoryVersions;
import com.segumento.privacy.gate.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reason code that nothing makes the gate give is a check nobody knows to work. */
class EveryViolationTest {
  @Test
  void hasABrokenEngineOrTablesThatProvokeIt() {
    assertThat(provoked())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Violation.values()).map(Violation::code).toList());
  }

  @Test
  void breaksAPromiseAndEveryPromiseCanBeBroken() {
    assertThat(Stream.of(Violation.values()).map(Promise::brokenBy)).containsOnly(Promise.values());
  }

  /** What a gate does not know how to check it does not let pass, whatever lies there. */
  @Test
  void isGivenForAPromiseThatNoGateChecks() {
    Export close =
        CellFixture.export(
            CellFixture.INSIGHT.replace("k: 3", "k: 3, t: {attribute: income_band, max: 0.1}"));
    Export entropy =
        CellFixture.export(
            CellFixture.INSIGHT.replace("k: 3", "k: 3, l: {attribute: income_band, entropy: 2}"));
    for (Export export : List.of(close, entropy)) {
      assertThat(
              new CellGate()
                  .inspect(
                      null,
                      export,
                      Map.of(),
                      null,
                      MemoryVersions.NONE,
                      JudgedFolder.staged("nowhere"),
                      Optional.empty())
                  .violations())
          .extracting(Violation::code)
          .containsExactly(Tampering.PROMISES_WHAT_NOBODY_CHECKS.code());
    }
  }

  /** The codes that tests go through, or assert one by one. */
  private static List<String> provoked() {
    return Stream.of(
            codes(Mutant.values(), Mutant::code),
            codes(RollUpMutant.values(), RollUpMutant::code),
            codes(LevelMutant.values(), LevelMutant::code),
            codes(RecordMutant.values(), RecordMutant::code),
            codes(AudienceMutant.values(), AudienceMutant::code),
            codes(MemoryMutant.values(), MemoryMutant::code),
            codes(SumMutant.values(), SumMutant::code),
            codes(ErasureMutant.values(), ErasureMutant::code),
            codes(TotalsMutant.values(), TotalsMutant::code),
            codes(PlaceMutant.values(), PlaceMutant::code),
            codes(NoiseMutant.values(), NoiseMutant::code),
            codes(SourceFault.values(), SourceFault::code),
            codes(Tampering.values(), Tampering::code))
        .flatMap(codes -> codes)
        .flatMap(codes -> Stream.of(codes.split(", ")))
        .filter(code -> !code.isEmpty())
        .distinct()
        .toList();
  }

  private static <E> Stream<String> codes(E[] all, Function<E, String> code) {
    return Stream.of(all).map(code);
  }
}
