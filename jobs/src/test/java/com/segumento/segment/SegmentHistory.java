package com.segumento.segment;

import com.segumento.config.ProfileSchema;
import com.segumento.lake.Commit;
import com.segumento.lake.Workspace;
import com.segumento.model.Events;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import com.segumento.segment.NaiveSegments.Event;
import com.segumento.segment.NaiveSegments.Person;
import com.segumento.testkit.Declared;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Random persons and events about the edges of windows, in memory and as tables of a lake. */
record SegmentHistory(List<Person> persons, List<Event> events) {
  static final int PERSONS = 120;

  /** First of five persons who have events and no profile. */
  static final int STRANGER = 200;

  private static final int STRANGERS = 5;

  private static final int[] AGES = {-1, 0, 1, 26, 27, 28, 29, 59, 89, 90, 364, 365, 366, 730, 731};

  static SegmentHistory random(Random random, LocalDate date) {
    List<Person> persons = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    for (int id = 0; id < PERSONS; id++) {
      Integer age = random.nextInt(5) == 0 ? null : 18 + random.nextInt(30);
      persons.add(new Person(id, age, random.nextBoolean() ? "metro" : null));
      for (int n = random.nextInt(9); n > 0; n--) {
        addEvent(events, random, date, id);
      }
    }
    for (int n = 0; n < STRANGERS; n++) {
      Instant midnight = date.atStartOfDay(ZoneOffset.UTC).toInstant();
      events.add(new Event(STRANGER + n, midnight, "purchase", BigDecimal.ONE.setScale(2)));
    }
    return new SegmentHistory(persons, events);
  }

  /** Writes the tables as of the date, and a later state of each that the date must not see. */
  void write(Workspace workspace, LocalDate date) {
    writeProfiles(workspace, date);
    writeOrders(workspace, date);
  }

  private static void addEvent(List<Event> events, Random random, LocalDate date, int person) {
    LocalDate day = date.minusDays(AGES[random.nextInt(AGES.length)]);
    long micros =
        switch (random.nextInt(3)) {
          case 0 -> 0L;
          case 1 -> 86_399_999_999L;
          default -> random.nextLong(86_400_000_000L);
        };
    Instant at =
        day.atStartOfDay(ZoneOffset.UTC).toInstant().plusNanos(Math.multiplyExact(micros, 1000L));
    String kind = new String[] {"purchase", "purchase", "view", null}[random.nextInt(4)];
    BigDecimal amount = random.nextInt(6) == 0 ? null : BigDecimal.valueOf(random.nextInt(1500), 2);
    amount = random.nextInt(6) == 0 ? new BigDecimal("0.00") : amount;
    Event event = new Event(person, at, kind, amount);
    events.add(event);
    if (random.nextInt(6) == 0) {
      events.add(event); // two events alike are two events
    }
  }

  private void writeProfiles(Workspace workspace, LocalDate date) {
    StructType schema = ProfileSchema.of(workspace.client());
    List<Row> rows = new ArrayList<>();
    StructType placeType = (StructType) Profiles.PLACE.type();
    for (Person person : persons) {
      Object[] place = new Object[placeType.size()];
      place[placeType.fieldIndex(Places.TIER.name())] = person.tier();
      Object[] values = new Object[schema.size()];
      values[0] = key(person.id());
      values[schema.fieldIndex("age")] = person.age();
      values[schema.fieldIndex("place")] = RowFactory.create(place);
      rows.add(RowFactory.create(values));
    }
    Declared.table(workspace.lake(), table(workspace, Profiles.NAME), schema, List.of());
    workspace
        .lake()
        .tables()
        .overwrite(
            table(workspace, Profiles.NAME),
            workspace.spark().createDataFrame(rows, schema),
            note(date));
    workspace
        .lake()
        .tables()
        .overwrite(
            table(workspace, Profiles.NAME),
            workspace.spark().createDataFrame(List.of(), schema),
            note(date.plusDays(2)));
  }

  private void writeOrders(Workspace workspace, LocalDate date) {
    StructType schema =
        EventSchema.keyed(
            workspace.client().datasets().stream()
                .filter(dataset -> dataset.name().equals("orders"))
                .findFirst()
                .orElseThrow());
    List<Row> rows = new ArrayList<>();
    for (Event event : events) {
      Object[] values = new Object[schema.size()];
      values[schema.fieldIndex("person_key")] = key(event.person());
      values[schema.fieldIndex("ordered_at")] = Timestamp.from(event.at());
      values[schema.fieldIndex("event_date")] = Date.valueOf(event.day());
      values[schema.fieldIndex("kind")] = event.kind();
      values[schema.fieldIndex("amount")] = event.amount();
      rows.add(RowFactory.create(values));
    }
    Dataset<Row> delivered = workspace.spark().createDataFrame(rows, schema);
    Declared.table(
        workspace.lake(), table(workspace, "orders"), schema, List.of(Events.EVENT_DATE.name()));
    workspace
        .lake()
        .tables()
        .append(table(workspace, "orders"), delivered, note(date.minusDays(3)));
    workspace.lake().tables().append(table(workspace, "orders"), delivered, note(date.plusDays(1)));
  }

  private static String table(Workspace workspace, String name) {
    return workspace.lake().layout().table(workspace.clientId(), name);
  }

  private static Commit note(LocalDate date) {
    return Commit.of(Map.of("stage", "test", "date", date.toString(), "run", date + "-1"));
  }

  static byte[] key(int id) {
    return new byte[] {7, (byte) id};
  }
}
