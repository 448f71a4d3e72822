package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingDecisions.REASON;
import static com.segumento.privacy.engine.StandingDecisions.SINCE;
import static com.segumento.privacy.engine.StandingDecisions.elements;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.Reason;
import com.segumento.privacy.Staleness;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** How much of a release is not what tonight's tables say, by what was decided. */
final class Waiting {
  /** Of so many rows it is said that they wait, and why. */
  private static final int LONGEST = 10;

  private static final Field PERSONS = Field.required("persons", DataTypes.BooleanType);
  private static final Field WAITS = Field.required("waits", DataTypes.BooleanType);
  private static final Field FIGURES = Field.required("figures", DataTypes.LongType);
  private static final Field DAYS = Field.required("days", DataTypes.IntegerType);

  private Waiting() {}

  /**
   * Of what {@link StandingDecisions} gave.
   *
   * @param k a row that is held back has at least so many persons
   * @param dimensions how many labels a row has
   * @param date of the release
   */
  static Staleness of(Dataset<Row> decisions, int k, int dimensions, LocalDate date) {
    long longestDays = 0;
    Map<Reason, Long> cells = new EnumMap<>(Reason.class);
    Map<Reason, Long> sums = new EnumMap<>(Reason.class);
    Map<Reason, Long> heldBack = new EnumMap<>(Reason.class);
    for (Row found : figures(decisions, k, date).collectAsList()) {
      if (found.<String>getAs(REASON.name()) != null) {
        boolean persons = found.<Boolean>getAs(PERSONS.name());
        boolean waits = found.<Boolean>getAs(WAITS.name());
        longestDays = Math.max(longestDays, found.<Integer>getAs(DAYS.name()));
        Reason reason = Reason.of(found.getAs(REASON.name()));
        // Those too alike are not enough for a row: they are rolled up, or the gate counts them.
        if (waits || (persons && reason != Reason.TOO_ALIKE)) {
          (waits ? persons ? cells : sums : heldBack)
              .put(reason, found.<Long>getAs(FIGURES.name()));
        }
      }
    }
    List<Staleness.Wait> longest =
        cells.isEmpty() ? List.of() : longest(decisions, dimensions, date);
    return new Staleness(cells, sums, heldBack, longestDays, longest);
  }

  /** How many figures are not tonight's, by reason; those that are have none. */
  private static Dataset<Row> figures(Dataset<Row> decisions, int k, LocalDate date) {
    Column persons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    Column gone =
        not(CHOICE.col().between(StandingDecisions.NOW, StandingDecisions.BEFORE))
            .and(elements(StandingDecisions.NOW).col().geq(k));
    return decisions
        .select(
            PERSONS.as(persons),
            WAITS.as(waits()),
            REASON.as(when(waits().or(gone), coalesce(REASON.col(), lit(Reason.BESIDE.code())))),
            DAYS.as(when(waits(), days(date)).otherwise(0)))
        .groupBy(PERSONS.col(), WAITS.col(), REASON.col())
        .agg(FIGURES.as(count(lit(1))), DAYS.as(greatest(max(DAYS.col()), lit(0))));
  }

  /** The published rows that have waited longest; in the order of their labels, where as long. */
  private static List<Staleness.Wait> longest(
      Dataset<Row> decisions, int dimensions, LocalDate date) {
    Column[] row =
        Stream.concat(
                Stream.of(SEGMENT.col()),
                IntStream.range(0, dimensions).mapToObj(i -> LabelPersons.label(i).col()))
            .toArray(Column[]::new);
    return decisions
        .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS).and(waits()))
        .orderBy(days(date).desc(), SEGMENT.col().asc(), CELL.col().asc())
        .limit(LONGEST)
        .select(
            array(row).as(CELL.name()),
            coalesce(REASON.col(), lit(Reason.BESIDE.code())).as(REASON.name()),
            days(date).as(DAYS.name()))
        .collectAsList()
        .stream()
        .map(
            wait ->
                new Staleness.Wait(
                    wait.getList(0), Reason.of(wait.getString(1)), Math.max(0, wait.getInt(2))))
        .toList();
  }

  /** What changes tonight has not waited yet. */
  private static Column days(LocalDate date) {
    return coalesce(when(CHANGED.col(), 0).otherwise(date_diff(lit(date), SINCE.col())), lit(0));
  }

  /** Whether a figure is published of another set than tonight's. */
  private static Column waits() {
    Column now = elements(StandingDecisions.NOW).col();
    Column both = elements(StandingDecisions.LEFT).col();
    Column before = elements(StandingDecisions.BEFORE).col();
    return coalesce(
        when(
                CHOICE.col().equalTo(StandingDecisions.JOINED),
                elements(StandingDecisions.JOINED).col().gt(now))
            .when(CHOICE.col().equalTo(StandingDecisions.LEFT), both.lt(now))
            .when(CHOICE.col().equalTo(StandingDecisions.BEFORE), both.lt(now).or(both.lt(before))),
        lit(false));
  }
}
