package com.segumento.ingest;

import static com.segumento.ingest.DropYard.token;

import com.segumento.model.Events;
import java.util.List;

/** Rows of orders as delivered, and what became of their drops. */
final class Orders {
  static final String HEADER = "who,at,kind,amount,note\n";

  private Orders() {}

  static String order(int person, String amount, String note) {
    return token(person) + ",2026-03-05T10:00:00Z,sale," + amount + "," + note + "\n";
  }

  /** The drop of each row of the table. */
  static List<String> drops(DropYard yard) {
    return yard.texts(yard.table("orders"), Events.DROP_ID.name()).stream().sorted().toList();
  }

  /** What a message says of a refused drop. */
  static String refused(String drop, String why) {
    return " orders, 2026-03-10, " + drop + ": " + why + ".";
  }
}
