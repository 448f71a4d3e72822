package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.LabelPersons.SENSITIVE;
import static com.segumento.privacy.engine.LabelPersons.share;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Transformation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * Members with their labels and shares to one row per part of a cell: those of its persons that the
 * same places lie above, which is the whole cell but where their places are not all known. The
 * figures are such that those of several parts can be put together.
 *
 * <p>A person counts once: rows are first brought together by segment, labels and person, which
 * also spreads a cell that most persons share over many tasks.
 */
record CountParts(CellSettings settings) implements Transformation {
  static final Field PERSONS = Field.required("persons", DataTypes.LongType);

  /** Different sensitive values, no more than the export asks for. */
  static final Field VALUES = Field.required("values", new ArrayType(DataTypes.StringType, false));

  private static final Field MEMBER_ROWS = Field.required("member rows", DataTypes.LongType);

  /** Persons who add something to the sum. */
  static Field contributors(int sum) {
    return Field.required("contributors " + sum, DataTypes.LongType);
  }

  static Field total(int sum) {
    return Field.optional("total " + sum, new DecimalType());
  }

  /** The sum of the shares' sizes. */
  static Field sizes(int sum) {
    return Field.optional("sizes " + sum, new DecimalType());
  }

  /** The sizes of the two largest shares, largest first; fewer where there are not so many. */
  static Field largest(int sum) {
    return Field.required("largest " + sum, new ArrayType(new DecimalType(), false));
  }

  @Override
  public Dataset<Row> apply(Dataset<Row> members) {
    List<Sum> sums = settings.sums().toList();
    Column[] part = part();
    Dataset<Row> persons = once(members);
    if (settings.dominance().isPresent()) {
      for (int i = 0; i < sums.size(); i++) {
        persons = persons.withColumn(rank(i).name(), rankOf(share(i, sums.get(i))));
      }
    }
    return aggregate(persons, part, figures(sums));
  }

  /** One row per part and person in it. */
  Dataset<Row> once(Dataset<Row> members) {
    List<Sum> sums = settings.sums().toList();
    List<Column> once = new ArrayList<>();
    once.add(count(lit(1)).as(MEMBER_ROWS.name()));
    IntStream.range(0, sums.size())
        .mapToObj(i -> share(i, sums.get(i)).as(max(share(i, sums.get(i)).col())))
        .forEach(once::add);
    if (settings.diversity().isPresent()) {
      once.add(SENSITIVE.as(max(SENSITIVE.col())));
    }
    Column[] member =
        Stream.concat(Stream.of(part()), Stream.of(Persons.PERSON_KEY.col()))
            .toArray(Column[]::new);
    return aggregate(members, member, once);
  }

  /** The parts of what {@link #once} gave, with persons and sensitive values only. */
  Dataset<Row> persons(Dataset<Row> once) {
    return aggregate(once, part(), figures(List.of()));
  }

  private List<Column> figures(List<Sum> sums) {
    List<Column> figures = new ArrayList<>();
    figures.add(PERSONS.as(count(lit(1))));
    settings
        .diversity()
        .ifPresent(
            l ->
                figures.add(
                    VALUES.as(slice(array_sort(collect_set(SENSITIVE.col())), 1, l.distinct()))));
    for (int i = 0; i < sums.size(); i++) {
      Column share = share(i, sums.get(i)).col();
      figures.add(contributors(i).as(count(when(share.notEqual(0), share))));
      figures.add(total(i).as(sum(share)));
      if (settings.dominance().isPresent()) {
        Column first = max(when(rank(i).col().equalTo(1), abs(share)));
        Column second = max(when(rank(i).col().equalTo(2), abs(share)));
        figures.add(sizes(i).as(sum(abs(share))));
        figures.add(largest(i).as(array_compact(array(first, second))));
      }
    }
    return figures;
  }

  /** Segment, labels, and what else the persons of a part have in common. */
  Column[] part() {
    return Stream.of(
            Stream.of(Cells.SEGMENT_ID.col()),
            IntStream.range(0, settings.dimensions().size())
                .mapToObj(i -> LabelPersons.label(i).col()),
            IntStream.range(0, settings.others().size()).mapToObj(i -> LabelPersons.other(i).col()))
        .flatMap(columns -> columns)
        .toArray(Column[]::new);
  }

  private Column rankOf(Field share) {
    return row_number()
        .over(Window.partitionBy(part()).orderBy(abs(share.col()).desc_nulls_last()));
  }

  private static Field rank(int sum) {
    return Field.required("rank " + sum, DataTypes.IntegerType);
  }

  private static Dataset<Row> aggregate(Dataset<Row> rows, Column[] by, List<Column> figures) {
    return rows.groupBy(by)
        .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new));
  }
}
