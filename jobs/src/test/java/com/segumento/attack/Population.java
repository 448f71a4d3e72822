package com.segumento.attack;

import com.segumento.privacy.CellFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * The persons of one night, as the client delivered them and therefore knows them: who they are and
 * where they live, but not what we know of them besides.
 *
 * @param rare whether there are four more, who are too few to be published
 */
record Population(boolean rare) {
  static final int K = World.K;

  /** A gender nobody else has. */
  static final String RARE = "rare_gender";

  /** That of one person, who was delivered a dozen times. */
  static final String REPEATED = "repeated_gender";

  /** That of rows without a token. */
  static final String NOBODY = "nobodys_gender";

  /** No number below has as few digits in a key. */
  private static final int FIRST = 0x5A3C1E07;

  /** So many rows there are of it, and of nobody. */
  static final int TIMES = 12;

  /** A person; of the rows that were delivered of it there are so many. */
  record Delivered(
      int number,
      int age,
      String gender,
      String income,
      String pincode,
      String district,
      int spend,
      int rows) {
    byte[] key() {
      return CellFixture.key(number);
    }
  }

  /** In the order they came. */
  List<Delivered> persons() {
    List<Delivered> persons = new ArrayList<>();
    IntStream.range(0, 12)
        .forEach(i -> add(persons, 29 - i % 9, "f", "Pune", i % 2 == 0 ? "low" : "high", 110 - i));
    IntStream.range(0, 11)
        .forEach(i -> add(persons, 39 - i % 9, "m", "Pune", i % 2 == 0 ? "low" : "high", spend(i)));
    // All of them have a low income.
    IntStream.range(0, 10).forEach(i -> add(persons, 59 - i, "f", "Surat", "low", 70 + 10 * i));
    Delivered one = person(persons.size(), 41, REPEATED, "Nashik", "high", 55, TIMES);
    persons.add(one);
    if (rare) {
      IntStream.range(0, 4).forEach(i -> add(persons, 70 + i, RARE, null, "middle", 20 + i));
    }
    return persons;
  }

  /** One man spends nearly all. */
  private static int spend(int i) {
    return i == 3 ? 90_000 : 40 + i;
  }

  private static void add(
      List<Delivered> persons, int age, String gender, String district, String income, int spend) {
    persons.add(person(persons.size(), age, gender, district, income, spend, 1));
  }

  private static Delivered person(
      int i, int age, String gender, String district, String income, int spend, int rows) {
    return new Delivered(FIRST + i, age, gender, income, "4110" + (10 + i), district, spend, rows);
  }

  /** Writes their tables. */
  CellFixture write(CellFixture fixture) {
    fixture.nextIs(FIRST);
    for (Delivered person : persons()) {
      fixture.resident(
          person.age(), person.gender(), person.income(), place(person), person.spend(), "a");
      for (int i = 1; i < person.rows(); i++) {
        fixture.repeatLast();
      }
    }
    IntStream.range(0, TIMES).forEach(i -> fixture.nobody(45, NOBODY, "a"));
    return fixture.write();
  }

  private static Row place(Delivered person) {
    if (person.district() == null) {
      return CellFixture.place(null, null, null, null, null);
    }
    String state = person.district().equals("Surat") ? "Gujarat" : "Maharashtra";
    return CellFixture.place(person.pincode(), person.district(), state, "west", "India");
  }

  /** The label of a person's district, as the reference data says where its pincode is. */
  static String district(Delivered person) {
    return person.district() == null
        ? "unknown"
        : person.district() + (person.district().equals("Surat") ? ", Gujarat" : ", Maharashtra");
  }
}
