package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Transformation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Parts of cells to the rows of a release. A cell of at least k persons, and of enough different
 * sensitive values, is published as it is. Those of one segment and the same other labels that are
 * not are joined by the place above theirs, as what is left of it, and published where they are
 * enough together; the others go on to the place above that, up to the country, and are dropped in
 * the end. So each person is in one row of a segment at most, and the row of a place holds all of
 * it that are in no other row.
 *
 * <p>A person whose place is not known at a level goes on to the next. Where two places of
 * different levels have the same name, one within the other, what is left of both is one row.
 */
record RollUpCells(CellSettings settings) implements Transformation {
  /** The place under which a part is published; null while it is not. */
  static final Field FOUND = Field.optional("published place", DataTypes.StringType);

  /** Marks a row that is no part, but says that somebody stands behind a cell since earlier. */
  private static final Field STANDING = Field.required("standing", DataTypes.BooleanType);

  @Override
  public Dataset<Row> apply(Dataset<Row> parts) {
    int levels = settings.others().size();
    if (levels == 0) {
      return parts.filter(enough(CountParts.PERSONS.col(), CountParts.VALUES.col()));
    }
    Field place = LabelPersons.label(settings.place());
    Dataset<Row> rows = placed(parts.withColumn(STANDING.name(), lit(false)));
    List<Column> joined = joined();
    return rows.filter(FOUND.col().isNotNull())
        .withColumn(place.name(), FOUND.col())
        .groupBy(cell())
        .agg(joined.get(0), joined.subList(1, joined.size()).toArray(Column[]::new));
  }

  /**
   * The parts, each with the place under which it is {@link #FOUND}; null where it is in no row.
   *
   * @param standing cells somebody stands behind since earlier, by segment and labels: they stay in
   *     their own row, however few they are now
   */
  Dataset<Row> placed(Dataset<Row> parts, Dataset<Row> standing) {
    Column place = LabelPersons.label(settings.place()).col();
    Dataset<Row> marks =
        standing
            .withColumn(CountParts.PERSONS.name(), lit(0L))
            .withColumn(STANDING.name(), lit(true));
    for (int above = 0; above < settings.others().size(); above++) {
      marks = marks.withColumn(LabelPersons.other(above).name(), place);
    }
    return placed(parts.withColumn(STANDING.name(), lit(false)).unionByName(marks, true))
        .filter(STANDING.col().equalTo(false))
        .drop(STANDING.name());
  }

  // All that is joined is of one segment and the same other labels: one exchange does for all.
  private Dataset<Row> placed(Dataset<Row> parts) {
    Dataset<Row> rows =
        parts
            .repartition(unplaced())
            .withColumn(
                FOUND.name(),
                when(STANDING.col(), lit("")).otherwise(lit(null).cast(DataTypes.StringType)));
    rows = published(rows, LabelPersons.label(settings.place()));
    for (int above = 0; above < settings.others().size(); above++) {
      rows = published(rows, LabelPersons.other(above));
    }
    return rows;
  }

  /** Publishes under {@code name} those that are not yet, where they are enough. */
  private Dataset<Row> published(Dataset<Row> rows, Field name) {
    Column[] unplaced = unplaced();
    WindowSpec named =
        Window.partitionBy(
            Stream.concat(Stream.of(unplaced), Stream.of(name.col())).toArray(Column[]::new));
    Column open = FOUND.col().isNull();
    Column enough =
        enough(
            sum(when(open, CountParts.PERSONS.col())).over(named),
            settings.diversity().isEmpty()
                ? lit(null)
                : array_distinct(
                    flatten(collect_list(when(open, CountParts.VALUES.col())).over(named))));
    Column namesake = coalesce(max(FOUND.col().equalTo(name.col())).over(named), lit(false));
    Column standing = coalesce(max(STANDING.col()).over(named), lit(false));
    return rows.withColumn(
        FOUND.name(),
        when(open.and(name.col().isNotNull()).and(enough.or(namesake).or(standing)), name.col())
            .otherwise(FOUND.col()));
  }

  private Column enough(Column persons, Column values) {
    Column enough = persons.geq(settings.k());
    return settings.diversity().isEmpty()
        ? enough
        : enough.and(size(values).geq(settings.diversity().orElseThrow().distinct()));
  }

  private List<Column> joined() {
    List<Column> joined = new ArrayList<>();
    joined.add(CountParts.PERSONS.as(sum(CountParts.PERSONS.col())));
    for (int i = 0; i < settings.sums().count(); i++) {
      for (Field added :
          List.of(CountParts.contributors(i), CountParts.total(i), CountParts.sizes(i))) {
        if (settings.dominance().isPresent() || !added.equals(CountParts.sizes(i))) {
          joined.add(added.as(sum(added.col())));
        }
      }
      if (settings.dominance().isPresent()) {
        Field largest = CountParts.largest(i);
        joined.add(
            largest.as(slice(sort_array(flatten(collect_list(largest.col())), false), 1, 2)));
      }
    }
    return joined;
  }

  private Column[] cell() {
    return Stream.concat(
            Stream.of(Cells.SEGMENT_ID.col()),
            IntStream.range(0, settings.dimensions().size())
                .mapToObj(i -> LabelPersons.label(i).col()))
        .toArray(Column[]::new);
  }

  private Column[] unplaced() {
    return Stream.concat(
            Stream.of(Cells.SEGMENT_ID.col()),
            IntStream.range(0, settings.dimensions().size())
                .filter(i -> i != settings.place())
                .mapToObj(i -> LabelPersons.label(i).col()))
        .toArray(Column[]::new);
  }
}
