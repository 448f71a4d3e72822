package com.segumento.pipeline;

import static com.segumento.pipeline.AcmeQuestions.last;
import static com.segumento.pipeline.AcmeQuestions.told;
import static com.segumento.testkit.AcmeLake.DATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.config.Segments;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.NoiseDraws;
import com.segumento.model.Questions;
import com.segumento.model.ReleaseMemory;
import com.segumento.ops.Progress;
import com.segumento.pipeline.Answer.Part;
import com.segumento.privacy.engine.DimensionLabels;
import com.segumento.privacy.questions.Margins;
import com.segumento.privacy.questions.Told;
import com.segumento.segment.SegmentStage;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.Eavesdropper;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is told of 400 persons; figures are multiples of 50. */
@ExtendWith(SparkExtension.class)
class AnsweringTest {
  @TempDir Path folder;
  private AcmeQuestions asking;

  @BeforeEach
  void write(SparkSession spark) {
    asking = AcmeQuestions.write(spark, folder);
  }

  @Test
  void tellsTheFunnelOfAConditionInMultiplesOfK() {
    String several = "age >= 35 and spend_90d is null\n and (age < 50 or age > 58)";
    assertThat(told(asking.ask(several, "age < 25")))
        .containsExactly(
            "everybody: about 400",
            "age >= 35: about 250",
            "spend_90d is null: about 250", // the same persons
            "age < 50 or age > 58: about 150",
            "everybody: about 400",
            "age < 25: about 50");
    assertThat(told(asking.ask("age < 24", "age > 57")))
        .containsExactly(
            "everybody: about 400",
            "age < 24: about 50", // 40, near those 50
            "everybody: about 400",
            "age > 57: fewer than 150"); // 20, near nobody
  }

  @Test
  void theSameConditionsAreToldOfAlikeWhateverFollows() {
    Answering drawing =
        new Answering(
            asking.parts(), asking.engine(), Progress.SILENT, Margins.of(new Random(1)), 1000);
    List<String> first =
        told(
            drawing.answer(
                asking.question(
                    DATE, false, "one", "age >= 25 and age < 50 and pincode > '600111'")));
    List<String> second =
        told(
            drawing.answer(
                asking.question(
                    DATE, false, "two", "( AGE >= 25 ) and age < 50 and gender = 'f'")));
    List<String> third = told(drawing.answer(asking.question(DATE, false, "three", "age >= 25")));
    assertThat(figures(second).subList(0, 3)).isEqualTo(figures(first).subList(0, 3));
    assertThat(figures(third)).isEqualTo(figures(first).subList(0, 2));
  }

  private static List<String> figures(List<String> steps) {
    return steps.stream().map(step -> step.substring(step.lastIndexOf(':'))).toList();
  }

  @Test
  void aSegmentAndTheSameWithoutOnePersonAreToldOfAlike(SparkSession spark) {
    String all = "spend_90d >= 5000 and age < 35";
    String without = all + " and pincode <> '600000'";
    String fewer = "case when pincode = '600000' then false else age < 45 end";
    Answer first = asking.ask(all, fewer);
    assertThat(told(first)).contains("spend_90d >= 5000: about 150", "age < 35: about 150");
    assertThat(last(first, 1)).isEqualTo("about 200"); // 249 persons
    Answer second = asking.ask(without, "age < 45");
    assertThat(last(second)).isEqualTo("about 150"); // 149 persons
    assertThat(last(second, 1)).isEqualTo("about 200"); // 250 persons
    Question preview = asking.question(DATE, true, "pre", "age < 45");
    assertThat(last(asking.answering(1000).answer(preview))).isEqualTo("about 200");
    assertThat(AuditLedger.open(spark, asking.lake()).verify().entries()).isEqualTo(3);
  }

  @Test
  void aSegmentOfTheNightAndTheSameWithoutOnePersonAreToldOfAlike() {
    Workspace night = asking.engine().workspace(asking.client(), DATE, DATE + "-1");
    new SegmentStage().run(night); // its report states that high_value has 150 persons
    String without = "case when pincode = '600000' then false else spend_90d >= 5000 end";
    assertThat(last(asking.ask(without))).isEqualTo("about 150"); // 149 persons
  }

  @Test
  void anAnswerCannotBeSubtractedFromWhatWasPublished() {
    String but = "case when pincode in (%s) then false else %s end";
    assertThat(last(asking.ask(but.formatted("'600149'", "spend_90d >= 5000"))))
        .as("149 persons, while nothing is published")
        .isEqualTo("about 100");
    Workspace night = asking.engine().workspace(asking.client(), DATE, DATE + "-1");
    asking.publish(night, "earlier", IntStream.range(1, 152)); // 151 persons, as tables were
    asking.publish(night, "in two cells", IntStream.range(210, 285));
    asking.publish(night, "in two cells", IntStream.range(285, 360));
    assertThat(last(asking.ask(but.formatted("'600002', '600003'", "age < 35"))))
        .as("148 persons, near those and near 149 that were told of as 100")
        .isEqualTo("not told");
    String two = but.formatted("'600250'", "age between 41 and 55");
    assertThat(last(asking.ask(two)))
        .as("149 persons of two published cells, which are 150 together")
        .isEqualTo("about 150");
    Question half = asking.question(DATE, true, "pre", two);
    assertThat(asking.answering(200).answer(half).oneIn()).isEqualTo(2);
  }

  /** An answer that went by its true set would tell that set. */
  @Test
  void aCellThatIsPublishedWithNoiseIsNotKnown() {
    Workspace night = asking.engine().workspace(asking.client(), DATE, DATE + "-1");
    asking.publish(night, "noisy", IntStream.range(0, 150)); // as large as it may be
    List<Object> draw = new ArrayList<>(Collections.nCopies(NoiseDraws.SCHEMA.size(), null));
    List.of("noisy", "cell 1", ReleaseMemory.PERSONS, "LAPLACE", 1L, "of the set", "LAPLACE")
        .forEach(value -> draw.set(draw.indexOf(null), value));
    List.of(BigDecimal.ONE, 1L, "reach", DATE + "-1", Date.valueOf(DATE), 1L)
        .forEach(value -> draw.set(draw.indexOf(null), value));
    String ledger = asking.lake().layout().privacyBudget(AcmeLake.ID);
    asking.lake().tables().declare(ledger, NoiseDraws.SCHEMA, List.of());
    night
        .spark()
        .createDataFrame(List.of(RowFactory.create(draw.toArray())), NoiseDraws.SCHEMA)
        .write()
        .format("delta")
        .mode("append")
        .save(ledger);
    assertThat(
            last(asking.ask("case when pincode = '600007' then false else spend_90d >= 5000 end")))
        .as("149 persons; about 150 where the cell's number is known")
        .isEqualTo("about 100");
  }

  @Test
  void previewsOfASampleSayHowFarOffTheyAreAndAreGuardedAsWell() {
    Question asked = asking.question(DATE, true, "pre", "age >= 20");
    Answer answer = asking.answering(200).answer(asked);
    assertThat(answer.oneIn()).isEqualTo(2);
    assertThat(last(answer)).isIn("about 300", "about 400");
    Question without = asking.question(DATE, true, "pre", "age >= 20 and pincode <> '600001'");
    assertThat(last(asking.answering(200).answer(without))).isEqualTo(last(answer));
  }

  @Test
  void partsOfASegmentAreToldOfAsAllElse() {
    new SegmentStage().run(asking.engine().workspace(asking.client(), DATE, DATE + "-1"));
    Part part = parted("age < 40", "place").parts().get(0);
    assertThat(told(part.byLabel())).containsExactly("Goa: about 100", "Kerala: about 100");
    assertThat(told(part.shared()))
        .containsExactly(
            "frequent: fewer than 150",
            "high_value: about 150",
            "lapsed: fewer than 150",
            "metro_high_value: fewer than 150",
            "winback: fewer than 150",
            "young_urban: fewer than 150");
    assertThat(last(asking.ask("age < 40 and place.state = 'Goa' and pincode <> '600001'")))
        .isEqualTo("about 100"); // 99 persons
    assertThat(told(parted("age < 22", "gender").parts().get(0).byLabel())).isEmpty(); // 7 and 13
    assertThatThrownBy(() -> parted("age < 40", "pincode"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "There are more than 200 values of pincode. Ask at a coarser level, as in --by"
                + " pincode=1.");
  }

  /** Else which segments are named, and what is left of the budget, would tell of one person. */
  @Test
  void whatIsNamedAndWhatItCostsDoNotDependOnWhoIsIn() {
    new SegmentStage().run(asking.engine().workspace(asking.client(), DATE, DATE + "-1"));
    String one = "pincode = '600%d'";
    Answer buyer = parted(one.formatted(149), "gender");
    Answer other = parted(one.formatted(150), "gender");
    Answer nobody = parted(one.formatted(999), "gender");
    Answer two = parted("pincode in ('600001', '600005')", "gender");
    assertThat(told(buyer.parts().get(0).shared()))
        .contains("high_value: fewer than 150")
        .isEqualTo(told(other.parts().get(0).shared()))
        .isEqualTo(told(nobody.parts().get(0).shared()))
        .isEqualTo(told(two.parts().get(0).shared()));
    assertThat(List.of(buyer, other, nobody, two))
        .extracting(answer -> answer.cost().figures())
        .as("everybody once, then each question for itself, 4 for labels and 6 segments")
        .containsExactly(12L, 11L, 11L, 11L);
    assertThat(two.cost().left()).isEqualTo(500 - 45);
    assertThat(parted("pincode in ('600001', '600005')", "gender").cost().figures()).isZero();
  }

  /** A person has a label of each, so that it is told of anew. */
  @Test
  void everyDimensionCounts() {
    String where = "age < 40";
    assertThat(by(where, new DimensionLabels("gender", OptionalInt.empty()))).isEqualTo(2 + 4);
    assertThat(by(where, new DimensionLabels("place", OptionalInt.empty()))).isEqualTo(4);
    assertThat(by(where, new DimensionLabels("place", OptionalInt.of(3)))).isEqualTo(4);
    assertThat(by(where, new DimensionLabels("place", OptionalInt.of(3)))).isZero();
  }

  private long by(String where, DimensionLabels dimension) {
    Question asked = asking.question(DATE, false, "parted", where);
    return asking
        .answering(1000)
        .answer(asked.parted(Optional.of(dimension), false))
        .cost()
        .figures();
  }

  private Answer parted(String where, String by) {
    Question asked = asking.question(DATE, false, "parted", where);
    return asking
        .answering(1000)
        .answer(asked.parted(Optional.of(new DimensionLabels(by, OptionalInt.empty())), true));
  }

  /** Who spends most and least is one's place, and everybody's above and below. */
  @Test
  void whereOnePersonChangesManyNothingIsTold() throws IOException {
    String definitions =
        """
        {"traits": {"nth": {"tile": {"by": "spend_90d", "bins": 100}},
          "third": {"tile": {"by": "spend_90d", "bins": 3}}},
         "segments": [{"id": "even", "where": "age < 58 and nth % 2 = 0"},
          {"id": "upper", "where": "age < 58 and third = 3"},
          {"id": "best", "rank": {"by": "spend_90d", "top": "100"}}]}
        """;
    Segments asked = new ObjectMapper().readValue(definitions, Segments.class);
    Question question = asking.question(DATE, false, asked);
    Answer answer = asking.answering(1000).answer(question);
    assertThat(told(answer))
        .containsSubsequence("age < 58: about 400", "nth % 2 = 0: not told")
        .contains("third = 3: about 50");
    assertThat(answer.parts().get(0).steps().get(2).told()).isEqualTo(Told.OF_OTHERS);
    assertThat(last(answer, 2)).isEqualTo("about 100");
    assertThat(answer.cost().figures()).as("3 of persons alone, 9 and 4").isEqualTo(3 + 9 + 4);
    Answer again = asking.answering(1000).answer(question);
    assertThat(told(again)).isEqualTo(told(answer));
    assertThat(again.cost().figures()).isZero();
  }

  @Test
  void leavesNothingBehindThatNamesAPerson(SparkSession spark) throws Exception {
    asking
        .lake()
        .objects()
        .write(asking.lake().layout().staging(AcmeLake.ID, "question-killed") + "/x", "rows");
    try (Eavesdropper ear = new Eavesdropper(spark)) {
      asking.ask("age >= 35 and pincode <> '600333'");
      String key = new String(Arrays.copyOf(AcmeLake.key(333), 12), StandardCharsets.ISO_8859_1);
      assertThat(StoredText.bytes(folder, path -> path.contains("clients/acme/questions")))
          .contains(Questions.DEFINITION_HASH.name())
          .doesNotContain(key);
      assertThat(ear.heard()).doesNotContain(key);
    }
    assertThat(asking.lake().objects().list(asking.lake().layout().staging(AcmeLake.ID))).isEmpty();
    assertThat(
            asking.lake().objects().names(asking.lake().layout().root() + "/clients/acme/tables"))
        .containsExactly("orders", "profiles");
  }

  @Test
  void explainsWhatASegmentReads() {
    Segments own = asking.configuration().segments(AcmeLake.ID);
    Answer answer =
        asking
            .answering(1000)
            .answer(
                new Question(
                    "explain", asking.client(), own, List.of("high_value"), DATE, false, true));
    assertThat(answer.read().traits().keySet()).containsExactly("spend_90d");
    assertThat(answer.explanation().inputs().keySet()).containsExactly("profiles", "orders");
    assertThat(String.join("\n", answer.explanation().plan()))
        .contains("Scan orders [", "Scan profiles [person_key]", "Scan traits [", "memberships")
        .doesNotContain("5000", "purchase", "NestedLoop", "Cartesian");
    assertThat(told(answer))
        .containsExactly("everybody: about 400", "spend_90d >= 5000: about 150");
  }
}
