package com.segumento.segment;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A condition over an event, as SQL and in Java; what is unknown is false.
 *
 * @param sql none where it is null
 */
record NaiveCondition(String sql, Predicate<OracleEvent> holds) {
  static final NaiveCondition ALL = new NaiveCondition(null, event -> true);

  private static final List<NaiveCondition> CONDITIONS =
      List.of(
          new NaiveCondition("kind = 'purchase'", event -> "purchase".equals(event.kind())),
          new NaiveCondition("kind = 'cart'", event -> "cart".equals(event.kind())),
          new NaiveCondition("kind = 'view'", event -> "view".equals(event.kind())),
          new NaiveCondition(
              "amount > 5",
              event -> event.amount() != null && event.amount().compareTo(new BigDecimal(5)) > 0),
          new NaiveCondition(
              "kind = 'view' or amount is null",
              event -> "view".equals(event.kind()) || event.amount() == null),
          new NaiveCondition(
              "100 / quantity > 20",
              event ->
                  event.quantity() != null
                      && event.quantity() > 0
                      && 100.0 / event.quantity() > 20),
          new NaiveCondition("place.tier = 'metro'", event -> "metro".equals(event.tier())),
          new NaiveCondition(
              "kind <> 'view' and category is not null",
              event ->
                  event.kind() != null
                      && !"view".equals(event.kind())
                      && event.category() != null));

  static NaiveCondition random(Random random) {
    return CONDITIONS.get(random.nextInt(CONDITIONS.size()));
  }

  static NaiveCondition randomOrAll(Random random) {
    return random.nextInt(4) == 0 ? ALL : random(random);
  }

  List<OracleEvent> of(List<OracleEvent> events) {
    return events.stream().filter(holds).toList();
  }

  /** The condition as it stands in a definition, with a comma before it. */
  String yaml() {
    return sql == null ? "" : ", where: \"" + sql + "\"";
  }
}
