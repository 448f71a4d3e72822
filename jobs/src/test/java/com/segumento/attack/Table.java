package com.segumento.attack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.attack.World.Person;
import com.segumento.privacy.engine.PlainNights;
import com.segumento.privacy.engine.PlainNights.Cut;
import com.segumento.privacy.engine.PlainNights.Member;
import com.segumento.privacy.engine.PlainNights.Summed;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * The exports of the client, in the order in which those of one night are made. Totals and their
 * parts are of every fifteenth night, and of segments of their own: of these all cells are one
 * system. Rows of several sums are of every twelfth.
 */
enum Table {
  TOTALS("", 15, new Cut(some(), List.of(), 0, List.of())),
  STATES("place@2", 15, new Cut(some(World.NEW_NAME), List.of(PlainNights.PLACE), 2, List.of())),
  DISTRICTS(
      "place@1",
      15,
      new Cut(
          some(World.OLD_NAME, World.UNTOTALLED, World.REGROUPED),
          List.of(PlainNights.PLACE),
          1,
          List.of())),
  PARTS(
      "gender@0",
      15,
      new Cut(some(World.UNTOTALLED, World.REGROUPED), List.of(PlainNights.GENDER), 0, List.of())),
  GENDERS(
      "gender@0",
      1,
      new Cut(World.SEGMENTS, List.of(PlainNights.GENDER), 0, List.of(PlainNights.SPEND))),
  /** How many have bought on the web, and how many in a store. */
  WAYS(
      "gender@0",
      12,
      new Cut(
          List.of(World.ONLINE, World.SPLIT),
          List.of(PlainNights.GENDER),
          0,
          List.of(
              new Summed(World.WEB, "has_bought_web", List.of(0.0, 1.0)),
              new Summed(World.STORE, "has_bought_store", List.of(0.0, 1.0))))),
  /** What all spend, and what of it on the web and in stores. */
  PURCHASES(
      "gender@0",
      12,
      new Cut(
          List.of(World.SHOPPERS),
          List.of(PlainNights.GENDER),
          0,
          List.of(
              PlainNights.SPEND,
              new Summed(World.WEB, "spend_web_90d", List.of(0.0, 1000.0)),
              new Summed(World.STORE, "spend_store_90d", List.of(0.0, 1000.0)))));

  private final String dimension;
  private final int every;

  @SuppressWarnings("ImmutableEnumChecker") // a record of lists that are copied
  private final Cut cut;

  Table(String dimension, int every, Cut cut) {
    this.dimension = dimension;
    this.every = every;
    this.cut = cut;
  }

  private static List<String> some(String... more) {
    return Stream.concat(
            Stream.of(
                World.MIXED, World.SMALL_GENDER, World.SMALL_DISTRICT, World.GROWN, World.SPREAD),
            Stream.of(more))
        .toList();
  }

  Cut cut() {
    return cut;
  }

  /** Whether it is made this night. Parts of totals are first asked for when these are known. */
  boolean due(int night) {
    return night % every == 1 % every && !(this == PARTS && night == 1);
  }

  /** The label of a person's cell, where it is not among those who are left of a place. */
  String label(Person person) {
    return switch (this) {
      case TOTALS -> "";
      case STATES -> person.states().get(0);
      case DISTRICTS -> person.districts().get(0);
      case PARTS, GENDERS, WAYS, PURCHASES -> person.gender();
    };
  }

  /** The column of its labels; none of totals. */
  String column() {
    return dimension.replaceFirst("@.*", "");
  }

  /** The text by which the release memory knows a cell. */
  String cell(String label) {
    ObjectNode cell = JsonNodeFactory.instance.objectNode();
    return (dimension.isEmpty() ? cell : cell.put(dimension, label)).toString();
  }

  /** One row per segment and member. */
  List<Member> members(List<Person> persons) {
    return persons.stream()
        .flatMap(
            person ->
                person.segments().stream()
                    .filter(cut.segments()::contains)
                    .map(segment -> member(segment, person)))
        .toList();
  }

  private Member member(String segment, Person person) {
    List<String> places =
        switch (this) {
          case STATES -> person.states();
          case DISTRICTS -> person.districts();
          case TOTALS, PARTS, GENDERS, WAYS, PURCHASES -> List.of();
        };
    return new Member(segment, person.number(), person.gender(), places, amounts(segment, person));
  }

  /** The sums of a segment that are published: of those whose sums are attacked. */
  List<Summed> sums(String segment) {
    boolean attacked =
        this != GENDERS || List.of(World.SWAP, World.SPENDERS, World.VISITORS).contains(segment);
    return attacked ? cut.sums() : List.of();
  }

  /** What a person adds to each of the sums of a segment. */
  List<BigDecimal> amounts(String segment, Person person) {
    return sums(segment).stream().map(sum -> amount(sum.name(), person)).toList();
  }

  private BigDecimal amount(String sum, Person person) {
    boolean adds = sum.equals(PlainNights.SPEND.name()) || person.segments().contains(sum);
    BigDecimal whole = this == WAYS ? BigDecimal.ONE : person.spent();
    return adds ? whole : BigDecimal.ZERO;
  }

  /** Those that are made this night. */
  static List<Table> of(int night) {
    return Stream.of(values()).filter(table -> table.due(night)).toList();
  }
}
