package com.segumento.export;

import static com.segumento.privacy.CellFixture.CLIENT;
import static com.segumento.privacy.CellFixture.DATE;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.Profiles;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four persons with a zero, two of them with a negative one, and three with another number. */
@ExtendWith(SparkExtension.class)
class NegativeZeroTest {
  private static final String PANEL =
      "{name: zero, kind: records, attributes: {gender: quasi, balance: quasi}, privacy: {k: 3},"
          + " format: csv}";
  private static final String CELLS =
      "{name: zero, kind: cells, segments: [a], dimensions: [age], levels: {age: 0},"
          + " measures: [{name: customers}], privacy: {k: 3}, format: csv}";

  @TempDir static Path directory;
  private static CellFixture fixture;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = new CellFixture(spark, directory);
    for (int i = 0; i < 7; i++) {
      fixture.person(i < 4 ? 0 : 30, "f", "low", "Pune", i, "a");
    }
    fixture.write();
    alter(
        "traits",
        "balance",
        "case when spend_90d >= 4 then 1.5D when spend_90d >= 2 then -0.0D else 0.0D end");
    alter(
        Profiles.NAME,
        "age",
        "case when age > 0 then 30.0D when hex(person_key) like '00000000%' then 0.0D"
            + " else -0.0D end");
  }

  private static void alter(String table, String column, String value) {
    DeltaTables tables = fixture.lake().tables();
    String path = fixture.lake().layout().table(CLIENT, table);
    tables.overwriteSchema(
        path,
        tables.read(path).withColumn(column, expr(value)),
        Commit.of(Map.of("stage", "segment", "date", DATE.toString(), "run", DATE + "-1")));
  }

  @Test
  void isTheZeroOfAQuasiIdentifier() throws IOException {
    assertThat(lines(1, PANEL))
        .containsExactly(
            "gender,balance", "f,0.0", "f,0.0", "f,0.0", "f,0.0", "f,1.5", "f,1.5", "f,1.5");
  }

  @Test
  void isTheZeroOfAnInsensitiveAttribute() throws IOException {
    assertThat(lines(2, PANEL.replace("balance: quasi", "balance: insensitive")))
        .containsExactly(
            "gender,balance", "f,0.0", "f,0.0", "f,0.0", "f,0.0", "f,1.5", "f,1.5", "f,1.5");
  }

  @ParameterizedTest(name = "{0} different values")
  @ValueSource(ints = {2, 3})
  void isTheZeroOfASensitiveAttribute(int distinct) throws IOException {
    String diverse =
        PANEL
            .replace("balance: quasi", "balance: sensitive")
            .replace("k: 3", "k: 3, l: {attribute: balance, distinct: " + distinct + "}");
    if (distinct == 2) {
      assertThat(lines(3, diverse)).hasSize(8);
    } else {
      assertThatThrownBy(() -> lines(4, diverse)).isInstanceOf(PrivacyRefused.class);
    }
  }

  @Test
  void isTheZeroOfADimension() throws IOException {
    assertThat(lines(5, CELLS)).containsExactly("segment_id,age,customers", "a,0.0,4", "a,30.0,3");
  }

  private static List<String> lines(int run, String export) throws IOException {
    String release = new ExportStage().run(fixture.workspace(run, export)).outputs().get("zero");
    return Files.readAllLines(Path.of(URI.create(release)).resolve("part-00000.csv"));
  }
}
