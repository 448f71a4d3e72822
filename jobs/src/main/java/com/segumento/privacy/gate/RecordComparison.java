package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.Export;
import com.segumento.model.Field;
import com.segumento.model.Records;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Holds staged records against those of the source: by row, how often it is staged and whose it can
 * be; by class, what the models ask for.
 */
record RecordComparison(RecordClaim claim) {
  /** Staged rows, and persons they can be of. */
  static final Field STAGED = figure("staged rows");

  /** Persons of the segments there are. */
  static final Field PERSONS = figure("persons listed");

  private static final Field EVERYBODY = figure("persons listed or not");
  private static final Field COVERED = figure("rows that are somebody's");
  private static final Field VALUES = Field.required("sensitive values", new StructType());
  private static final Field DIVERSE = Field.optional("value of l", DataTypes.StringType);
  private static final Field CLOSE = Field.optional("value of t", DataTypes.StringType);
  private static final List<Field> FLAGS =
      List.of(figure("broken"), figure("disordered"), figure("misplaced"));

  private static Field figure(String name) {
    return Field.required(name, DataTypes.LongType);
  }

  /**
   * One row per distinct row, staged or not.
   *
   * @param files the staged rows are cut into
   */
  Dataset<Row> byRow(Dataset<Row> staged, int files, Dataset<Row> source) {
    Column[] texts = texts();
    List<Column> ofStaged = new ArrayList<>(Arrays.asList(texts));
    ofStaged.add(STAGED.as(lit(1L)));
    ofStaged.add(PERSONS.as(lit(0L)));
    ofStaged.add(EVERYBODY.as(lit(0L)));
    ofStaged.add(FLAGS.get(0).as(number(StagedRecords.BROKEN.col())));
    ofStaged.add(FLAGS.get(1).as(number(StagedRecords.DISORDERED.col())));
    Column own = Records.file(Arrays.asList(texts), files);
    ofStaged.add(FLAGS.get(2).as(number(not(own.eqNullSafe(StagedRecords.FILE.col())))));
    List<Column> ofSource = new ArrayList<>(Arrays.asList(texts));
    ofSource.add(STAGED.as(lit(0L)));
    ofSource.add(PERSONS.as(number(SourceRecords.LISTED.col())));
    ofSource.add(EVERYBODY.as(lit(1L)));
    FLAGS.forEach(flag -> ofSource.add(flag.as(lit(0L))));
    List<Field> figures = new ArrayList<>(List.of(PERSONS, EVERYBODY));
    figures.addAll(FLAGS);
    return staged
        .select(ofStaged.toArray(Column[]::new))
        .unionAll(source.select(ofSource.toArray(Column[]::new)))
        .groupBy(texts)
        .agg(STAGED.as(sum(STAGED.col())), sums(figures));
  }

  /** Persons by value of an attribute, a missing one being the empty text. */
  static Dataset<Row> distribution(Dataset<Row> byRow, int attribute) {
    return byRow
        .groupBy(CLOSE.as(coalesce(SourceRecords.text(attribute).col(), lit(""))))
        .agg(PERSONS.as(sum(PERSONS.col())))
        .filter(PERSONS.col().gt(0));
  }

  /**
   * One row: how often each violation occurs, and the figures of the verdict.
   *
   * @param whole what classes have to be close to, where that is claimed
   */
  Dataset<Row> findings(Dataset<Row> byRow, Optional<ClassJudge.Whole> whole) {
    Dataset<Row> classes = classes(byRow);
    List<Column> found = new ArrayList<>();
    found.add(PERSONS.as(coalesce(sum(PERSONS.col()), lit(0L))));
    ofRows().keySet().forEach(of -> found.add(again(of)));
    ofClasses(whole)
        .forEach(
            (of, wrong) -> found.add(sum(number(STAGED.col().gt(0).and(wrong))).as(of.name())));
    return classes.agg(
        STAGED.as(coalesce(sum(STAGED.col()), lit(0L))), found.toArray(Column[]::new));
  }

  /** One row per class: its figures, and its staged rows by sensitive values. */
  private Dataset<Row> classes(Dataset<Row> byRow) {
    Map<Violation, Column> ofRows = ofRows();
    List<Column> sums = new ArrayList<>();
    sums.add(PERSONS.as(sum(PERSONS.col())));
    sums.add(COVERED.as(sum(least(STAGED.col(), PERSONS.col()))));
    ofRows.forEach((of, wrong) -> sums.add(sum(number(wrong)).as(of.name())));
    Column[] quasi =
        IntStream.range(0, claim.attributes().size())
            .filter(i -> claim.attributes().get(i).quasi())
            .mapToObj(i -> SourceRecords.text(i).col())
            .toArray(Column[]::new);
    Column[] values = Arrays.copyOf(quasi, quasi.length + 2);
    values[quasi.length] = DIVERSE.as(value(claim.diversity().map(Export.Diversity::attribute)));
    values[quasi.length + 1] = CLOSE.as(value(claim.closeness().map(Export.Closeness::attribute)));
    Column present = when(STAGED.col().gt(0), struct(DIVERSE.col(), CLOSE.col(), STAGED.col()));
    List<Column> joined = new ArrayList<>();
    joined.add(PERSONS.as(sum(PERSONS.col())));
    joined.add(COVERED.as(sum(COVERED.col())));
    joined.add(VALUES.as(collect_list(present)));
    ofRows.keySet().forEach(of -> joined.add(again(of)));
    return byRow
        .groupBy(values)
        .agg(STAGED.as(sum(STAGED.col())), sums.toArray(Column[]::new))
        .groupBy(quasi)
        .agg(STAGED.as(sum(STAGED.col())), joined.toArray(Column[]::new));
  }

  private static Column again(Violation of) {
    return sum("`" + of.name() + "`").as(of.name());
  }

  private Map<Violation, Column> ofRows() {
    Map<Violation, Column> wrong = new EnumMap<>(Violation.class);
    Column missing = lit(false);
    for (int i = 0; i < claim.attributes().size(); i++) {
      if (claim.attributes().get(i).quasi()) {
        missing = missing.or(SourceRecords.text(i).col().isNull());
      }
    }
    Column staged = STAGED.col();
    wrong.put(Violation.NULL_LABEL, staged.gt(0).and(missing));
    wrong.put(Violation.UNREADABLE, FLAGS.get(0).col().gt(0));
    wrong.put(Violation.ROW_ORDER, FLAGS.get(1).col().gt(0));
    wrong.put(Violation.FILE_MEMBERSHIP, FLAGS.get(2).col().gt(0));
    wrong.put(Violation.UNEXPECTED_ROW, staged.gt(0).and(EVERYBODY.col().equalTo(0)));
    wrong.put(Violation.OUTSIDER, staged.gt(PERSONS.col()).and(EVERYBODY.col().gt(PERSONS.col())));
    wrong.put(Violation.DUPLICATE_ROW, staged.gt(EVERYBODY.col()).and(EVERYBODY.col().gt(0)));
    return wrong;
  }

  private Map<Violation, Column> ofClasses(Optional<ClassJudge.Whole> whole) {
    Map<Violation, Column> wrong = new EnumMap<>(Violation.class);
    wrong.put(Violation.BELOW_K, COVERED.col().lt(claim.k()));
    Column counts = STAGED.in(VALUES);
    claim
        .diversity()
        .map(ClassJudge.Diverse::of)
        .ifPresent(
            model ->
                wrong.put(
                    Violation.DIVERSITY,
                    not(holds(model::holds).apply(DIVERSE.in(VALUES), counts))));
    whole.ifPresent(
        table ->
            wrong.put(
                Violation.CLOSENESS, not(holds(table::close).apply(CLOSE.in(VALUES), counts))));
    return wrong;
  }

  /** A test of persons by value; serializable, for it is sent to where the classes are. */
  @FunctionalInterface
  private interface Test extends java.io.Serializable {
    boolean holds(Map<String, Long> counts);
  }

  private static UserDefinedFunction holds(Test test) {
    UDF2<Seq<String>, Seq<Long>, Boolean> function =
        (values, counts) -> {
          Map<String, Long> byValue = new HashMap<>();
          for (int i = 0; i < values.length(); i++) {
            byValue.merge(values.apply(i), counts.apply(i), Long::sum);
          }
          return test.holds(byValue);
        };
    return udf(function, DataTypes.BooleanType);
  }

  private Column value(Optional<String> attribute) {
    return attribute
        .map(name -> coalesce(SourceRecords.text(claim.index(name)).col(), lit("")))
        .orElse(lit(""));
  }

  private Column[] texts() {
    return IntStream.range(0, claim.attributes().size())
        .mapToObj(i -> SourceRecords.text(i).col())
        .toArray(Column[]::new);
  }

  private static Column[] sums(List<Field> figures) {
    return figures.stream().map(field -> field.as(sum(field.col()))).toArray(Column[]::new);
  }

  private static Column number(Column condition) {
    return when(condition, 1L).otherwise(0L);
  }
}
