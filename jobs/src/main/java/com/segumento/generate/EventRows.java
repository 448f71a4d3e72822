package com.segumento.generate;

import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.Client.PlaceKey;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of an event drop. People come in sessions of three events a few minutes apart, about one
 * thing: they look at it, may put it into the cart, and may buy it.
 */
record EventRows(
    GeneratorSettings settings, DatasetContract contract, People people, Pincodes pincodes) {
  private static final int SESSION_LENGTH = 3;
  private static final int LONGEST_PAUSE = 300;
  private static final int MOST_DAYS_LATE = 3;
  private static final int SECONDS_OF_DAY = 86_400;

  /** Share of sessions that reach the cart. */
  private static final double CART = 0.7;

  /** Share of sessions that end in a purchase. */
  private static final double PURCHASE = 0.45;

  /** The rows delivered on a night, in {@code files} partitions. */
  Dataset<Row> of(int night, int files) {
    int day = settings.dayOfNight(night);
    Dataset<Row> rows = events(people.until(day, files, contract));
    Column arrival = Work.ARRIVAL.col();
    rows = rows.filter(night == 0 ? arrival.leq(day) : arrival.equalTo(day));
    Values values = new Values(settings, contract);
    for (Map.Entry<String, ColumnContract> column : contract.columns().entrySet()) {
      if (column.getValue().place() == PlaceKey.POSTAL_CODE) {
        rows =
            pincodes.attach(
                rows,
                Values.attached(column.getKey()),
                values.place(column.getKey(), Work.PERSON.col()));
      }
    }
    Defects defects = new Defects(settings, contract);
    return rows.withColumn(Work.DEFECT.name(), defects.index(Work.PERSON.col(), Work.EVENT.col()))
        .select(columns(values, defects).toArray(Column[]::new));
  }

  /** One row for each delivery of an event, with the day it happened and the day it arrives. */
  private Dataset<Row> events(Dataset<Row> persons) {
    Column person = Work.PERSON.col();
    Column events = Work.EVENTS.col();
    Column copy = Work.COPY.col();
    // A share of the expected number, rounded by chance, so that small numbers keep the share.
    Column copies =
        floor(events.multiply(settings.duplicateRate()).plus(draw("copies").uniform(person)));
    Column repeated = draw("copied").below(events, person, copy);
    Column late =
        when(
                draw("late").uniform(person, Work.EVENT.col()).lt(settings.lateRate()),
                draw("delay").between(1, MOST_DAYS_LATE, person, Work.EVENT.col()))
            .otherwise(lit(0L));
    return persons
        .withColumn(Work.EVENTS.name(), Activity.events(settings, contract.name(), person))
        .filter(events.gt(0))
        .withColumn(
            Work.COPY.name(), explode(sequence(lit(0L), events.plus(copies).minus(1), lit(1L))))
        .withColumn(Work.EVENT.name(), when(copy.lt(events), copy).otherwise(repeated))
        .withColumn(
            Work.SESSION.name(), floor(Work.EVENT.col().divide(SESSION_LENGTH)).cast("bigint"))
        .withColumn(Work.POSITION.name(), Work.EVENT.col().mod(SESSION_LENGTH))
        .withColumn(
            Work.DAY.name(),
            Activity.day(settings, draw("day"), Work.JOINED.col(), person, Work.SESSION.col()))
        .withColumn(Work.ARRIVAL.name(), Work.DAY.col().plus(late));
  }

  private List<Column> columns(Values values, Defects defects) {
    List<Column> columns = new ArrayList<>();
    String token = contract.token().column();
    columns.add(defects.apply(token, Work.TOKEN.col()).as(token));
    columns.add(defects.apply(contract.eventTime(), time(values)).as(contract.eventTime()));
    if (contract.eventType() != null) {
      columns.add(type().as(contract.eventType()));
    }
    // What a session is about stays the same in it; without a kind of event, each stands alone.
    Column about = contract.eventType() == null ? Work.EVENT.col() : Work.SESSION.col();
    contract
        .columns()
        .forEach(
            (name, column) -> {
              Column value =
                  column.place() == null
                      ? values.of(name, column, Work.PERSON.col(), about)
                      : values.of(name, column, Work.PERSON.col());
              columns.add(defects.apply(name, value).as(name));
            });
    return columns;
  }

  private Column time(Values values) {
    Column person = Work.PERSON.col();
    Column start = Activity.start(draw("hour"), draw("second"), person, Work.SESSION.col());
    Column pause = draw("pause").below(LONGEST_PAUSE, person, Work.EVENT.col());
    return timestamp_seconds(
        Work.DAY
            .col()
            .cast("bigint")
            .multiply(SECONDS_OF_DAY)
            .plus(start)
            .plus(Work.POSITION.col().multiply(LONGEST_PAUSE))
            .plus(pause)
            .plus(lit(values.firstSecond())));
  }

  private Column type() {
    Column depth = draw("depth").uniform(Work.PERSON.col(), Work.SESSION.col());
    Column position = Work.POSITION.col();
    return when(position.equalTo(1).and(depth.lt(CART)), lit("cart"))
        .when(position.equalTo(2).and(depth.lt(PURCHASE)), lit("purchase"))
        .otherwise(lit("view"));
  }

  private Draw draw(String purpose) {
    return Draw.of(settings.seed(), contract.name(), purpose);
  }
}
