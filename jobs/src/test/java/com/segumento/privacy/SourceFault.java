package com.segumento.privacy;

/** Tables of a night that no release may be made of, and the reason code the gate must give. */
public enum SourceFault {
  /** Rolled up by places, who has two would be counted twice. */
  GIVES_A_PERSON_TWO_PLACES("person_in_two_places"),
  /** Some of the members are by the definition of before. */
  MIXES_DEFINITIONS("mixed_definitions");

  private final String code;

  SourceFault(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** Four persons of one district, and what is wrong. */
  public CellFixture write(CellFixture fixture) {
    for (int i = 0; i < 3; i++) {
      fixture.person(30, "f", "low", "Pune", 1, "a");
    }
    if (this == MIXES_DEFINITIONS) {
      fixture.redefine("a");
    }
    fixture.person(30, "f", "low", "Pune", 1, "a");
    if (this == GIVES_A_PERSON_TWO_PLACES) {
      fixture.nextIs(3);
      fixture.person(30, "f", "low", "Thane", 1);
    }
    return fixture.write();
  }
}
