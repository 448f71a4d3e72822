package com.segumento.privacy;

import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.Commit;
import com.segumento.lake.Sample;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.Questions;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.questions.PersonSet;
import com.segumento.privacy.questions.PersonSets;
import com.segumento.privacy.questions.QuestionTable;
import com.segumento.privacy.questions.TellingGuard.Remembered;
import com.segumento.privacy.questions.Told;
import com.segumento.privacy.questions.ToldOtherwise;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ten women, persons 0 to 9, and six men of a segment, published after questions about them. */
@ExtendWith(SparkExtension.class)
class AnsweredBeforeTest {
  private static final int K = 5;
  private static final String EXPORT =
      "{name: nights, kind: cells, segments: [a], dimensions: [gender], levels: {gender: 0},"
          + " measures: [{name: customers}], privacy: {k: 3}, format: csv}";

  /** Told of a set as of another one near it: of ten persons by themselves it would not be. */
  private static final Told LIKE_OTHERS = new Told(Told.Kind.ABOUT, 15);

  private static final SourceVersions SOURCES = new SourceVersions(1, 1, OptionalLong.of(1));

  @TempDir Path directory;
  private Workspace workspace;
  private QuestionTable questions;

  @BeforeEach
  void write(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    for (int person = 0; person < 16; person++) {
      fixture.person(30, person < 10 ? "f" : "m", "low", "Pune", 10, "a");
    }
    workspace = fixture.write().workspace(1, EXPORT);
    questions = QuestionTable.open(spark, fixture.lake(), CellFixture.CLIENT);
  }

  @Test
  void aCellIsHeldBackWhereItsNumberWouldTellThatSomebodyWasLeftOutOfAQuestion() {
    tell(LIKE_OTHERS, IntStream.range(1, 10)); // the women without one of them
    Dataset<Row> women = rows(IntStream.range(0, 10)).withColumn("cell", lit("women"));
    assertThat(new ToldOtherwise(questions, K).of(women))
        .extracting(row -> row.getString(1))
        .containsExactly("women");
    assertThat(new ToldOtherwise(questions, K).ofNearSizes(women).queryExecution().toString())
        .doesNotContain("NestedLoop", "Cartesian");
    assertThat(release(new Anonymizer()).rows()).as("the men").isEqualTo(1);
  }

  @Test
  void aCellIsPublishedThatMayBeTheSetThatWasToldOf() {
    tell(new Told(Told.Kind.ABOUT, 10), IntStream.range(0, 11)); // with one of the men
    tell(new Told(Told.Kind.ABOUT, 5), IntStream.range(1, 10)); // without one, by chance that low
    tell(new Told(Told.Kind.ABOUT, 5), IntStream.range(10, 15)); // the men without one of them
    tell(Told.Kind.WITHHELD, IntStream.range(1, 10));
    tell(new Told(Told.Kind.ABOUT, 5), IntStream.range(2, 9).map(i -> i + 100)); // others
    assertThat(release(new Anonymizer()).rows()).isEqualTo(2);
  }

  @Test
  void besideAnExactNumberOnlyTheSameSetIsPublished() {
    tell(new Told(Told.Kind.EXACT, 10), IntStream.range(1, 11)); // as many, another one
    tell(new Told(Told.Kind.EXACT, 6), IntStream.range(10, 16)); // the men
    assertThat(release(new Anonymizer()).rows()).as("the men").isEqualTo(1);
  }

  @Test
  void anAnswerThatWasGivenMeanwhileStopsARelease() {
    Anonymizer slow =
        new Anonymizer(
            request -> {
              LevelChoice choice = new CellEngine().stage(request);
              tell(LIKE_OTHERS, IntStream.range(1, 10));
              return choice;
            });
    assertThatThrownBy(() -> release(slow))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageContaining(
            ": " + Tampering.IS_TOLD_OTHERWISE_BEFORE.code() + ". Nothing of it was published.");
  }

  @Test
  void whatIsRememberedKnowsNoErasedPersonAndStillHoldsBack(SparkSession spark) {
    tell(LIKE_OTHERS, IntStream.range(1, 10));
    String before = remembered();
    Dataset<Row> erased = rows(IntStream.of(3, 12)); // 12 is in no set
    assertThat(questions.forget(erased, Commit.of(Map.of()))).isTrue();
    assertThat(questions.forget(erased, Commit.of(Map.of()))).as("done again").isFalse();
    assertThat(remembered()).hasSameSizeAs(before).isNotEqualTo(before);
    assertThat(questions.forget(rows(IntStream.range(0, 16)), Commit.of(Map.of()))).isTrue();
    assertThat(remembered().replace("8000000000000000", "").replace("0", "")).isEmpty();
    assertThat(release(new Anonymizer()).rows()).as("by numbers alone").isEqualTo(1);
  }

  private String remembered() {
    return workspace
        .lake()
        .tables()
        .read(workspace.lake().layout().questions(CellFixture.CLIENT))
        .select(hex(Questions.PARTS.col()))
        .first()
        .getString(0);
  }

  private Released release(Anonymizer anonymizer) {
    String folder = workspace.lake().layout().staging(CellFixture.CLIENT, workspace.run());
    workspace.lake().objects().delete(folder);
    return anonymizer.release(
        new ReleaseRequest(
            workspace, CellFixture.export(EXPORT), SOURCES, folder + "/nights", Map.of()));
  }

  private void tell(Told.Kind kind, IntStream persons) {
    tell(new Told(kind, 0), persons);
  }

  private void tell(Told told, IntStream persons) {
    PersonSet set = PersonSets.of(rows(persons), K).get("asked");
    questions.remember(
        told.toString(), CellFixture.DATE, Sample.ALL, List.of(new Remembered(set, told, "hash")));
  }

  private Dataset<Row> rows(IntStream persons) {
    List<Row> rows = new ArrayList<>();
    persons.forEach(person -> rows.add(RowFactory.create("asked", CellFixture.key(person))));
    return workspace
        .spark()
        .createDataFrame(rows, Field.schema(Memberships.SEGMENT_ID, Persons.PERSON_KEY));
  }
}
