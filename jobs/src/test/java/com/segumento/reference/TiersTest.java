package com.segumento.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiersTest {
  private static final double KM_A_DEGREE = Point.EARTH_RADIUS_KM * Math.PI / 180;
  private static final Point PLACE = new Point(20, 78);

  @ParameterizedTest(name = "{0} people, {1} km away: {2}")
  @CsvSource({
    "999999, 10, tier2",
    "1000000, 10, metro",
    "1000001, 10, metro",
    "99999, 10, tier3",
    "100000, 10, tier2",
    "1000000, 39.999, metro",
    "1000000, 40.001, tier3",
    "100000, 39.999, tier2",
    "100000, 40.001, tier3"
  })
  void goesByPopulationAndDistance(long population, double kilometres, String tier) {
    assertThat(new Tiers(List.of(city(population, kilometres))).of(PLACE)).isEqualTo(tier);
  }

  @Test
  void theLargestCityInReachDecidesNotItsSuburb() {
    Tiers tiers = new Tiers(List.of(city(120_000, 1), city(5_000_000, 30), city(9_000_000, 90)));
    assertThat(tiers.of(PLACE)).isEqualTo("metro");
  }

  @Test
  void withoutCitiesAllIsTier3() {
    assertThat(new Tiers(List.of()).of(PLACE)).isEqualTo("tier3");
  }

  @Test
  void aFewPointsFarOffDoNotMoveTheMedian() {
    Point centre =
        Point.median(
            List.of(
                new Point(12.9, 77.5),
                new Point(13.0, 77.6),
                new Point(12.95, 77.55),
                new Point(29.0, 91.0)));
    assertThat(centre).isEqualTo(new Point(12.975, 77.575));
  }

  @Test
  void measuresGreatCircles() {
    Point delhi = new Point(28.6139, 77.2090);
    Point mumbai = new Point(19.0760, 72.8777);
    assertThat(delhi.kilometresTo(mumbai)).isCloseTo(1148, within(1.0));
    assertThat(new Point(0, 179.9).kilometresTo(new Point(0, -179.9)))
        .isCloseTo(0.2 * KM_A_DEGREE, within(0.001));
  }

  private static Tiers.City city(long population, double kilometres) {
    return new Tiers.City(
        new Point(PLACE.latitude() + kilometres / KM_A_DEGREE, PLACE.longitude()), population);
  }
}
