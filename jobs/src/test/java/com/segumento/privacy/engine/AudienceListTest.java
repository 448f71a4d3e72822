package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudienceListTest {
  @ParameterizedTest(name = "{0} joining, {1} staying, {2} leaving, {3} expelled: {4} listed")
  @CsvSource({
    // joining, staying, leaving, expelled, size, published, told
    "9, 0, 0, 0, 0, false, false", // too few to begin with
    "10, 0, 0, 0, 10, true, false", // begins; nothing is told of a first list
    "9, 20, 0, 0, 20, true, false", // they wait
    "10, 20, 0, 0, 30, true, true",
    "0, 20, 9, 0, 29, true, false", // they stay
    "0, 20, 10, 0, 20, true, true",
    "10, 20, 9, 0, 39, true, true", // who waits to leave is no part of the change
    "10, 20, 0, 1, 30, true, false", // one who opted out would be told of
    "0, 20, 0, 9, 20, true, false",
    "0, 20, 0, 10, 20, true, true",
    "0, 20, 10, 1, 20, true, true",
    "0, 9, 10, 0, 9, false, false", // too few are left
    "0, 9, 1, 0, 10, true, false", // one who stays makes it enough
    "0, 9, 0, 5, 9, false, false"
  })
  void changesByGroups(
      long joining,
      long staying,
      long leaving,
      long expelled,
      long size,
      boolean published,
      boolean told) {
    AudienceList list = new AudienceList("s", joining, staying, leaving, expelled, 10);
    assertThat(list.size()).isEqualTo(size);
    assertThat(list.published()).isEqualTo(published);
    assertThat(list.told()).isEqualTo(told);
  }
}
