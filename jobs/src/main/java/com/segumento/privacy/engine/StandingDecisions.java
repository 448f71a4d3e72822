package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.EVENTS;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.SHARE;
import static com.segumento.privacy.engine.StandingElements.STOOD;
import static com.segumento.privacy.engine.StandingElements.TRUE_NOW;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.Reason;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Decides which persons stand behind each figure tonight. Of four sets the first is taken that
 * differs from every remembered one by none or at least k persons who came, and by none or at least
 * k who left: those of tonight's tables; those and the ones that stood there; those of both; the
 * ones that stood there. The last always does, for it has been published. So a figure changes in
 * groups of k persons only, whoever reads all its releases.
 *
 * <p>A figure that at least k have left, and fewer than k are left of, is closed: nobody stands
 * behind it, and it is not published. That is a set as any other, that of nobody, and differs from
 * every remembered one by at least k who left; also where tonight's tables have nobody there, so
 * that a row which is gone is one of which the memory says so.
 *
 * @param oldest a set that was replaced before this business date is not remembered any more
 */
record StandingDecisions(CellSettings settings, LocalDate oldest) {
  /**
   * One of {@link #NOW}, {@link #JOINED}, {@link #LEFT}, {@link #BEFORE}, {@link #CLOSED}; 0 for
   * none.
   */
  static final Field CHOICE = Field.required("choice", DataTypes.IntegerType);

  /** Whether that is another set than the one that stood there. */
  static final Field CHANGED = Field.required("changed", DataTypes.BooleanType);

  /** Whether the set that stood there may be published once more. */
  static final Field MAY_STAY = Field.required("may stay", DataTypes.BooleanType);

  /**
   * Code of the {@link Reason} why tonight's set is not published; null where it is, or none is.
   */
  static final Field REASON = Field.optional("reason", DataTypes.StringType);

  /** Business date of the release that brought the set that stood there. */
  static final Field SINCE = Field.optional("since", DataTypes.DateType);

  static final int NOW = 1;
  static final int JOINED = 2;
  static final int LEFT = 3;
  static final int BEFORE = 4;
  static final int CLOSED = 5;

  private static final List<Integer> SETS = List.of(NOW, JOINED, LEFT, BEFORE);
  private static final Field AT = Field.required("at", DataTypes.NullType);
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;
  private static final Field THERE = Field.required("there", DataTypes.LongType);
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);

  static Field elements(int set) {
    return Field.required("elements " + set, DataTypes.LongType);
  }

  private static Field common(int set) {
    return Field.required("common " + set, DataTypes.LongType);
  }

  private static Field values(int set) {
    return Field.required("values " + set, DataTypes.LongType);
  }

  private static Field allowed(int set) {
    return Field.required("allowed " + set, DataTypes.BooleanType);
  }

  /** Figures of a set of a sum. */
  static Field total(int set) {
    return Field.optional("total " + set, DataTypes.createDecimalType(38, 6));
  }

  static Field sizes(int set) {
    return Field.optional("sizes " + set, DataTypes.createDecimalType(38, 6));
  }

  static Field first(int set) {
    return Field.optional("first " + set, DataTypes.createDecimalType(38, 6));
  }

  static Field second(int set) {
    return Field.optional("second " + set, DataTypes.createDecimalType(38, 6));
  }

  private static Field rank(int set) {
    return Field.required("rank " + set, DataTypes.IntegerType);
  }

  /** 1 where an element is in a set, else 0. */
  static Column in(int set) {
    return switch (set) {
      case NOW -> TRUE_NOW.col();
      case JOINED -> greatest(TRUE_NOW.col(), STOOD.col());
      case LEFT -> TRUE_NOW.col().multiply(STOOD.col());
      case BEFORE -> STOOD.col();
      default -> lit(0);
    };
  }

  private static Column[] figure() {
    return new Column[] {SEGMENT.col(), CELL.col(), FIGURE.col()};
  }

  /** One row per figure of the export that somebody is behind tonight, or stood behind. */
  Dataset<Row> of(Dataset<Row> elements) {
    Dataset<Row> ours = elements.filter(FIGURE.col().isin(figures()));
    Dataset<Row> ranked = settings.dominance().isPresent() ? ranked(ours) : ours;
    Column start =
        struct(RELEASE.as(lit(0L)), DATE.as(lit(null).cast(DataTypes.DateType)), CHANGE.as(lit(0)));
    Dataset<Row> states =
        ranked
            .withColumn(AT.name(), explode(concat(array(start), EVENTS.col())))
            .withColumn(RELEASE.name(), AT.col().getField(RELEASE.name()))
            .withColumn(DATE.name(), AT.col().getField(DATE.name()))
            .withColumn(CHANGE.name(), AT.col().getField(CHANGE.name()));
    List<Column> sums = statesAndSizes();
    states =
        states
            .groupBy(
                Stream.concat(Stream.of(figure()), Stream.of(RELEASE.col())).toArray(Column[]::new))
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    return new SumsOfRows(settings).of(chosen(decided(compared(states))), lit(false));
  }

  /** Another export of cells of this shape may have other sums, which are not tonight's to end. */
  private Object[] figures() {
    return Stream.concat(
            Stream.of(ReleaseMemory.PERSONS), settings.sums().map(StandingElements::figure))
        .toArray();
  }

  private Dataset<Row> ranked(Dataset<Row> elements) {
    Dataset<Row> ranked = elements;
    for (int set : List.of(NOW, BEFORE)) {
      WindowSpec largest =
          Window.partitionBy(figure())
              .orderBy(when(in(set).equalTo(1), abs(SHARE.col())).desc_nulls_last());
      ranked = ranked.withColumn(rank(set).name(), row_number().over(largest));
    }
    return ranked;
  }

  private List<Column> statesAndSizes() {
    Column sizing = RELEASE.col().equalTo(0);
    List<Column> sums = new ArrayList<>();
    sums.add(THERE.as(sum(CHANGE.col())));
    sums.add(DATE.as(max(DATE.col())));
    sums.add(TRUE_NOW.as(max(TRUE_NOW.col())));
    for (int set : SETS) {
      Column in = in(set).equalTo(1);
      sums.add(common(set).as(sum(when(in, CHANGE.col()).otherwise(0))));
      sums.add(elements(set).as(sum(when(sizing, in(set)).otherwise(0))));
      if (settings.diversity().isPresent()) {
        sums.add(
            values(set)
                .as(
                    size(collect_set(when(sizing.and(in), LabelPersons.SENSITIVE.col())))
                        .cast(DataTypes.LongType)));
      }
    }
    for (int set : List.of(NOW, BEFORE)) {
      Column share = SHARE.col();
      Column weighed = when(sizing, in(set)).otherwise(0);
      sums.add(total(set).as(sum(share.multiply(weighed)).cast(total(set).type())));
      if (settings.dominance().isPresent()) {
        sums.add(sizes(set).as(sum(abs(share).multiply(weighed)).cast(sizes(set).type())));
        for (int place = 1; place <= 2; place++) {
          Field field = place == 1 ? first(set) : second(set);
          Column ranks = sizing.and(in(set).equalTo(1)).and(rank(set).col().equalTo(place));
          sums.add(field.as(max(when(ranks, abs(share))).cast(field.type())));
        }
      }
    }
    return sums;
  }

  /** Whether each set may follow each state that is remembered. */
  private Dataset<Row> compared(Dataset<Row> states) {
    WindowSpec all = Window.partitionBy(figure());
    WindowSpec order = all.orderBy(RELEASE.col());
    WindowSpec upTo = order.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Dataset<Row> compared =
        states
            // A backfill replaces on the newest date there was, not on its own.
            .withColumn(UNTIL.name(), max(DATE.col()).over(upTo))
            .withColumn(UNTIL.name(), lead(UNTIL.col(), 1).over(order))
            .withColumn(THERE.name(), sum(THERE.col()).over(upTo));
    Column remembered =
        RELEASE
            .col()
            .gt(0)
            .and(THERE.col().gt(0))
            .and(UNTIL.col().isNull().or(UNTIL.col().geq(lit(oldest))));
    for (int set : SETS) {
      Column common = sum(common(set).col()).over(upTo);
      Column elements = max(elements(set).col()).over(all);
      Column apart = noneOrMany(elements.minus(common)).and(noneOrMany(THERE.col().minus(common)));
      compared =
          compared.withColumn(allowed(set).name(), coalesce(not(remembered), lit(true)).or(apart));
    }
    return compared.withColumn(
        allowed(CLOSED).name(), coalesce(not(remembered), lit(true)).or(noneOrMany(THERE.col())));
  }

  private Column noneOrMany(Column persons) {
    return persons.equalTo(0).or(persons.geq(settings.k()));
  }

  private Dataset<Row> decided(Dataset<Row> compared) {
    List<Column> figures = new ArrayList<>();
    figures.add(SINCE.as(max_by(DATE.col(), RELEASE.col())));
    figures.add(allowed(CLOSED).as(org.apache.spark.sql.functions.min(allowed(CLOSED).col())));
    for (int set : SETS) {
      figures.add(allowed(set).as(org.apache.spark.sql.functions.min(allowed(set).col())));
      figures.add(elements(set).as(max(elements(set).col())));
      if (settings.diversity().isPresent()) {
        figures.add(values(set).as(max(values(set).col())));
      }
    }
    for (int set : List.of(NOW, BEFORE)) {
      Column sizing = RELEASE.col().equalTo(0);
      figures.add(total(set).as(max(when(sizing, total(set).col()))));
      if (settings.dominance().isPresent()) {
        for (Field field : List.of(sizes(set), first(set), second(set))) {
          figures.add(field.as(max(when(sizing, field.col()))));
        }
      }
    }
    List<Column> labelled = new ArrayList<>(List.of(col("*")));
    labelled.addAll(settings.labels());
    return compared
        .groupBy(figure())
        .agg(TRUE_NOW.as(max(TRUE_NOW.col())), figures.toArray(Column[]::new))
        .filter(TRUE_NOW.col().gt(0).or(elements(BEFORE).col().gt(0)))
        .select(labelled.toArray(Column[]::new));
  }

  private Dataset<Row> chosen(Dataset<Row> figures) {
    Column persons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    Column stood = elements(BEFORE).col();
    Column closing =
        stood
            .gt(0)
            .and(allowed(CLOSED).col())
            .and(elements(NOW).col().lt(settings.k()))
            .and(stood.minus(elements(LEFT).col()).geq(settings.k()));
    Column choice =
        when(fits(NOW), NOW)
            .when(closing, CLOSED)
            .when(persons.and(fits(JOINED)), JOINED)
            .when(persons.and(fits(LEFT)), LEFT)
            .when(fits(BEFORE), BEFORE)
            .otherwise(0);
    Column same =
        when(
                CHOICE.col().equalTo(NOW),
                elements(NOW)
                    .col()
                    .equalTo(elements(LEFT).col())
                    .and(stood.equalTo(elements(LEFT).col())))
            .when(CHOICE.col().equalTo(JOINED), elements(JOINED).col().equalTo(stood))
            .when(CHOICE.col().equalTo(LEFT), elements(LEFT).col().equalTo(stood))
            .when(CHOICE.col().equalTo(CLOSED), false)
            .otherwise(true);
    return figures
        .withColumn(CHOICE.name(), choice)
        .withColumn(REASON.name(), why())
        .withColumn(MAY_STAY.name(), fits(BEFORE))
        .withColumn(CHANGED.name(), not(same));
  }

  /** Why tonight's set is not the one that was chosen. */
  private Column why() {
    Column why = when(not(allowed(NOW).col()), lit(Reason.EARLIER_RELEASES.code()));
    why = why.when(elements(NOW).col().lt(settings.k()), lit(Reason.TOO_FEW.code()));
    if (settings.diversity().isPresent()) {
      why = why.when(not(diverse(NOW)), lit(Reason.TOO_ALIKE.code()));
    }
    if (settings.dominance().isPresent()) {
      why = why.when(dominated(NOW), lit(Reason.DOMINATED.code()));
    }
    Column somebody = elements(NOW).col().gt(0).or(CHOICE.col().equalTo(BEFORE));
    return when(CHOICE.col().notEqual(NOW).and(somebody), why);
  }

  private Column fits(int set) {
    Column fits = allowed(set).col().and(elements(set).col().geq(settings.k()));
    if (settings.diversity().isPresent()) {
      fits = fits.and(diverse(set));
    }
    if (settings.dominance().isPresent() && (set == NOW || set == BEFORE)) {
      fits = fits.and(not(dominated(set)));
    }
    return coalesce(fits, lit(false));
  }

  private Column diverse(int set) {
    Column persons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    return not(persons).or(values(set).col().geq(settings.diversity().orElseThrow().distinct()));
  }

  private Column dominated(int set) {
    Column persons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    Column rest =
        sizes(set)
            .col()
            .minus(coalesce(first(set).col(), lit(0)))
            .minus(coalesce(second(set).col(), lit(0)));
    Column dominated =
        rest.cast(DataTypes.DoubleType)
            .multiply(100.0)
            .lt(
                coalesce(first(set).col(), lit(0))
                    .cast(DataTypes.DoubleType)
                    .multiply(settings.dominance().getAsDouble()));
    return not(persons).and(dominated);
  }

  /** The choice's figure out of those of all sets. */
  static Column of(java.util.function.IntFunction<Field> figure, List<Integer> sets) {
    Column of = null;
    for (int set : sets) {
      Column is = CHOICE.col().equalTo(set);
      of = of == null ? when(is, figure.apply(set).col()) : of.when(is, figure.apply(set).col());
    }
    return of;
  }
}
