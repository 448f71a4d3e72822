package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Audiences;
import com.segumento.model.Audiences.Content;
import com.segumento.model.Field;
import com.segumento.model.Records;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Holds the rows of an audience against the source and against the lists before: by segment, how
 * many persons are where they may not be.
 *
 * @param k smallest list, and smallest change of one
 */
record AudienceComparison(int k) {
  static final Field ROWS = figure("rows");
  static final Field MEMBERS = figure("members");
  static final Field WITHHELD = figure("withheld");

  private static final Field KNOWN = figure("known");
  private static final Field ALLOWED = figure("allowed");
  private static final Field WANTED = figure("wanted");
  private static final Field BEFORE = figure("before");
  private static final Field BROKEN = figure("broken");
  private static final Field DISORDERED = figure("disordered");
  private static final Field MISPLACED = figure("misplaced");
  private static final Field MIXED = figure("mixed");
  private static final Field JOINED = figure("persons joined");
  private static final Field LEFT = figure("persons left");
  private static final Field GONE = figure("persons left of their own");
  private static final Field LEAVING = figure("persons leaving");
  private static final Field STAYED = figure("persons stayed");
  private static final Field TOLD = figure("rows told of");
  private static final Field UNTRUE = figure("rows untrue");

  private static Field figure(String name) {
    return Field.required(name, DataTypes.LongType);
  }

  private static Field in(Content content) {
    return figure("in " + content.stem());
  }

  /** Rows of a content as figures. */
  static Dataset<Row> staged(Dataset<Row> rows, Content content, int files) {
    Column own =
        Records.file(List.of(SourceRecords.text(0).col(), SourceRecords.text(1).col()), files);
    return figures(
        rows.select(
            Audiences.SEGMENT_ID.as(SourceRecords.text(0).col()),
            Audiences.TOKEN.as(SourceRecords.text(1).col()),
            in(content).as(lit(1L)),
            BROKEN.as(
                number(
                    StagedRecords.BROKEN
                        .col()
                        .or(SourceRecords.text(0).col().isNull())
                        .or(SourceRecords.text(1).col().isNull()))),
            DISORDERED.as(number(StagedRecords.DISORDERED.col())),
            MISPLACED.as(number(not(own.eqNullSafe(StagedRecords.FILE.col()))))));
  }

  /** Members as figures. */
  static Dataset<Row> wanted(Dataset<Row> members) {
    return figures(
        members.select(
            Audiences.SEGMENT_ID.col(),
            Audiences.TOKEN.col(),
            WANTED.as(lit(1L)),
            MIXED.as(
                number(
                    not(
                        AudienceSource.FIRST_DEFINITION
                            .col()
                            .equalTo(AudienceSource.LAST_DEFINITION.col())))),
            AudienceSource.FIRST_DEFINITION.col()));
  }

  /** Earlier lists as figures. */
  static Dataset<Row> before(Dataset<Row> lists) {
    return figures(
        lists.select(Audiences.SEGMENT_ID.col(), Audiences.TOKEN.col(), BEFORE.as(lit(1L))));
  }

  private static Dataset<Row> figures(Dataset<Row> rows) {
    List<String> there = List.of(rows.columns());
    List<Column> all = new ArrayList<>(List.of(Audiences.SEGMENT_ID.col(), Audiences.TOKEN.col()));
    for (Field field : counted()) {
      all.add(there.contains(field.name()) ? field.col() : field.as(lit(0L)));
    }
    Field definition = AudienceSource.FIRST_DEFINITION;
    all.add(
        there.contains(definition.name())
            ? definition.col()
            : definition.as(lit(null).cast(definition.type())));
    return rows.select(all.toArray(Column[]::new));
  }

  private static List<Field> counted() {
    List<Field> all =
        new ArrayList<>(List.of(WANTED, BEFORE, BROKEN, DISORDERED, MISPLACED, MIXED));
    for (Content content : Content.values()) {
      all.add(in(content));
    }
    return all;
  }

  /**
   * One row per segment: how often each violation occurs, and the figures of the verdict.
   *
   * @param rows of {@link #staged}, {@link #wanted} and {@link #before} together
   * @param persons as {@link AudienceSource#persons} has them
   */
  Dataset<Row> bySegment(Dataset<Row> rows, Dataset<Row> persons) {
    List<Column> sums = new ArrayList<>();
    counted().forEach(field -> sums.add(field.as(sum(field.col()))));
    sums.add(AudienceSource.FIRST_DEFINITION.as(min(AudienceSource.FIRST_DEFINITION.col())));
    Dataset<Row> tokens =
        persons
            .groupBy(Audiences.TOKEN.col())
            .agg(KNOWN.as(lit(1L)), ALLOWED.as(max(number(AudienceSource.ALLOWED.col()))));
    Dataset<Row> byRow =
        rows.groupBy(Audiences.SEGMENT_ID.col(), Audiences.TOKEN.col())
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
            // n:1, a token is one person's
            .join(tokens, new String[] {Audiences.TOKEN.name()}, "left")
            .withColumn(KNOWN.name(), coalesce(KNOWN.col(), lit(0L)))
            .withColumn(ALLOWED.name(), coalesce(ALLOWED.col(), lit(0L)));
    List<Column> found = new ArrayList<>();
    figuresOfRows().forEach((field, column) -> found.add(field.as(sum(column))));
    violationsOfRows().forEach((of, wrong) -> found.add(sum(number(wrong)).as(of.name())));
    found.add(AudienceSource.FIRST_DEFINITION.as(min(AudienceSource.FIRST_DEFINITION.col())));
    found.add(AudienceSource.LAST_DEFINITION.as(max(AudienceSource.FIRST_DEFINITION.col())));
    Dataset<Row> segments =
        byRow
            .groupBy(Audiences.SEGMENT_ID.col())
            .agg(found.get(0), found.subList(1, found.size()).toArray(Column[]::new));
    for (Map.Entry<Violation, Column> of : violationsOfLists().entrySet()) {
      segments = segments.withColumn(of.getKey().name(), number(of.getValue()));
    }
    return segments;
  }

  private static Map<Field, Column> figuresOfRows() {
    Column listed = in(Content.LIST).col().gt(0);
    Column had = BEFORE.col().gt(0);
    Column joined = listed.and(not(had));
    Column left = had.and(not(listed));
    Column allowed = ALLOWED.col().gt(0);
    Column leaving = had.and(allowed).and(WANTED.col().equalTo(0));
    Map<Field, Column> figures = new java.util.LinkedHashMap<>();
    figures.put(ROWS, in(Content.LIST).col());
    figures.put(MEMBERS, number(listed.and(allowed)));
    figures.put(WITHHELD, number(WANTED.col().gt(0).and(not(listed))));
    figures.put(BEFORE, number(had));
    figures.put(JOINED, number(joined));
    figures.put(LEFT, number(left));
    figures.put(GONE, number(left.and(allowed)));
    figures.put(LEAVING, number(leaving));
    figures.put(STAYED, number(leaving.and(listed)));
    figures.put(TOLD, in(Content.JOINED).col().plus(in(Content.LEFT).col()));
    figures.put(
        UNTRUE,
        number(not(joined.eqNullSafe(in(Content.JOINED).col().gt(0))))
            .plus(number(not(left.eqNullSafe(in(Content.LEFT).col().gt(0))))));
    return figures;
  }

  private static Map<Violation, Column> violationsOfRows() {
    Column listed = in(Content.LIST).col().gt(0);
    Column allowed = ALLOWED.col().gt(0);
    Map<Violation, Column> wrong = new EnumMap<>(Violation.class);
    wrong.put(Violation.UNREADABLE, BROKEN.col().gt(0));
    wrong.put(Violation.ROW_ORDER, DISORDERED.col().gt(0));
    wrong.put(Violation.FILE_MEMBERSHIP, MISPLACED.col().gt(0));
    wrong.put(Violation.UNEXPECTED_ROW, listed.and(KNOWN.col().equalTo(0)));
    wrong.put(Violation.OPTED_OUT, listed.and(KNOWN.col().gt(0)).and(not(allowed)));
    wrong.put(
        Violation.OUTSIDER,
        listed.and(allowed).and(WANTED.col().equalTo(0)).and(BEFORE.col().equalTo(0)));
    Column twice = lit(false);
    for (Content content : Content.values()) {
      twice = twice.or(in(content).col().gt(1));
    }
    wrong.put(Violation.DUPLICATE_ROW, twice);
    wrong.put(Violation.MIXED_DEFINITIONS, MIXED.col().gt(0));
    return wrong;
  }

  private Map<Violation, Column> violationsOfLists() {
    Column listed = ROWS.col().gt(0);
    Column goesOn = listed.and(BEFORE.col().gt(0));
    Map<Violation, Column> wrong = new EnumMap<>(Violation.class);
    wrong.put(Violation.BELOW_K, listed.and(MEMBERS.col().lt(k)));
    wrong.put(Violation.SMALL_CHANGE, goesOn.and(few(JOINED.col()).or(few(GONE.col()))));
    wrong.put(Violation.STALE, listed.and(STAYED.col().gt(0)).and(LEAVING.col().geq(k)));
    wrong.put(
        Violation.DIFF,
        TOLD.col()
            .gt(0)
            .and(not(goesOn).or(UNTRUE.col().gt(0)).or(few(JOINED.col())).or(few(LEFT.col()))));
    wrong.put(
        Violation.MIXED_DEFINITIONS,
        Field.required(Violation.MIXED_DEFINITIONS.name(), DataTypes.LongType)
            .col()
            .gt(0)
            .or(
                not(
                    AudienceSource.FIRST_DEFINITION
                        .col()
                        .eqNullSafe(AudienceSource.LAST_DEFINITION.col()))));
    return wrong;
  }

  private Column few(Column persons) {
    return persons.gt(0).and(persons.lt(k));
  }

  private static Column number(Column condition) {
    return when(condition, 1L).otherwise(0L);
  }
}
