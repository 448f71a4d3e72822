package com.segumento.attack;

import com.segumento.privacy.CellFixture;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The persons of a client, who come, go, move, spend and are erased over {@link #NIGHTS} nights, in
 * segments that are each made for an attack. The same in every run.
 */
final class World {
  static final int NIGHTS = 60;
  static final int K = 10;

  /** Persons come and go at random, more of them every sixth night. */
  static final String RANDOM = "random";

  /** The same of other persons, of whom there are totals and parts. */
  static final String MIXED = "mixed";

  /** One more woman every night. */
  static final String DRIP = "drip";

  /** Every third night a man comes and another one goes. */
  static final String SWAP = "swap";

  /** One of them is erased on night {@link #ERASURE}, and they are otherwise like the kept. */
  static final String ERASED = "erased";

  static final String KEPT = "kept";

  /** Two segments, what they have in common and all that are in one: three are not in b. */
  static final String A = "a";

  static final String B = "b";
  static final String A_AND_B = "a_and_b";
  static final String A_OR_B = "a_or_b";

  /** Two that have three persons in common, and all that are in one. */
  static final String X = "x";

  static final String Y = "y";
  static final String X_OR_Y = "x_or_y";

  /** All but four of somebody. */
  static final String EVERYBODY = "everybody";

  static final String NEARLY_ALL = "not_rare";

  /** Women, men and three others. */
  static final String SMALL_GENDER = "small_gender";

  /** Women, men and three others, and after some nights ten persons more, of a fourth gender. */
  static final String GROWN = "grown";

  /** Women, men and eleven others of two genders; on one night ten women come, and one other. */
  static final String SPREAD = "spread";

  /** On one night ten women correct what they said and are men, and one more man comes. */
  static final String CORRECTED = "corrected";

  /** Two districts of one state, and three persons of a third. */
  static final String SMALL_DISTRICT = "small_district";

  /** Who has bought within seven, and within eight days. */
  static final String WEEK = "bought_7d";

  static final String LONGER = "bought_8d";

  /** Those in the part are half of the whole at first; nearly all who come are in both. */
  static final String WHOLE = "whole";

  static final String PART = "part";

  /** Who has spent something, and these with those who have not, and one more who has. */
  static final String SPENDERS = "spenders";

  static final String VISITORS = "visitors";

  /** Two districts of one state, and three persons of a third, under one name and then another. */
  static final String OLD_NAME = "old_name";

  static final String NEW_NAME = "new_name";

  /** Of four genders in two districts; on one night ten women come, and one other. No totals. */
  static final String UNTOTALLED = "untotalled";

  /**
   * The same; on one night ten of the rarer genders correct what they said and are women, and ten
   * of rare genders come. No totals.
   */
  static final String REGROUPED = "regrouped";

  /**
   * Nearly all women have bought on the web, and of the men more than k have not. Every sixth night
   * ten men come who have, and one who has not.
   */
  static final String ONLINE = "online";

  /**
   * Who has bought on the web or in a store: of the women all but three; of the men more than k
   * have not. On some nights one of each comes, and on some k men of each and one of neither.
   */
  static final String SPLIT = "split";

  /** The same of other persons, of whom those three have spent something in the app. */
  static final String SHOPPERS = "shoppers";

  /** Those who have bought on the web, and in stores: no segments that anything is published of. */
  static final String WEB = "web";

  static final String STORE = "store";

  static final int ERASURE = 21;

  private static final int GROWTH = 8;
  private static final int CORRECTION = 12;
  private static final int RENAMING = 14;
  private static final int SPREADING = 20;
  private static final int REGROUPING = 25;

  /** Those whose cells are published every night. */
  static final List<String> SEGMENTS =
      List.of(
          RANDOM,
          DRIP,
          SWAP,
          ERASED,
          KEPT,
          A,
          B,
          A_AND_B,
          A_OR_B,
          X,
          Y,
          X_OR_Y,
          EVERYBODY,
          NEARLY_ALL,
          WEEK,
          LONGER,
          CORRECTED,
          WHOLE,
          PART,
          SPENDERS,
          VISITORS);

  private static final int PERIOD = 20;

  /** So many of {@link #REGROUPED} come before those of the rarer genders. */
  private static final int RARER = 35;

  private static final List<String> DISTRICTS =
      List.of("Pune, Maharashtra", "Nashik, Maharashtra", "Nagpur, Maharashtra", "Surat, Gujarat");

  /** A person with what is known of it tonight. */
  record Person(int number, String gender, int district, int spend, Set<String> segments) {
    /** Its district, and what is left of the state, the zone and the country. */
    List<String> districts() {
      return List.of(
          DISTRICTS.get(district), "other in " + state(), "other in west", "other in India");
    }

    /** Its state, and what is left of the zone and the country. */
    List<String> states() {
      return List.of(state(), "other in west", "other in India");
    }

    String state() {
      String name = DISTRICTS.get(district);
      return name.substring(name.indexOf(", ") + 2);
    }

    BigDecimal spent() {
      return BigDecimal.valueOf(spend);
    }
  }

  private final Random random = new Random(60);
  private final Map<Integer, Person> persons = new LinkedHashMap<>();
  private final List<Integer> buyers = new ArrayList<>();
  private int next;
  private int night = 1;
  private OptionalInt erased = OptionalInt.empty();

  World() {
    IntStream.range(0, 90).forEach(i -> arrive(RANDOM));
    IntStream.range(0, 90).forEach(i -> arrive(MIXED));
    add(14, "f", 0, DRIP);
    add(30, "m", 0, SWAP);
    add(24, "f", 1, ERASED);
    add(24, "f", 1, KEPT);
    add(31, "f", 0, A, B, A_AND_B, A_OR_B);
    add(3, "f", 0, A, A_OR_B);
    add(20, "f", 0, B, A_OR_B);
    add(20, "m", 0, X, X_OR_Y);
    add(3, "m", 0, X, Y, X_OR_Y);
    add(25, "m", 0, Y, X_OR_Y);
    add(36, "f", 2, EVERYBODY, NEARLY_ALL);
    add(4, "f", 2, EVERYBODY);
    add(14, "f", 0, SMALL_GENDER);
    add(13, "m", 0, SMALL_GENDER);
    add(3, "x", 0, SMALL_GENDER);
    add(20, "f", 0, GROWN);
    add(20, "m", 0, GROWN);
    add(3, "x", 0, GROWN);
    add(30, "f", 0, CORRECTED);
    add(20, "m", 0, CORRECTED);
    add(14, "f", 0, SMALL_DISTRICT);
    add(13, "f", 1, SMALL_DISTRICT);
    add(3, "f", 2, SMALL_DISTRICT);
    add(15, "f", 3, SMALL_DISTRICT);
    buyers.addAll(add(3 * PERIOD, "f", 0));
    add(30, "m", 0, WHOLE, PART);
    add(20, "m", 0, WHOLE);
    add(20, "m", 0, SPENDERS, VISITORS);
    add(1, "m", 0, VISITORS);
    add(11, "m", 0, VISITORS).forEach(this::spendNothing);
    add(14, "f", 0, OLD_NAME);
    add(13, "f", 1, OLD_NAME);
    add(3, "f", 2, OLD_NAME);
    add(20, "f", 0, SPREAD);
    add(15, "m", 0, SPREAD);
    add(5, "x", 0, SPREAD);
    add(6, "y", 0, SPREAD);
    Stream.of(UNTOTALLED, REGROUPED).forEach(this::addGendersOfTwoDistricts);
    add(27, "f", 0, ONLINE, WEB);
    add(3, "f", 0, ONLINE);
    add(20, "m", 0, ONLINE, WEB);
    add(12, "m", 0, ONLINE);
    for (String segment : List.of(SPLIT, SHOPPERS)) {
      addOfBothWays(segment, "f", 3);
      addOfBothWays(segment, "m", 12);
    }
    buy();
  }

  /** The key of a person. */
  static byte[] key(int number) {
    return CellFixture.key(number);
  }

  List<Person> persons() {
    return List.copyOf(persons.values());
  }

  /** Who was erased this night. */
  OptionalInt erased() {
    return erased;
  }

  /** What happens until the next night. */
  void next() {
    night++;
    erased = OptionalInt.empty();
    churn(RANDOM, night % 6 == 0 ? 14 : 3);
    churn(MIXED, night % 6 == 0 ? 14 : 3);
    if (night > 3 && night <= 40) {
      add(1, "f", 0, DRIP);
    }
    if (night % 3 == 0) {
      remove(members(SWAP).get(0));
      add(1, "m", 0, SWAP);
    }
    if (night == ERASURE) {
      erased = OptionalInt.of(members(ERASED).get(5));
      remove(erased.getAsInt());
    }
    if (night % 6 == 0) {
      add(15, "m", 0, WHOLE, PART);
      add(1, "m", 0, WHOLE);
      add(World.K, "m", 0, ONLINE, WEB);
      add(1, "m", 0, ONLINE);
      for (String segment : List.of(SPLIT, SHOPPERS)) {
        add(World.K, "m", 0, segment, WEB);
        add(World.K, "m", 0, segment, STORE);
        add(1, "m", 0, segment);
      }
    }
    if (night == GROWTH) {
      add(World.K, "z", 0, GROWN);
    }
    if (night == SPREADING) {
      add(World.K, "f", 0, SPREAD);
      add(1, "x", 0, SPREAD);
      add(World.K, "f", 0, UNTOTALLED);
      add(1, "x", 0, UNTOTALLED);
    }
    if (night == REGROUPING) {
      members(REGROUPED).subList(RARER, RARER + World.K).forEach(this::correct);
      add(4, "y", 0, REGROUPED);
      add(6, "z", 0, REGROUPED);
    }
    if (night == CORRECTION) {
      members(CORRECTED).subList(0, World.K).forEach(this::correct);
      add(1, "m", 0, CORRECTED);
    }
    if (night == RENAMING) {
      members(OLD_NAME).forEach(this::rename);
    }
    if (night % 5 == 0) {
      add(1, "f", 0, A, B, A_AND_B, A_OR_B);
      add(1, "m", 0, X, X_OR_Y);
      add(1, "f", 2, EVERYBODY, NEARLY_ALL);
      add(1, "m", 0, SMALL_GENDER);
      add(1, "f", 1, SMALL_DISTRICT);
      for (String segment : List.of(SPLIT, SHOPPERS)) {
        add(1, "f", 0, segment, WEB);
        add(1, "f", 0, segment, STORE);
      }
    }
    buy();
  }

  /** Every buyer buys every {@link #PERIOD} days, three of them a day. */
  private void buy() {
    for (int i = 0; i < buyers.size(); i++) {
      int ago = Math.floorMod(night - i, PERIOD);
      Set<String> in = new TreeSet<>();
      if (ago < 7) {
        in.add(WEEK);
      }
      if (ago < 8) {
        in.add(LONGER);
      }
      persons.computeIfPresent(
          buyers.get(i), (number, old) -> new Person(number, old.gender(), 0, old.spend(), in));
    }
  }

  private List<Integer> members(String segment) {
    return persons.values().stream()
        .filter(person -> person.segments().contains(segment))
        .map(Person::number)
        .toList();
  }

  /** Women and men of both districts, so that none is a total of a gender. */
  private void addGendersOfTwoDistricts(String segment) {
    add(10, "f", 0, segment);
    add(10, "f", 1, segment);
    add(8, "m", 0, segment);
    add(7, "m", 1, segment);
    add(6, "x", 0, segment);
    add(6, "y", 1, segment);
  }

  /** Those who have bought on the web or in a store, and some who have done neither. */
  private void addOfBothWays(String segment, String gender, int others) {
    add(15, gender, 0, segment, WEB);
    add(14, gender, 0, segment, STORE);
    add(others, gender, 0, segment);
  }

  private void remove(int number) {
    persons.remove(number);
  }

  private List<Integer> add(int count, String gender, int district, String... segments) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              int number = next++;
              int spend = 1 + number * 37 % 997;
              persons.put(number, new Person(number, gender, district, spend, Set.of(segments)));
              return number;
            })
        .toList();
  }

  private void arrive(String segment) {
    add(1, random.nextBoolean() ? "f" : "m", random.nextInt(random.nextInt(4) + 1), segment);
  }

  private void churn(String segment, int many) {
    IntStream.range(0, random.nextInt(many)).forEach(i -> arrive(segment));
    List<Integer> all = members(segment);
    for (int i = random.nextInt(many); i > 0; i--) {
      persons.remove(all.get(random.nextInt(all.size())));
    }
    for (int i = random.nextInt(2 * many); i > 0; i--) {
      change(all.get(random.nextInt(all.size())));
    }
  }

  /** Spends another sum; now and then also moves, and corrects what it has said of itself. */
  private void change(int number) {
    int spend = 1 + random.nextInt(900);
    int district = random.nextInt(4);
    boolean corrects = random.nextBoolean();
    boolean moves = random.nextInt(5) == 0;
    persons.computeIfPresent(
        number,
        (same, old) ->
            new Person(
                number,
                moves && corrects ? other(old.gender()) : old.gender(),
                moves ? district : old.district(),
                spend,
                old.segments()));
  }

  private void spendNothing(int number) {
    persons.computeIfPresent(
        number, (same, old) -> new Person(number, old.gender(), old.district(), 0, old.segments()));
  }

  private void rename(int number) {
    persons.computeIfPresent(
        number,
        (same, old) ->
            new Person(number, old.gender(), old.district(), old.spend(), Set.of(NEW_NAME)));
  }

  private void correct(int number) {
    persons.computeIfPresent(
        number,
        (same, old) ->
            new Person(number, other(old.gender()), old.district(), old.spend(), old.segments()));
  }

  private static String other(String gender) {
    return gender.equals("f") ? "m" : "f";
  }
}
