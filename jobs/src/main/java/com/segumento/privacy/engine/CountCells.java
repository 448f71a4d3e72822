package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.LabelPersons.SENSITIVE;
import static com.segumento.privacy.engine.LabelPersons.share;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
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
import org.apache.spark.sql.types.DataTypes;

/**
 * Members with their labels and shares to one row per cell. A person counts once in a cell: rows
 * are first brought together by segment, labels and person, which also spreads a cell that most
 * persons share over many tasks.
 */
record CountCells(CellSettings settings) implements Transformation {
  static final Field PERSONS = Field.required("persons", DataTypes.LongType);
  static final Field DISTINCT_VALUES = Field.required("distinct values", DataTypes.LongType);
  private static final Field MEMBER_ROWS = Field.required("member rows", DataTypes.LongType);

  /** What is left of a sum beside its two largest shares. */
  static Field rest(int sum) {
    return Field.optional("rest " + sum, DataTypes.DoubleType);
  }

  static Field largest(int sum) {
    return Field.optional("largest " + sum, DataTypes.DoubleType);
  }

  static Field contributors(int sum) {
    return Field.required("contributors " + sum, DataTypes.LongType);
  }

  static Field total(int sum) {
    return Field.optional("total " + sum, DataTypes.DoubleType);
  }

  @Override
  public Dataset<Row> apply(Dataset<Row> members) {
    List<Sum> sums = settings.sums().toList();
    List<Column> once = new ArrayList<>();
    once.add(count(lit(1)).as(MEMBER_ROWS.name()));
    IntStream.range(0, sums.size())
        .mapToObj(i -> share(i, sums.get(i)).as(max(share(i, sums.get(i)).col())))
        .forEach(once::add);
    if (settings.diversity().isPresent()) {
      once.add(SENSITIVE.as(max(SENSITIVE.col())));
    }
    Column[] cell = cell();
    Column[] member =
        Stream.concat(Stream.of(cell), Stream.of(Persons.PERSON_KEY.col())).toArray(Column[]::new);
    Dataset<Row> persons = aggregate(members, member, once);
    if (settings.dominance().isPresent()) {
      for (int i = 0; i < sums.size(); i++) {
        persons = persons.withColumn(rank(i).name(), rankOf(share(i, sums.get(i))));
      }
    }
    return aggregate(persons, cell, figures(sums));
  }

  private List<Column> figures(List<Sum> sums) {
    List<Column> figures = new ArrayList<>();
    figures.add(PERSONS.as(count(lit(1))));
    if (settings.diversity().isPresent()) {
      figures.add(DISTINCT_VALUES.as(count_distinct(SENSITIVE.col())));
    }
    for (int i = 0; i < sums.size(); i++) {
      Column share = share(i, sums.get(i)).col();
      figures.add(contributors(i).as(count(share)));
      figures.add(total(i).as(sum(share)));
      if (settings.dominance().isPresent()) {
        Column beside = when(rank(i).col().gt(2), abs(share)).otherwise(lit(0));
        figures.add(rest(i).as(sum(beside).cast(DataTypes.DoubleType)));
        figures.add(largest(i).as(max(abs(share)).cast(DataTypes.DoubleType)));
      }
    }
    return figures;
  }

  private Column[] cell() {
    return Stream.concat(
            Stream.of(Cells.SEGMENT_ID.col()),
            IntStream.range(0, settings.dimensions().size())
                .mapToObj(i -> LabelPersons.label(i).col()))
        .toArray(Column[]::new);
  }

  private Column rankOf(Field share) {
    return row_number()
        .over(Window.partitionBy(cell()).orderBy(abs(share.col()).desc_nulls_last()));
  }

  private static Field rank(int sum) {
    return Field.required("rank " + sum, DataTypes.IntegerType);
  }

  private static Dataset<Row> aggregate(Dataset<Row> rows, Column[] by, List<Column> figures) {
    return rows.groupBy(by)
        .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new));
  }
}
