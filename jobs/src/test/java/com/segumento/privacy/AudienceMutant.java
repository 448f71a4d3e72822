package com.segumento.privacy;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Audiences;
import com.segumento.model.PriorLists;
import com.segumento.model.PriorLists.PriorList;
import com.segumento.privacy.engine.AudienceEngine;
import com.segumento.privacy.engine.RecordFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** An engine of audiences broken in one way, and the reason code the gate must give for it. */
public enum AudienceMutant {
  PUBLISHES_A_SMALL_LIST("below_k"),
  FORGETS_WHO_OPTED_OUT("opted_out"),
  HASHES_UNDER_ANOTHER_KEY("unexpected_row"),
  INVENTS_A_PERSON("unexpected_row"),
  LISTS_AN_OUTSIDER("outsider"),
  LISTS_ANOTHER_SEGMENT("outsider"),
  REPEATS_ROWS("duplicate_row"),
  LETS_TWO_JOIN("small_change"),
  LETS_ONE_LEAVE("small_change"),
  KEEPS_WHO_LEFT("stale"),
  FORGETS_THE_LIST_BEFORE("predecessor"),
  FORGETS_ONE_LIST_BEFORE("predecessor"),
  TELLS_OF_FEW("diff"),
  TELLS_WHAT_IS_NOT("diff"),
  LEAVES_A_TOKEN_OUT("unreadable"),
  ADDS_AN_ATTRIBUTE("columns"),
  KEEPS_ANOTHER_ORDER("row_order"),
  SORTS_INTO_FILES("file_membership"),
  LEAVES_A_NOTE("files");

  private final String code;

  AudienceMutant(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** What it goes on from, and says so: of {@code prior} what it finds. */
  PriorLists finds(PriorLists prior) {
    Map<String, PriorList> found = new HashMap<>(prior.bySegment());
    if (this == FORGETS_THE_LIST_BEFORE) {
      found.clear();
    } else if (this == FORGETS_ONE_LIST_BEFORE) {
      found.remove("drip");
    }
    return new PriorLists(found);
  }

  /**
   * Stages the second night of {@link AudienceMutationTest}, broken.
   *
   * @param whole rows of its lists as they should be
   */
  void stage(ReleaseRequest request, List<Row> whole) {
    Workspace workspace = request.workspace();
    String list = request.folder() + "/part";
    if (this == FORGETS_THE_LIST_BEFORE || this == FORGETS_ONE_LIST_BEFORE) {
      new AudienceEngine().stage(request);
      return;
    }
    if (this == FORGETS_WHO_OPTED_OUT || this == HASHES_UNDER_ANOTHER_KEY) {
      new AudienceEngine().stage(misled(request));
      return;
    }
    List<Row> rows = new ArrayList<>(whole);
    change(rows);
    Dataset<Row> changed = workspace.spark().createDataFrame(rows, Audiences.SCHEMA.asNullable());
    if (this == ADDS_AN_ATTRIBUTE) {
      changed = changed.withColumn("gender", lit("f"));
    }
    if (this == KEEPS_ANOTHER_ORDER) {
      changed
          .coalesce(1)
          .sortWithinPartitions(col("token").desc())
          .write()
          .option("header", true)
          .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
          .csv(list);
    } else {
      RecordFiles.write(changed, this == SORTS_INTO_FILES ? 3 : 1, list, request.export().format());
    }
    diff(request);
    if (this == LEAVES_A_NOTE) {
      workspace.lake().objects().write(request.folder() + "/note.csv", "segment_id,token\n");
    }
  }

  /** What the engine is asked for instead. */
  private ReleaseRequest misled(ReleaseRequest request) {
    return switch (this) {
      case HASHES_UNDER_ANOTHER_KEY ->
          request.with(request.export().to(new Export.Destination("dsp1", "acme.dsp2.key")));
      default -> AudienceMutationTest.withoutOptOut(request);
    };
  }

  private void change(List<Row> rows) {
    switch (this) {
      case PUBLISHES_A_SMALL_LIST -> add(rows, "small", 0, 1);
      case INVENTS_A_PERSON -> rows.add(RowFactory.create("drip", "f".repeat(64)));
      case LISTS_AN_OUTSIDER -> add(rows, "leave", 30, 31, 32);
      case LISTS_ANOTHER_SEGMENT -> add(rows, "other", 0, 1, 2);
      case REPEATS_ROWS -> rows.addAll(List.copyOf(rows));
      case LETS_TWO_JOIN -> add(rows, "drip", 6, 7);
      case LETS_ONE_LEAVE -> remove(rows, "drip", 0);
      case KEEPS_WHO_LEFT -> add(rows, "leave", 0, 1, 2);
      case LEAVES_A_TOKEN_OUT -> rows.add(RowFactory.create("drip", null));
      default -> {
        // broken elsewhere
      }
    }
  }

  private void diff(ReleaseRequest request) {
    List<Row> rows = new ArrayList<>();
    if (this == TELLS_OF_FEW) {
      add(rows, "out", 20);
    } else if (this == TELLS_WHAT_IS_NOT) {
      add(rows, "leave", 0, 1, 5);
    } else {
      return;
    }
    String left = request.folder() + "/left";
    RecordFiles.write(
        request.workspace().spark().createDataFrame(rows, Audiences.SCHEMA),
        1,
        left,
        request.export().format());
  }

  private static void add(List<Row> rows, String segment, int... persons) {
    for (int person : persons) {
      rows.add(RowFactory.create(segment, AudienceFixture.rehashed(person, AudienceFixture.DSP1)));
    }
  }

  private static void remove(List<Row> rows, String segment, int person) {
    String token = AudienceFixture.rehashed(person, AudienceFixture.DSP1);
    Predicate<Row> same = row -> row.getString(0).equals(segment) && row.getString(1).equals(token);
    if (!rows.removeIf(same)) {
      throw new IllegalStateException("nobody to be removed");
    }
  }
}
