package com.segumento.privacy;

import static org.apache.spark.sql.functions.col;

import com.segumento.lake.Workspace;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.engine.CellFiles;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * An engine that treats the release memory carelessly, on a night on which an eleventh woman is in
 * segment a, where ten were published, and nobody else has moved; and the reason codes the gate
 * must give for it. In segment c are those of segments a and b, of whom one person is in both. Four
 * have come to segment d, of whom three are all of segment e.
 */
public enum MemoryMutant {
  FOLLOWS_TONIGHT("few_changed, few_in_sums_of_cells"),
  FORGETS_WHO_CAME("unremembered"),
  INVENTS_A_GROUP("stranger"),
  MAKES_UP_HISTORY("rewritten_memory"),
  LEAVES_A_ROW_OUT("vanished_cells"),
  PUBLISHES_A_SEGMENT_ONE_APART("nearly_another_segment"),
  PUBLISHES_OTHER_LABELS_ONE_APART("nearly_another_cell"),
  PUBLISHES_A_UNION_BESIDE_ITS_PARTS("nearly_a_union"),
  PUBLISHES_CHANGES_ONE_APART("changed_nearly_as_another_segment");

  /** Women and men of two segments. */
  public static final String EXPORT =
      "{name: nights, kind: cells, segments: [a, b], dimensions: [gender], levels: {gender: 0},"
          + " measures: [{name: customers}], privacy: {k: 3}, format: csv}";

  private final String code;

  MemoryMutant(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** The export as it is configured. */
  public String definition() {
    return switch (this) {
      case PUBLISHES_OTHER_LABELS_ONE_APART ->
          EXPORT
              .replace("[a, b]", "[a]")
              .replace("[gender]", "[age, gender]")
              .replace("levels: {", "levels: {age: 0, ");
      case PUBLISHES_A_SEGMENT_ONE_APART -> EXPORT.replace("[a, b]", "[b]");
      case PUBLISHES_A_UNION_BESIDE_ITS_PARTS -> EXPORT.replace("[a, b]", "[b, c]");
      case PUBLISHES_CHANGES_ONE_APART -> EXPORT.replace("[a, b]", "[d, e]");
      default -> EXPORT.replace("[a, b]", "[a]");
    };
  }

  /** Releases of this engine, judged by the gate. */
  public Anonymizer anonymizer() {
    return new Anonymizer(
        request -> {
          Workspace workspace = request.workspace();
          MemoryTable memory = MemoryTable.open(workspace);
          Dataset<Row> cells =
              new CellEngine().plan(workspace, request.export(), request.sources());
          if (this == INVENTS_A_GROUP) {
            cells =
                cells.withColumn(
                    "customers",
                    org.apache
                        .spark
                        .sql
                        .functions
                        .when(col("gender").equalTo("f"), 13L)
                        .otherwise(col("customers")));
          }
          if (this == LEAVES_A_ROW_OUT) {
            cells = cells.filter(col("gender").notEqual("f"));
          }
          return staged(request, cells, remembered(workspace, memory.version() + 1));
        });
  }

  private static LevelChoice staged(ReleaseRequest request, Dataset<Row> cells, List<Row> rows) {
    Workspace workspace = request.workspace();
    CellFiles.write(cells, request.folder(), request.export().format());
    if (!rows.isEmpty()) {
      MemoryTable.open(workspace)
          .remember(
              workspace.spark().createDataFrame(rows, ReleaseMemory.SCHEMA),
              request.export().name());
    }
    return LevelChoice.fixed(request.export().levels());
  }

  /**
   * An engine that follows the tables of a night, whatever was published before.
   *
   * @param gender whose cell of segment a they came to or left
   * @param change 1 where they came, -1 where they left
   */
  public static Anonymizer following(String gender, List<Integer> persons, int change) {
    return new Anonymizer(
        request -> {
          Workspace workspace = request.workspace();
          return staged(
              request,
              new CellEngine().plan(workspace, request.export(), request.sources()),
              rows(
                  "gender@0",
                  "a",
                  "{\"gender@0\":\"" + gender + "\"}",
                  persons,
                  change,
                  MemoryTable.open(workspace).version() + 1,
                  Date.valueOf(workspace.date())));
        });
  }

  private List<Row> remembered(Workspace workspace, long release) {
    Date date = Date.valueOf(workspace.date());
    String shape = "gender@0";
    String women = "{\"gender@0\":\"f\"}";
    return switch (this) {
      case FORGETS_WHO_CAME, LEAVES_A_ROW_OUT -> List.of();
      case FOLLOWS_TONIGHT -> rows(shape, "a", women, List.of(10), release, date);
      case INVENTS_A_GROUP -> rows(shape, "a", women, List.of(500, 501, 502), release, date);
      case MAKES_UP_HISTORY -> {
        List<Row> rows =
            new ArrayList<>(rows(shape, "a", women, List.of(500, 501, 502), release - 1, date));
        rows.addAll(rows(shape, "a", women, List.of(10), release, date));
        yield rows;
      }
      case PUBLISHES_A_SEGMENT_ONE_APART -> ofB(shape, release, date);
      case PUBLISHES_A_UNION_BESIDE_ITS_PARTS -> {
        List<Row> rows = ofB(shape, release, date);
        List<Integer> all = IntStream.range(200, 208).boxed().toList();
        rows.addAll(rows(shape, "c", "{\"gender@0\":\"x\"}", all, release, date));
        yield rows;
      }
      case PUBLISHES_CHANGES_ONE_APART -> {
        String others = "{\"gender@0\":\"y\"}";
        List<Row> rows =
            new ArrayList<>(rows(shape, "d", others, List.of(305, 306, 307, 308), release, date));
        rows.addAll(rows(shape, "e", others, List.of(305, 306, 307), release, date));
        yield rows;
      }
      case PUBLISHES_OTHER_LABELS_ONE_APART -> {
        List<Row> rows =
            new ArrayList<>(
                rows(
                    "age@0,gender@0",
                    "a",
                    "{\"age@0\":\"20\",\"gender@0\":\"f\"}",
                    IntStream.range(0, 11).boxed().toList(),
                    release,
                    date));
        rows.addAll(
            rows(
                "age@0,gender@0",
                "a",
                "{\"age@0\":\"20\",\"gender@0\":\"x\"}",
                IntStream.range(200, 205).boxed().toList(),
                release,
                date));
        rows.addAll(
            rows(
                "age@0,gender@0",
                "a",
                "{\"age@0\":\"20\",\"gender@0\":\"m\"}",
                IntStream.range(101, 105).boxed().toList(),
                release,
                date));
        yield rows;
      }
    };
  }

  private static List<Row> ofB(String shape, long release, Date date) {
    List<Integer> men = IntStream.range(100, 105).boxed().toList();
    List<Integer> others = IntStream.range(204, 208).boxed().toList();
    List<Row> rows = new ArrayList<>(rows(shape, "b", "{\"gender@0\":\"m\"}", men, release, date));
    rows.addAll(rows(shape, "b", "{\"gender@0\":\"x\"}", others, release, date));
    return rows;
  }

  /** What the memory has of persons who came to a cell with a release. */
  public static List<Row> rows(
      String shape, String segment, String cell, List<Integer> persons, long release, Date date) {
    return rows(shape, segment, cell, persons, 1, release, date);
  }

  private static List<Row> rows(
      String shape,
      String segment,
      String cell,
      List<Integer> persons,
      int change,
      long release,
      Date date) {
    return persons.stream()
        .map(
            person ->
                RowFactory.create(
                    shape,
                    segment,
                    cell,
                    ReleaseMemory.PERSONS,
                    CellFixture.key(person),
                    new BigDecimal("0.000000"),
                    change,
                    release,
                    date))
        .toList();
  }
}
