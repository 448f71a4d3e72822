package com.segumento.privacy;

import com.segumento.lake.Workspace;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.engine.CellFiles;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * An engine that looks at numbers of persons only, and not at who adds what to a sum; and the
 * reason code the gate must give for it. The ten of segment a have been published with what they
 * spend. Segment b has three more, of whom one spends something; and one of the ten spends more
 * tonight. All are as many years old as they spent, but for one, whose years are more than six and
 * four together. Of the thirteen of b all but two spend 1 or more.
 */
public enum SumMutant {
  PUBLISHES_SUMS_ONE_CONTRIBUTOR_APART("nearly_another_segment", "b"),
  PUBLISHES_SUMS_OF_TWO_COLUMNS("nearly_another_segment", "a"),
  PUBLISHES_THREE_SUMS("sums_together", "b"),
  PUBLISHES_WHAT_NEARLY_ALL_ADD("nearly_alike", "b"),
  LETS_A_SUM_CREEP("few_changed", "a");

  private static final String SPEND = "spend_90d";
  private static final String AGE = "age";

  private static final String EXPORT =
      "{name: sums, kind: cells, segments: [%s], dimensions: [gender], levels: {gender: 0},"
          + " measures: [{name: customers}, {name: added, sum: %s, clamp: [0, 1000]}],"
          + " privacy: {k: 3}, format: csv}";

  private static final int OLD = 10;
  private static final int NEW = 50;
  private static final int IN_A = 10;
  private static final int SPENDING_IN_B = 11;
  private static final int IN_B = 13;

  private final String code;
  private final String segment;

  SumMutant(String code, String segment) {
    this.code = code;
    this.segment = segment;
  }

  public String code() {
    return code;
  }

  /** The export as it is configured. */
  public String definition() {
    String export = EXPORT.formatted(segment, column());
    if (this == PUBLISHES_WHAT_NEARLY_ALL_ADD) {
      return export.replace("[0, 1000]", "[0, 1]");
    }
    return this == PUBLISHES_THREE_SUMS
        ? export.replace(
            "}], privacy",
            "}, {name: six, sum: age, clamp: [0, 6]}, {name: four, sum: age, clamp: [0, 4]}], privacy")
        : export;
  }

  /** That of segment a, which is published before. */
  public static String before() {
    return EXPORT.formatted("a", SPEND);
  }

  private String column() {
    return this == PUBLISHES_SUMS_OF_TWO_COLUMNS || this == PUBLISHES_THREE_SUMS ? AGE : SPEND;
  }

  private static int age(int person) {
    return person == 1 ? 3 * OLD : OLD;
  }

  /** The persons, of whom the first spends so much. */
  public static CellFixture persons(CellFixture fixture, int first) {
    fixture.everybodyLeaves();
    fixture.nextIs(0);
    for (int person = 0; person < IN_B; person++) {
      Integer spend = person == 0 ? Integer.valueOf(first) : person < SPENDING_IN_B ? OLD : null;
      String[] segments = person < IN_A ? new String[] {"a", "b"} : new String[] {"b"};
      fixture.person(age(person), "f", "low", "Pune", spend, segments);
    }
    return fixture;
  }

  /** As they were when segment a was published. */
  public static CellFixture before(CellFixture fixture) {
    return persons(fixture, OLD);
  }

  /** As they are tonight. */
  public static CellFixture tonight(CellFixture fixture) {
    return persons(fixture, NEW);
  }

  /** Releases of this engine, judged by the gate. */
  public Anonymizer anonymizer() {
    return new Anonymizer(
        request -> {
          Workspace workspace = request.workspace();
          MemoryTable memory = MemoryTable.open(workspace);
          CellFiles.write(
              new CellEngine().plan(workspace, request.export(), request.sources()),
              request.folder(),
              request.export().format());
          memory.remember(
              workspace
                  .spark()
                  .createDataFrame(
                      remembered(memory.version() + 1, Date.valueOf(workspace.date())),
                      ReleaseMemory.SCHEMA),
              request.export().name());
          return LevelChoice.fixed(request.export().levels());
        });
  }

  private List<Row> remembered(long release, Date date) {
    String sum = ReleaseMemory.sum(column(), List.of(0.0, 1000.0));
    List<Row> rows = new ArrayList<>();
    if (this == LETS_A_SUM_CREEP) {
      rows.add(row(sum, 0, OLD, -1, release, date));
      rows.add(row(sum, 0, NEW, 1, release, date));
      return rows;
    }
    if (this == PUBLISHES_SUMS_OF_TWO_COLUMNS) {
      for (int person = 0; person < IN_A; person++) {
        rows.add(row(sum, person, age(person), 1, release, date));
      }
      return rows;
    }
    for (int person = 0; person < IN_B; person++) {
      rows.add(row(ReleaseMemory.PERSONS, person, 0, 1, release, date));
      if (this == PUBLISHES_THREE_SUMS) {
        rows.add(row(sum, person, age(person), 1, release, date));
        rows.add(row(clamped(6), person, 6, 1, release, date));
        rows.add(row(clamped(4), person, 4, 1, release, date));
        continue;
      }
      if (this == PUBLISHES_WHAT_NEARLY_ALL_ADD && person < SPENDING_IN_B) {
        rows.add(row(ReleaseMemory.sum(SPEND, List.of(0.0, 1.0)), person, 1, 1, release, date));
      } else if (person < SPENDING_IN_B) {
        rows.add(row(sum, person, person == 0 ? NEW : OLD, 1, release, date));
      }
    }
    return rows;
  }

  private static String clamped(double most) {
    return ReleaseMemory.sum(AGE, List.of(0.0, most));
  }

  private Row row(String figure, int person, int share, int change, long release, Date date) {
    return RowFactory.create(
        "gender@0",
        segment,
        "{\"gender@0\":\"f\"}",
        figure,
        CellFixture.key(person),
        BigDecimal.valueOf(share).setScale(6),
        change,
        release,
        date);
  }
}
