package com.segumento.reference;

import java.util.OptionalInt;

/**
 * What a pincode's district is in the census.
 *
 * @param state as it is called today
 * @param district as we show it
 * @param census code of the census district, where one is certain
 * @param relation {@code name} where the plain names agree, else the alias's relation, else {@code
 *     unknown_district}
 */
record CensusMatch(String state, String district, OptionalInt census, String relation) {}
