package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Who is behind the figures of cells, by the tables of tonight and by the release memory: one row
 * per segment, cell, figure, person and share. A person whose share has changed is two elements of
 * a sum, one that is no longer and one that is new.
 */
record StandingElements(CellSettings settings) {
  static final Field SEGMENT = ReleaseMemory.SEGMENT_ID;
  static final Field CELL = ReleaseMemory.CELL;
  static final Field FIGURE = ReleaseMemory.FIGURE;
  static final Field PERSON = ReleaseMemory.PERSON_KEY;
  static final Field SHARE = ReleaseMemory.SHARE;

  /** 1 where tonight's tables have it, else 0. */
  static final Field TRUE_NOW = Field.required("true now", DataTypes.IntegerType);

  /** 1 where it stood behind the figure, else 0. */
  static final Field STOOD = Field.required("stood", DataTypes.IntegerType);

  /** The rows of the memory: release, business date and change. */
  static final Field EVENTS =
      Field.required(
          "events",
          new ArrayType(
              Field.schema(
                  ReleaseMemory.RELEASE, ReleaseMemory.BUSINESS_DATE, ReleaseMemory.CHANGE),
              false));

  private static final Field ENTRY = Field.required("entry", DataTypes.NullType);

  /** The figure of the i-th sum. */
  static String figure(Sum sum) {
    return ReleaseMemory.sum(
        sum.summed().name(), List.of(sum.low().doubleValue(), sum.high().doubleValue()));
  }

  /**
   * Puts both together.
   *
   * @param members one row per person of a cell, with the cell, labels, shares and sensitive value
   * @param memory what is remembered of cells of this shape
   */
  Dataset<Row> of(Dataset<Row> members, Dataset<Row> memory) {
    Dataset<Row> now = now(members);
    List<Column> remembered = new ArrayList<>();
    for (String name : now.columns()) {
      boolean known = List.of(memory.columns()).contains(name);
      Field column = Field.optional(name, now.schema().apply(name).dataType());
      remembered.add(
          known ? column.col().cast(column.type()) : column.as(lit(null).cast(column.type())));
    }
    Dataset<Row> both =
        now.withColumn(EVENT.name(), lit(null).cast(EVENT.type()))
            .unionByName(
                memory
                    .withColumn(EVENT.name(), event())
                    .select(
                        java.util.stream.Stream.concat(
                                remembered.stream(), java.util.stream.Stream.of(EVENT.col()))
                            .toArray(Column[]::new)));
    List<Column> merged = new ArrayList<>();
    merged.add(TRUE_NOW.as(coalesce(max(TRUE_NOW.col()), lit(0))));
    merged.add(
        STOOD.as(
            coalesce(sum(EVENT.col().getField(ReleaseMemory.CHANGE.name())), lit(0L)).cast("int")));
    merged.add(EVENTS.as(array_compact(collect_list(EVENT.col()))));
    merged.add(LabelPersons.SENSITIVE.as(max(LabelPersons.SENSITIVE.col())));
    // The person first: rows are sorted by the first bytes of the first column.
    return both.groupBy(PERSON.col(), SEGMENT.col(), CELL.col(), FIGURE.col(), SHARE.col())
        .agg(merged.get(0), merged.subList(1, merged.size()).toArray(Column[]::new));
  }

  private static final Field EVENT =
      Field.optional(
          "event",
          Field.schema(ReleaseMemory.RELEASE, ReleaseMemory.BUSINESS_DATE, ReleaseMemory.CHANGE));

  private static Column event() {
    return struct(
        ReleaseMemory.RELEASE.col(), ReleaseMemory.BUSINESS_DATE.col(), ReleaseMemory.CHANGE.col());
  }

  /** One row per figure a person counts in: all who add something to a sum. */
  private Dataset<Row> now(Dataset<Row> members) {
    List<Sum> sums = settings.sums().toList();
    List<Column> entries = new ArrayList<>();
    entries.add(entry(lit(ReleaseMemory.PERSONS), lit(0)));
    for (int i = 0; i < sums.size(); i++) {
      Column share = LabelPersons.share(i, sums.get(i)).col();
      // Nobody is hidden among those who add nothing.
      entries.add(when(share.notEqual(0), entry(lit(figure(sums.get(i))), share)));
    }
    List<Column> kept = new ArrayList<>(List.of(SEGMENT.col(), CELL.col(), PERSON.col()));
    kept.add(
        settings.diversity().isPresent()
            ? LabelPersons.SENSITIVE.col()
            : LabelPersons.SENSITIVE.as(lit(null).cast(DataTypes.StringType)));
    kept.add(ENTRY.as(explode(array_compact(array(entries.toArray(Column[]::new))))));
    return members
        .select(kept.toArray(Column[]::new))
        .withColumn(FIGURE.name(), ENTRY.col().getField(FIGURE.name()))
        .withColumn(SHARE.name(), ENTRY.col().getField(SHARE.name()))
        .withColumn(TRUE_NOW.name(), lit(1))
        .drop(ENTRY.name());
  }

  private static Column entry(Column figure, Column share) {
    return struct(FIGURE.as(figure), SHARE.as(share.cast(SHARE.type())));
  }
}
