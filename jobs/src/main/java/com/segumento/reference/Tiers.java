package com.segumento.reference;

import java.util.List;

/**
 * The tier of a place: {@code metro} where a city of {@value #METRO} people or more is within
 * {@value #REACH_KM} km, else {@code tier2} where one of {@value #TIER_2} or more is, else {@code
 * tier3}. Of the cities in reach the largest decides, for the nearest to a metro's centre may be a
 * suburb of its own.
 */
record Tiers(List<City> cities) {
  static final long METRO = 1_000_000;
  static final long TIER_2 = 100_000;
  static final double REACH_KM = 40;

  Tiers {
    cities = List.copyOf(cities);
  }

  /** A city with its population. */
  record City(Point centre, long population) {}

  String of(Point place) {
    long largest =
        cities.stream()
            .filter(city -> city.centre().kilometresTo(place) <= REACH_KM)
            .mapToLong(City::population)
            .max()
            .orElse(0);
    if (largest >= METRO) {
      return "metro";
    }
    return largest >= TIER_2 ? "tier2" : "tier3";
  }
}
