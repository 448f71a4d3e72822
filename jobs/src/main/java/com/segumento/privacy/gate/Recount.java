package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.nanvl;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.SourceVersions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * Counts every cell of an export again from the sources: one row per part of a cell somebody is in,
 * whose persons have the same places above them. Each person's segments are brought together first,
 * then joined to the person's classes, so that a person is in a part once whatever the tables
 * repeat.
 */
record Recount(Workspace workspace, Export export, SourceVersions sources, Claim claim) {
  static final Field PERSONS = Field.required("recounted", DataTypes.LongType);
  static final Field VALUES =
      Field.required("recounted values", new ArrayType(DataTypes.StringType, false));
  static final Field FIRST_DEFINITION = Field.required("definition", DataTypes.StringType);
  static final Field LAST_DEFINITION = Field.required("last definition", DataTypes.StringType);

  /** The most classes one person of a part is in. */
  static final Field CLASSES = Field.required("classes of a person", DataTypes.LongType);

  private static final Field SEGMENT = Field.required("segment", DataTypes.StringType);
  private static final Field SENSITIVE = Field.optional("sensitive value", DataTypes.StringType);

  private static final Field TRAIT_KEY = Field.required("trait key", DataTypes.BinaryType);
  private static final Field PROFILE_ROWS = Field.required("profile rows", DataTypes.LongType);

  /** The i-th part of a cell's key: the segment, then the labels. */
  static Field key(int i) {
    return Field.required("key " + i, DataTypes.StringType);
  }

  /** What the row of the i-th place above a part's own is called that holds what is left of it. */
  static Field remainder(int i) {
    return Field.optional("remainder " + i, DataTypes.StringType);
  }

  static Field recounted(int figure, String what) {
    return Field.optional("figure " + figure + " " + what, DataTypes.StringType);
  }

  /** A person's share in the i-th figure. */
  static Field part(int figure) {
    return Field.optional("part " + figure, DataTypes.StringType);
  }

  /** What tells parts from each other: the cell's key, then the places above. */
  List<Column> part() {
    return Stream.concat(
            IntStream.rangeClosed(0, claim.dimensions().size()).mapToObj(i -> key(i).col()),
            IntStream.range(0, remainders()).mapToObj(i -> remainder(i).col()))
        .toList();
  }

  /** How many places lie above a part's own. */
  int remainders() {
    return new ClassLabels(workspace, export).remainders().size();
  }

  /** Parts of cells of what {@link #members} gave. */
  Dataset<Row> parts(Dataset<Row> members) {
    Dataset<Row> inCells = members;
    Column[] part = part().toArray(Column[]::new);
    for (int i = 0; i < claim.figures().size(); i++) {
      if (claim.dominance() > 0 && claim.figures().get(i).source().isPresent()) {
        inCells =
            inCells.withColumn(
                recounted(i, "top").name(), max(abs(part(i).col())).over(Window.partitionBy(part)));
      }
    }
    List<Column> figures = figures();
    return inCells
        .groupBy(part)
        .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new));
  }

  /** One row per member of a segment: its labels, places above and shares. */
  Dataset<Row> members(Dataset<Row> memberships, Dataset<Row> profiles, Dataset<Row> traits) {
    return classes(profiles, traits)
        .join(segments(memberships), Persons.PERSON_KEY.name())
        .withColumn(SEGMENT.name(), explode(SEGMENT.col()))
        .withColumn(key(0).name(), SEGMENT.col().getField(Cells.SEGMENT_ID.name()));
  }

  /** One row a person: the segments it is in. */
  private Dataset<Row> segments(Dataset<Row> memberships) {
    Column segment = struct(Cells.SEGMENT_ID.col(), Memberships.DEFINITION_HASH.col());
    return memberships
        .filter(Cells.SEGMENT_ID.col().isInCollection(claim.segments()))
        .groupBy(Persons.PERSON_KEY.col())
        .agg(SEGMENT.as(array_distinct(collect_set(segment))));
  }

  /** One row a person and combination of labels: that person's shares. */
  private Dataset<Row> classes(Dataset<Row> profiles, Dataset<Row> traits) {
    Dataset<Row> persons =
        profiles.filter(length(Persons.PERSON_KEY.col()).equalTo(Cells.KEY_BYTES));
    List<Column> by = new ArrayList<>(List.of(Persons.PERSON_KEY.col()));
    ClassLabels labels = new ClassLabels(workspace, export);
    for (int i = 0; i < claim.dimensions().size(); i++) {
      persons = labels.add(persons, claim.dimensions().get(i), key(i + 1));
      by.add(key(i + 1).col());
    }
    List<Column> remainders = labels.remainders();
    for (int i = 0; i < remainders.size(); i++) {
      persons = persons.withColumn(remainder(i).name(), remainders.get(i));
      by.add(remainder(i).col());
    }
    if (claim.sensitive().isPresent()) {
      Field sensitive = Field.optional(claim.sensitive().get(), DataTypes.StringType);
      persons = persons.withColumn(SENSITIVE.name(), sensitive.col().cast(DataTypes.StringType));
    }
    List<Field> summedTraits = summedTraits(traits);
    List<Column> parts = parts(summedTraits);
    return withTraits(persons, traits, summedTraits)
        .groupBy(by.toArray(Column[]::new))
        .agg(parts.get(0), parts.subList(1, parts.size()).toArray(Column[]::new))
        .withColumn(
            CLASSES.name(),
            remainders.isEmpty()
                ? lit(1L)
                : count(lit(1)).over(Window.partitionBy(Persons.PERSON_KEY.col())));
  }

  private List<Field> summedTraits(Dataset<Row> traits) {
    return claim.figures().stream()
        .flatMap(figure -> figure.source().stream())
        .filter(source -> List.of(traits.columns()).contains(source.name()))
        .distinct()
        .toList();
  }

  private static Dataset<Row> withTraits(
      Dataset<Row> persons, Dataset<Row> traits, List<Field> summed) {
    if (summed.isEmpty()) {
      return persons;
    }
    Column[] columns =
        Stream.concat(
                Stream.of(TRAIT_KEY.as(Persons.PERSON_KEY.col())),
                summed.stream().map(source -> trait(source).as(source.col())))
            .toArray(Column[]::new);
    // 1:1, one row of traits a person
    return persons.join(
        traits.select(columns), TRAIT_KEY.col().equalTo(Persons.PERSON_KEY.col()), "left");
  }

  private static Field trait(Field source) {
    return Field.optional("trait " + source.name(), source.type());
  }

  /** What a person brings into a cell: one share a sum, and the sensitive value. */
  private List<Column> parts(List<Field> summedTraits) {
    List<Column> parts = new ArrayList<>(List.of(PROFILE_ROWS.as(count(lit(1)))));
    for (int i = 0; i < claim.figures().size(); i++) {
      Claim.Figure figure = claim.figures().get(i);
      if (figure.source().isPresent()) {
        Field source = figure.source().get();
        Field column = summedTraits.contains(source) ? trait(source) : source;
        parts.add(part(i).as(max(share(figure, column))));
      }
    }
    if (claim.sensitive().isPresent()) {
      parts.add(SENSITIVE.as(max(SENSITIVE.col())));
    }
    return parts;
  }

  private List<Column> figures() {
    Column definition = SEGMENT.col().getField(Memberships.DEFINITION_HASH.name());
    List<Column> figures = new ArrayList<>();
    figures.add(PERSONS.as(count(lit(1))));
    figures.add(FIRST_DEFINITION.as(min(definition)));
    figures.add(LAST_DEFINITION.as(max(definition)));
    figures.add(CLASSES.as(max(CLASSES.col())));
    if (claim.sensitive().isPresent()) {
      figures.add(VALUES.as(collect_set(SENSITIVE.col())));
    }
    for (int i = 0; i < claim.figures().size(); i++) {
      if (claim.figures().get(i).source().isPresent()) {
        figures.addAll(sums(i));
      }
    }
    return figures;
  }

  private List<Column> sums(int figure) {
    Column part = part(figure).col();
    List<Column> sums = new ArrayList<>();
    sums.add(recounted(figure, "sum").as(sum(part)));
    sums.add(recounted(figure, "contributors").as(sum(when(part.notEqual(0), 1L).otherwise(0L))));
    if (claim.dominance() > 0) {
      Column top = recounted(figure, "top").col();
      Column atTop = sum(when(abs(part).equalTo(top), 1).otherwise(0));
      Column second =
          when(atTop.geq(2), max(top)).otherwise(max(when(abs(part).lt(top), abs(part))));
      sums.add(recounted(figure, "largest").as(max(top)));
      sums.add(recounted(figure, "second").as(second));
      sums.add(recounted(figure, "sizes").as(sum(abs(part))));
    }
    return sums;
  }

  private static Column share(Claim.Figure figure, Field column) {
    int scale = ((DecimalType) figure.field().type()).scale();
    DataType type = DataTypes.createDecimalType(Cells.SHARE_DIGITS, scale);
    double low = figure.clamp().get(0);
    double high = figure.clamp().get(1);
    boolean floating =
        column.type().equals(DataTypes.DoubleType) || column.type().equals(DataTypes.FloatType);
    if (floating) {
      Column value = nanvl(column.col().cast(DataTypes.DoubleType), lit(null).cast("double"));
      Column within = least(greatest(value, lit(low)), lit(high));
      return when(value.isNotNull(), within.cast(type));
    }
    DataType wide = DataTypes.createDecimalType(38, scale);
    Column value = column.col().cast(wide);
    Column within =
        least(
            greatest(value, lit(BigDecimal.valueOf(low)).cast(wide)),
            lit(BigDecimal.valueOf(high)).cast(wide));
    return when(column.col().isNotNull(), within.cast(type));
  }
}
