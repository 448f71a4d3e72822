package com.segumento.privacy.gate;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Profiles;
import com.segumento.model.ReleaseMemory;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.MemoryTable;
import com.segumento.privacy.Tampering;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sets of persons are compared by keys, however many there are. */
@ExtendWith(SparkExtension.class)
class StandingPlanTest {
  @TempDir Path directory;

  @Test
  void joinsByKey(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory).insight().write();
    Workspace workspace = fixture.workspace(1, CellFixture.INSIGHT.replace("parquet", "csv"));
    MemoryTable.open(workspace);
    Export export = workspace.client().exports().get(0);
    SourceVersions sources = new SourceVersions(1, 1, OptionalLong.of(1));
    String file = fixture.lake().layout().root() + "/staging/acme/x/insight/part-00000-x.csv";
    fixture
        .lake()
        .objects()
        .write(file, "segment_id,age,gender,place,customers,spend\na,*,*,*,9,\n");
    Claim claim = CellGate.claim(workspace, export, sources);
    Recount recount = new Recount(workspace, export, sources, claim);
    Dataset<Row> staged = new StagedRows(spark, file, export.format(), claim).read().orElseThrow();
    Dataset<Row> profiles = CellGate.read(workspace, Profiles.NAME, sources.profiles());
    MemoryVersions versions = new MemoryVersions(0, 0);
    StandingMemory memory = StandingMemory.of(new Shape(workspace, export, claim), versions);
    Standing standing = new Standing(memory.shape(), versions, memory.rows());
    refusesTooManyGroups(standing);
    countsErasedPersonsOnce(standing);
    StandingChanges changes = new StandingChanges(standing);
    Dataset<Row> changed = changes.changedNow(staged);
    StandingJudge judge = new StandingJudge(standing, null, recount);
    Map.ofEntries(
            entry("figures", new StandingFigures(standing).of(staged, profiles)),
            entry(
                "rows that are gone",
                new StandingFigures(standing)
                    .missing(staged, profiles)
                    .unionByName(new EmptyCells(standing).sumsOfNoRow())),
            entry("strangers", standing.strangers(recount, CellGate.members(recount, profiles))),
            entry("creeping", changes.creeping(staged)),
            entry("sums of cells", judge.sumsOfCells()),
            entry("other segments", changes.besideOthers()),
            entry("other labels", changes.acrossLabels(changed, false)),
            entry("other nights", judge.totalsOfOtherNights()),
            entry("growth", judge.growthOfTotals(judge.partsOfTotals())),
            entry("unions", new PublishedUnions(3).telling(standing.alikeNow(), changed)),
            entry("totals", new PublishedTotals(standing).systems()))
        .forEach(
            (name, rows) ->
                assertThat(rows.queryExecution().executedPlan().toString())
                    .as(name)
                    .containsPattern("(SortMerge|BroadcastHash|ShuffledHash)Join")
                    .doesNotContain("BroadcastNestedLoopJoin")
                    .doesNotContain("CartesianProduct"));
  }

  /** A system nobody can look at whole is not let through for that. */
  private static void refusesTooManyGroups(Standing standing) {
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 2; person++) {
      rows.add(row("", 0, CellFixture.key(person)));
      rows.add(row("gender@0", person, CellFixture.key(person)));
    }
    Violation tooMany =
        Violation.valueOf(Tampering.HAS_TOO_MANY_GROUPS.code().toUpperCase(Locale.ROOT));
    assertThat(totals(standing, rows, 1)).containsExactly(tooMany);
    assertThat(totals(standing, rows, 2)).containsExactly(Violation.TOTALS);
  }

  /** Somebody who was erased has another name in each cell, and is one person all the same. */
  private static void countsErasedPersonsOnce(Standing standing) {
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 5; person++) {
      rows.add(row("", 0, CellFixture.key(person)));
      rows.add(row("gender@0", 0, CellFixture.key(person)));
    }
    rows.add(row("", 0, "erased in total".getBytes(StandardCharsets.UTF_8)));
    assertThat(totals(standing, rows, 9)).containsExactly(Violation.TOTALS);
    rows.add(row("gender@0", 0, "erased in a part".getBytes(StandardCharsets.UTF_8)));
    assertThat(totals(standing, rows, 9)).isEmpty();
  }

  private static Set<Violation> totals(Standing standing, List<Row> memory, int limit) {
    Dataset<Row> rows = standing.workspace().spark().createDataFrame(memory, ReleaseMemory.SCHEMA);
    return new PublishedTotals(
            new Standing(standing.shape(), new MemoryVersions(0, 1), rows), limit)
        .violations();
  }

  private static Row row(String shape, int cell, byte[] person) {
    return RowFactory.create(
        shape,
        "a",
        "{\"" + shape + "\":\"" + cell + "\"}",
        ReleaseMemory.PERSONS,
        person,
        new BigDecimal("0.000000"),
        1,
        1L,
        Date.valueOf(CellFixture.DATE));
  }
}
