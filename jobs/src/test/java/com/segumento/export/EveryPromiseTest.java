package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.privacy.AudienceFixture;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.LevelMutant;
import com.segumento.privacy.Promise;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A promise that nothing makes {@code verify} find broken is one nobody knows it to look at. */
class EveryPromiseTest {
  private static final Export NIGHTS = CellFixture.export(Nights.EXACT);
  private static final Export NOISY = CellFixture.export(Nights.NOISY);

  @Test
  void isFoundBrokenOfCells() {
    assertEach(
        Stream.concat(Stream.of(CellBreach.values()).map(CellBreach::broken), nights(NIGHTS)),
        CellFixture.export(CellBreach.EXPORT),
        NIGHTS);
  }

  @Test
  void isFoundBrokenOfCellsWithNoise() {
    assertEach(nights(NOISY), NOISY);
  }

  @Test
  void isFoundBrokenOfRecords() {
    assertEach(
        Stream.of(RecordBreach.values()).map(RecordBreach::broken),
        CellFixture.export(RecordBreach.PANEL),
        CellFixture.export(RecordBreach.CENSUS));
  }

  @Test
  void isFoundBrokenOfAudiences() {
    assertEach(
        Stream.of(AudienceBreach.values()).map(AudienceBreach::broken),
        CellFixture.export(AudienceFixture.ADS));
  }

  @Test
  void isMadeBySomeOfTheseExports() {
    assertThat(
            promised(
                CellFixture.export(CellBreach.EXPORT),
                NOISY,
                CellFixture.export(RecordBreach.PANEL),
                CellFixture.export(AudienceFixture.ADS)))
        .hasSameElementsAs(Stream.of(Promise.values()).map(Promise::label).toList());
  }

  /** Manifests say it, too: of levels that are found it is the default, of records nobody. */
  @Test
  void ofSuppressionIsMadeWhereNoLimitIsGiven() {
    assertThat(promised(CellFixture.export(LevelMutant.EXPORT))).contains("suppression");
    assertThat(promised(CellFixture.export(RecordBreach.CENSUS))).contains("suppression");
    assertThat(promised(NIGHTS)).doesNotContain("suppression");
  }

  private static Stream<String> nights(Export export) {
    return Stream.of(NightBreach.values())
        .filter(breach -> breach.of(export))
        .map(NightBreach::broken);
  }

  private static void assertEach(Stream<String> broken, Export... promising) {
    Set<String> found = new TreeSet<>();
    broken.flatMap(labels -> Stream.of(labels.split(", "))).forEach(found::add);
    found.remove(ReleaseParameters.NAME);
    assertThat(found).containsExactlyInAnyOrderElementsOf(promised(promising));
  }

  private static List<String> promised(Export... exports) {
    return Stream.of(Promise.values())
        .filter(promise -> Stream.of(exports).anyMatch(promise::of))
        .map(Promise::label)
        .toList();
  }
}
