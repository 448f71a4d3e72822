package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Transformation;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Members with their labels to who stands behind each row of a release: {@link Cells#SEGMENT_ID},
 * here the segment and the labels of the row as one text, and {@link Persons#PERSON_KEY}, each
 * person once a row. Rows are formed as {@link RollUpCells} forms them, by numbers of persons
 * alone: one that is held back for another reason is here all the same.
 */
record RowPersons(CellSettings settings) implements Transformation {
  /** The label of places under which a person is published; null while it is in no row. */
  private static final Field FOUND = Field.optional("published label", DataTypes.StringType);

  @Override
  public Dataset<Row> apply(Dataset<Row> members) {
    Column[] labels = labels(settings.place());
    Dataset<Row> rows =
        members
            .select(
                Stream.of(
                        Stream.of(labels),
                        Stream.of(named(0).as(place()), Persons.PERSON_KEY.col()),
                        IntStream.range(0, settings.others().size())
                            .mapToObj(i -> named(i + 1).as(LabelPersons.other(i).col())))
                    .flatMap(columns -> columns)
                    .toArray(Column[]::new))
            .distinct()
            .withColumn(FOUND.name(), lit(null).cast(DataTypes.StringType));
    for (int i = 0; i <= settings.others().size(); i++) {
      rows = published(rows, labels, named(i));
    }
    Column row =
        functions.to_json(
            functions.struct(
                Stream.concat(Stream.of(labels), Stream.of(FOUND.col())).toArray(Column[]::new)));
    return rows.filter(FOUND.col().isNotNull())
        .select(Cells.SEGMENT_ID.as(row), Persons.PERSON_KEY.col());
  }

  private Dataset<Row> published(Dataset<Row> rows, Column[] labels, Field name) {
    Column open = FOUND.col().isNull().and(name.col().isNotNull());
    Column[] row = Stream.concat(Stream.of(labels), Stream.of(name.col())).toArray(Column[]::new);
    Column persons = sum(when(open, 1).otherwise(0)).over(Window.partitionBy(row));
    return rows.withColumn(
        FOUND.name(), when(open.and(persons.geq(settings.k())), name.col()).otherwise(FOUND.col()));
  }

  /** A place's label and those above it, from the nearest. */
  private static Field named(int above) {
    return Field.optional("named " + above, DataTypes.StringType);
  }

  private Column place() {
    return settings.place() < 0 ? lit("") : LabelPersons.label(settings.place()).col();
  }

  /** The segment and all labels but that of the place. */
  private Column[] labels(int place) {
    return Stream.concat(
            Stream.of(Cells.SEGMENT_ID.col()),
            IntStream.range(0, settings.dimensions().size())
                .filter(i -> i != place)
                .mapToObj(i -> LabelPersons.label(i).col()))
        .toArray(Column[]::new);
  }
}
