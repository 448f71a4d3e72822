package com.segumento.privacy;

import com.segumento.privacy.engine.RecordEngine;
import com.segumento.privacy.gate.RecordGate;

/** Persons for exports of records, under k = 3. */
public final class RecordFixture {
  /** Thirteen persons, of whom three are too few of their kind. */
  public static final String PANEL =
      "{name: panel, kind: records, attributes: {age: quasi, gender: quasi, income_band: sensitive,"
          + " spend_90d: insensitive}, privacy: {k: 3, suppression_limit: 0.25}, format: csv}";

  private static final String[] INCOMES = {"low", "high", null, "low", "middle", "high"};

  private RecordFixture() {}

  /** The persons of {@link #PANEL}. */
  public static CellFixture panel(CellFixture fixture) {
    for (int i = 0; i < 3; i++) {
      fixture.person(21, "f", INCOMES[i], "Pune", 100 * i, "a");
      fixture.person(34 + i, "m", INCOMES[3 + i], "Pune", i == 1 ? null : 50, "a", "b");
    }
    for (int i = 0; i < 4; i++) {
      fixture.person(null, "f", i == 0 ? "high" : "low", null, 10, "b");
    }
    fixture.person(55, "m", "low", "Pune", 7, "a");
    fixture.person(56, "m", "high", "Pune", 7, "a");
    fixture.person(70, "x", "low", "Pune", 7, "a");
    fixture.repeatLast();
    fixture.nobody(70, "x", "a");
    return fixture;
  }

  /** Releases in files of a few rows. */
  public static Anonymizer smallFiles() {
    return new Anonymizer(new RecordEngine(4)::stage, new RecordGate(4));
  }
}
