package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/** Holds staged cells against recounted ones. */
final class Comparison {
  /** Staged rows. */
  static final Field ROWS = Field.required("rows", DataTypes.LongType);

  /** Recounted cells, staged or not. */
  static final Field CELLS = Field.required("cells", DataTypes.LongType);

  /** Persons of tonight's tables that the rows are about, each once a segment. */
  static final Field REPRESENTED = Field.required("represented", DataTypes.LongType);

  /** By how much numbers of persons differ from tonight's, over all rows. */
  static final Field ERROR = Field.required("error", DataTypes.LongType);

  /** The same of the row that differs most. */
  static final Field LARGEST_ERROR = Field.required("largest error", DataTypes.LongType);

  /** Pairs of staged segment and definition hash. */
  static final Field DEFINITIONS =
      Field.required(
          "definitions",
          new ArrayType(Field.schema(StagedRows.key(0), Recount.FIRST_DEFINITION), false));

  private Comparison() {}

  /**
   * One row: how often each violation occurs, and the figures of the verdict.
   *
   * @param covered staged rows with what was recounted of them
   * @param fresh whether nothing of this shape was released before, so that the figures have to be
   *     tonight's; else they are those the release memory allows, which {@link StandingFigures}
   *     looks at
   */
  static Dataset<Row> of(Dataset<Row> covered, Claim claim, boolean fresh) {
    Column present = StagedRows.POSITION.col().isNotNull();
    List<Column> findings = new ArrayList<>();
    conditions(claim, fresh)
        .forEach(
            (violation, condition) ->
                findings.add(
                    sum(when(present.and(condition), 1L).otherwise(0L)).as(violation.name())));
    Column definition = struct(StagedRows.key(0).col(), Recount.FIRST_DEFINITION.col());
    findings.add(collect_set(when(present, definition)).as(DEFINITIONS.name()));
    findings.add(count(StagedRows.POSITION.col()).as(ROWS.name()));
    for (Field figure :
        List.of(
            Coverage.ROLLED_UP,
            Coverage.WITHHELD,
            Coverage.HELD_BACK,
            Coverage.EVERYBODY,
            Coverage.MEMBERS,
            Coverage.SUPPRESSED)) {
      findings.add(figure.as(coalesce(sum(figure.col()), lit(0L))));
    }
    findings.addAll(accuracy(claim, present));
    return covered.agg(
        CELLS.as(coalesce(sum(CELLS.col()), lit(0L))), findings.toArray(Column[]::new));
  }

  /** Those published of all persons, and how far published numbers of them are from tonight's. */
  private static List<Column> accuracy(Claim claim, Column present) {
    Column errors = lit(0L);
    for (int i = 0; i < claim.figures().size(); i++) {
      if (claim.figures().get(i).source().isEmpty()) {
        Column claimed = StagedRows.claimed(i).col().try_cast(DataTypes.LongType);
        // Of a row that still stands though nobody is in it tonight, all.
        Column tonight = coalesce(Recount.PERSONS.col(), lit(0L));
        errors = coalesce(abs(claimed.minus(tonight)), lit(0L));
      }
    }
    return List.of(
        REPRESENTED.as(coalesce(sum(when(present, Recount.PERSONS.col())), lit(0L))),
        ERROR.as(coalesce(sum(when(present, errors)), lit(0L))),
        LARGEST_ERROR.as(coalesce(max(when(present, errors)), lit(0L))));
  }

  private static Map<Violation, Column> conditions(Claim claim, boolean fresh) {
    Map<Violation, Column> conditions = new EnumMap<>(Violation.class);
    Column missing = lit(false);
    for (int i = 0; i <= claim.dimensions().size(); i++) {
      missing = missing.or(StagedRows.key(i).col().isNull());
    }
    conditions.put(Violation.UNREADABLE, StagedRows.BROKEN.col());
    conditions.put(Violation.NULL_LABEL, missing);
    conditions.put(Violation.DUPLICATE_CELL, StagedRows.COPIES.col().gt(1));
    conditions.put(Violation.ROW_ORDER, coalesce(StagedRows.DISORDERED.col(), lit(false)));
    conditions.put(Violation.UNEXPECTED_CELL, Recount.PERSONS.col().isNull());
    conditions.put(Violation.PERSON_IN_TWO_PLACES, Recount.CLASSES.col().gt(1));
    conditions.put(
        Violation.MIXED_DEFINITIONS,
        Recount.FIRST_DEFINITION.col().notEqual(Recount.LAST_DEFINITION.col()));
    if (fresh) {
      conditions.putAll(figures(claim));
    }
    return conditions;
  }

  private static Map<Violation, Column> figures(Claim claim) {
    Map<Violation, Column> conditions = new EnumMap<>(Violation.class);
    conditions.put(Violation.BELOW_K, Recount.PERSONS.col().lt(claim.k()));
    if (claim.sensitive().isPresent()) {
      conditions.put(Violation.DIVERSITY, Recount.VALUES.col().lt(claim.distinct()));
    }
    for (int i = 0; i < claim.figures().size(); i++) {
      boolean counts = claim.figures().get(i).source().isEmpty();
      (counts ? counts(claim, i) : sums(claim, i))
          .forEach((violation, wrong) -> conditions.merge(violation, wrong, Column::or));
    }
    return conditions;
  }

  private static Map<Violation, Column> counts(Claim claim, int figure) {
    Column persons = Recount.PERSONS.col();
    Column over = pmod(persons, lit(claim.roundTo()));
    Column rounded =
        persons
            .minus(over)
            .plus(when(over.multiply(2).geq(claim.roundTo()), claim.roundTo()).otherwise(0L));
    return Map.of(
        Violation.COUNT,
        not(StagedRows.claimed(figure).col().eqNullSafe(rounded.cast(DataTypes.StringType))));
  }

  private static Map<Violation, Column> sums(Claim claim, int figure) {
    Column claimed = StagedRows.claimed(figure).col();
    Column total =
        Recount.recounted(figure, "sum")
            .col()
            .cast(claim.figures().get(figure).field().type())
            .cast(DataTypes.StringType);
    Column few = Recount.recounted(figure, "contributors").col().lt(claim.k());
    Map<Violation, Column> wrong = new EnumMap<>(Violation.class);
    wrong.put(Violation.SUM, claimed.isNotNull().and(few.or(not(claimed.eqNullSafe(total)))));
    if (claim.dominance() > 0) {
      Column dominated =
          Recount.recounted(figure, "others")
              .col()
              .multiply(100.0)
              .lt(Recount.recounted(figure, "largest").col().multiply(claim.dominance()));
      wrong.put(Violation.DOMINANCE, claimed.isNotNull().and(dominated));
    }
    return wrong;
  }
}
