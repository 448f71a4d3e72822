package com.segumento.privacy;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.Workspace;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.engine.CellFiles;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * An engine that publishes parts of a total of 22 persons without a look at what is left of it; and
 * the reason code the gate must give for it, or none.
 */
public enum TotalsMutant {
  /** Women and men: the two others are told of. */
  PUBLISHES_BOTH_PARTS("totals"),
  /** What women spend, where no man spends anything: what the two others spend is told. */
  PUBLISHES_A_SUM("totals"),
  /** The same women and men under another name of the segment: the two others are told of. */
  PUBLISHES_PARTS_OF_ANOTHER_NAME("totals_of_other_segments"),
  /** What women spend; of what the ten men spend nearly all is one's. */
  PUBLISHES_ALL_BUT_A_DOMINATED_SUM("dominance"),
  /** Women alone: ten are left. */
  PUBLISHES_ONE_PART("");

  private static final String NIGHTS =
      "{name: %s, kind: cells, segments: [a], dimensions: %s, levels: %s, measures:"
          + " [{name: customers}, {name: spend, sum: spend_90d, clamp: [0, 1000]}],"
          + " privacy: {k: 5}, format: csv}";

  public static final String TOTAL = cells("total", "[]", "{}");
  public static final String PARTS = cells("parts", "[gender]", "{gender: 0}");
  public static final String PARTS_OF_ANOTHER_NAME = PARTS.replace("[a]", "[c]");
  public static final String DOMINATED =
      cells("dominated", "[gender]", "{gender: 0}")
          .replace("[a]", "[d]")
          .replace("{k: 5}", "{k: 5, dominance: {p: 20}}");

  private static final int WOMEN = 12;
  private static final int MEN = 8;
  private static final int FIRST_OF_D = 2 * (WOMEN + MEN + 2);
  private static final int HALF_OF_D = 10;

  private final String code;

  TotalsMutant(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** The export as it is configured. */
  public String definition() {
    return switch (this) {
      case PUBLISHES_PARTS_OF_ANOTHER_NAME -> PARTS_OF_ANOTHER_NAME;
      case PUBLISHES_ALL_BUT_A_DOMINATED_SUM -> DOMINATED;
      case PUBLISHES_BOTH_PARTS, PUBLISHES_A_SUM, PUBLISHES_ONE_PART -> PARTS;
    };
  }

  /** Cells of segment a. */
  public static String cells(String name, String dimensions, String levels) {
    return NIGHTS.formatted(name, dimensions, levels);
  }

  /**
   * In segment a, which is also called c, women, men who spend nothing, and two others; in segment
   * b as many of three districts; and in segment d ten women, and ten men of whom one spends nearly
   * all that they do.
   *
   * @param more women than twelve
   */
  public static void persons(CellFixture fixture, int more) {
    fixture.everybodyLeaves();
    fixture.nextIs(0);
    persons(fixture, WOMEN, "f", "Pune", 10, "a", "c");
    persons(fixture, MEN, "m", "Pune", null, "a", "c");
    persons(fixture, 2, "x", "Pune", 10, "a", "c");
    persons(fixture, WOMEN, "f", "Pune", 10, "b");
    persons(fixture, MEN, "f", "Nagpur", 10, "b");
    persons(fixture, 2, "f", "Nashik", 10, "b");
    persons(fixture, HALF_OF_D, "f", "Pune", 100, "d");
    persons(fixture, 1, "m", "Pune", 900, "d");
    persons(fixture, HALF_OF_D - 1, "m", "Pune", 1, "d");
    persons(fixture, more, "f", "Pune", 10, "a", "c");
  }

  private static void persons(
      CellFixture fixture, int count, String gender, String district, Integer spend, String... in) {
    for (int i = 0; i < count; i++) {
      fixture.person(20, gender, "low", district, spend, in);
    }
  }

  /** Releases of {@link #definition} by this engine, judged by the gate. */
  public Anonymizer anonymizer() {
    return new Anonymizer(
        request -> {
          Workspace workspace = request.workspace();
          MemoryTable memory = MemoryTable.open(workspace);
          boolean dominated = this == PUBLISHES_ALL_BUT_A_DOMINATED_SUM;
          boolean sums = this == PUBLISHES_A_SUM || dominated;
          boolean other = this == PUBLISHES_PARTS_OF_ANOTHER_NAME;
          boolean men = this == PUBLISHES_BOTH_PARTS || other;
          String segment = other ? "c" : dominated ? "d" : "a";
          int first = dominated ? FIRST_OF_D : 0;
          int women = dominated ? HALF_OF_D : WOMEN;
          String spend = dominated ? "100.000000" : "10.000000";
          Dataset<Row> cells =
              new CellEngine()
                  .plan(workspace, request.export(), request.sources())
                  .filter(men ? lit(true) : col("gender").equalTo("f"))
                  .withColumn("spend", when(lit(sums), col("spend")));
          CellFiles.write(cells, request.folder(), request.export().format());
          List<Row> rows = new ArrayList<>();
          long release = memory.version() + 1;
          Date date = Date.valueOf(workspace.date());
          for (int i = 0; i < women + (men ? MEN : 0); i++) {
            int person = first + i;
            String cell = "{\"gender@0\":\"" + (i < women ? "f" : "m") + "\"}";
            rows.add(row(segment, cell, ReleaseMemory.PERSONS, person, "0.000000", release, date));
            if (sums) {
              String sum = ReleaseMemory.sum("spend_90d", List.of(0.0, 1000.0));
              rows.add(row(segment, cell, sum, person, spend, release, date));
            }
          }
          memory.remember(
              workspace.spark().createDataFrame(rows, ReleaseMemory.SCHEMA),
              request.export().name());
          return LevelChoice.fixed(request.export().levels());
        });
  }

  private static Row row(
      String segment,
      String cell,
      String figure,
      int person,
      String share,
      long release,
      Date date) {
    return RowFactory.create(
        "gender@0",
        segment,
        cell,
        figure,
        CellFixture.key(person),
        new BigDecimal(share),
        1,
        release,
        date);
  }
}
