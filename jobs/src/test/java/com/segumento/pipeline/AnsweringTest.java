package com.segumento.pipeline;

import static com.segumento.testkit.AcmeLake.DATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Configuration;
import com.segumento.config.Platform;
import com.segumento.config.Segments;
import com.segumento.config.Segments.Segment;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.Lake;
import com.segumento.lake.Lease;
import com.segumento.lake.Leases;
import com.segumento.lake.RunLedger;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.model.Audit;
import com.segumento.model.ConfigException;
import com.segumento.model.LeaseHeldException;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.Questions;
import com.segumento.model.ReleaseMemory;
import com.segumento.ops.Progress;
import com.segumento.pipeline.Answer.Part;
import com.segumento.privacy.MemoryTable;
import com.segumento.privacy.engine.DimensionLabels;
import com.segumento.privacy.questions.Margins;
import com.segumento.privacy.questions.QuestionTable;
import com.segumento.segment.SegmentStage;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.Eavesdropper;
import com.segumento.testkit.RunRecords;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredText;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Questions about 400 persons; figures are multiples of 50. */
@ExtendWith(SparkExtension.class)
class AnsweringTest {
  @TempDir Path folder;
  private Lake lake;
  private Configuration configuration;
  private Parts parts;

  @BeforeEach
  void write(SparkSession spark) {
    String root = folder.toUri().toString();
    lake = AcmeLake.write(spark, root);
    configuration = AcmeLake.configuration(root);
    parts =
        new Parts(
            spark, lake, new Secrets(new org.apache.hadoop.conf.Configuration()), configuration);
  }

  @Test
  void tellsTheFunnelOfAConditionInMultiplesOfK() {
    String several = "age >= 35 and spend_90d is null\n and (age < 50 or age > 58)";
    assertThat(told(ask(several, "age < 25")))
        .containsExactly(
            "everybody: about 400",
            "age >= 35: about 250",
            "spend_90d is null: about 250", // the same persons
            "age < 50 or age > 58: about 150",
            "everybody: about 400",
            "age < 25: about 50");
    assertThat(told(ask("age < 24", "age > 57")))
        .containsExactly(
            "everybody: about 400",
            "age < 24: about 50", // 40, near those 50
            "everybody: about 400",
            "age > 57: fewer than 150"); // 20, near nobody
  }

  @Test
  void theSameConditionsAreToldOfAlikeWhateverFollows() {
    Answering drawing =
        new Answering(parts, engine(), Progress.SILENT, Margins.of(new Random(1)), 1000);
    List<String> first =
        told(
            drawing.answer(
                question(DATE, false, "one", "age >= 25 and age < 50 and pincode > '600111'")));
    List<String> second =
        told(
            drawing.answer(
                question(DATE, false, "two", "( AGE >= 25 ) and age < 50 and gender = 'f'")));
    List<String> third = told(drawing.answer(question(DATE, false, "three", "age >= 25")));
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
    Answer first = ask(all, fewer);
    assertThat(told(first)).contains("spend_90d >= 5000: about 150", "age < 35: about 150");
    assertThat(last(first, 1)).isEqualTo("about 200"); // 249 persons
    Answer second = ask(without, "age < 45");
    assertThat(last(second)).isEqualTo("about 150"); // 149 persons
    assertThat(last(second, 1)).isEqualTo("about 200"); // 250 persons
    Question preview = question(DATE, true, "pre", "age < 45");
    assertThat(last(answering(1000).answer(preview))).isEqualTo("about 200");
    assertThat(AuditLedger.open(spark, lake).verify().entries()).isEqualTo(3);
  }

  @Test
  void aSegmentOfTheNightAndTheSameWithoutOnePersonAreToldOfAlike() {
    Workspace night = engine().workspace(client(), DATE, DATE + "-1");
    new SegmentStage().run(night); // its report states that high_value has 150 persons
    String without = "case when pincode = '600000' then false else spend_90d >= 5000 end";
    assertThat(last(ask(without))).isEqualTo("about 150"); // 149 persons
  }

  @Test
  void anAnswerCannotBeSubtractedFromWhatWasPublished() {
    String but = "case when pincode in (%s) then false else %s end";
    assertThat(last(ask(but.formatted("'600149'", "spend_90d >= 5000"))))
        .as("149 persons, while nothing is published")
        .isEqualTo("about 100");
    Workspace night = engine().workspace(client(), DATE, DATE + "-1");
    publish(night, "earlier", IntStream.range(1, 152)); // 151 persons, as tables were
    publish(night, "in two cells", IntStream.range(210, 285));
    publish(night, "in two cells", IntStream.range(285, 360));
    assertThat(last(ask(but.formatted("'600002', '600003'", "age < 35"))))
        .as("148 persons, near those and near 149 that were told of as 100")
        .isEqualTo("not told");
    String two = but.formatted("'600250'", "age between 41 and 55");
    assertThat(last(ask(two)))
        .as("149 persons of two published cells, which are 150 together")
        .isEqualTo("about 150");
    Question half = question(DATE, true, "pre", two);
    assertThat(answering(200).answer(half).oneIn()).isEqualTo(2);
  }

  private void publish(Workspace night, String cells, IntStream persons) {
    MemoryTable memory = MemoryTable.open(night);
    long release = memory.version() + 1;
    List<Row> rows =
        persons
            .mapToObj(
                person ->
                    RowFactory.create(
                        "age@0",
                        cells,
                        "cell " + release,
                        ReleaseMemory.PERSONS,
                        AcmeLake.key(person),
                        BigDecimal.ZERO,
                        1,
                        release,
                        Date.valueOf(DATE.minusDays(1))))
            .toList();
    memory.remember(night.spark().createDataFrame(rows, ReleaseMemory.SCHEMA), "nights");
  }

  @Test
  void previewsOfASampleSayHowFarOffTheyAreAndAreGuardedAsWell() {
    Question asked = question(DATE, true, "pre", "age >= 20");
    Answer answer = answering(200).answer(asked);
    assertThat(answer.oneIn()).isEqualTo(2);
    assertThat(last(answer)).isIn("about 300", "about 400");
    Question without = question(DATE, true, "pre", "age >= 20 and pincode <> '600001'");
    assertThat(last(answering(200).answer(without))).isEqualTo(last(answer));
  }

  @Test
  void partsOfASegmentAreToldOfAsAllElse() {
    new SegmentStage().run(engine().workspace(client(), DATE, DATE + "-1"));
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
    assertThat(last(ask("age < 40 and place.state = 'Goa' and pincode <> '600001'")))
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
    new SegmentStage().run(engine().workspace(client(), DATE, DATE + "-1"));
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
    Question asked = question(DATE, false, "parted", where);
    return answering(1000).answer(asked.parted(Optional.of(dimension), false)).cost().figures();
  }

  private Answer parted(String where, String by) {
    Question asked = question(DATE, false, "parted", where);
    return answering(1000)
        .answer(asked.parted(Optional.of(new DimensionLabels(by, OptionalInt.empty())), true));
  }

  @Test
  void leavesNothingBehindThatNamesAPerson(SparkSession spark) throws Exception {
    lake.objects().write(lake.layout().staging(AcmeLake.ID, "question-killed") + "/x", "rows");
    try (Eavesdropper ear = new Eavesdropper(spark)) {
      ask("age >= 35 and pincode <> '600333'");
      String key = new String(Arrays.copyOf(AcmeLake.key(333), 12), StandardCharsets.ISO_8859_1);
      assertThat(StoredText.bytes(folder, path -> path.contains("clients/acme/questions")))
          .contains(Questions.DEFINITION_HASH.name())
          .doesNotContain(key);
      assertThat(ear.heard()).doesNotContain(key);
    }
    assertThat(lake.objects().list(lake.layout().staging(AcmeLake.ID))).isEmpty();
    assertThat(lake.objects().names(lake.layout().root() + "/clients/acme/tables"))
        .containsExactly("orders", "profiles");
  }

  @Test
  void explainsWhatASegmentReads() {
    Segments own = configuration.segments(AcmeLake.ID);
    Answer answer =
        answering(1000)
            .answer(
                new Question("explain", client(), own, List.of("high_value"), DATE, false, true));
    assertThat(answer.read().traits().keySet()).containsExactly("spend_90d");
    assertThat(answer.explanation().inputs().keySet()).containsExactly("profiles", "orders");
    assertThat(String.join("\n", answer.explanation().plan()))
        .contains("Scan orders [", "Scan profiles [person_key]", "Scan traits [", "memberships")
        .doesNotContain("5000", "purchase", "NestedLoop", "Cartesian");
    assertThat(told(answer))
        .containsExactly("everybody: about 400", "spend_90d >= 5000: about 150");
  }

  @Test
  void moreThanTheBudgetIsNotTold(SparkSession spark) {
    Platform platform = configuration.platform();
    Platform.PrivacyFloor floor = platform.privacy();
    Platform.PrivacyFloor few =
        new Platform.PrivacyFloor(
            floor.defaultK(),
            floor.kFloor(),
            floor.activationFloor(),
            floor.releaseMemoryDays(),
            new Platform.Answers(4, null, 7));
    configuration =
        new Configuration(
            configuration.directory(),
            new Platform(platform.lake(), platform.regions(), few, 365, List.of()),
            configuration.clients(),
            configuration.segments());
    parts =
        new Parts(
            spark, lake, new Secrets(new org.apache.hadoop.conf.Configuration()), configuration);
    ask("age < 25", "age < 26"); // everybody, and each
    assertThatThrownBy(() -> ask("age < 27", "age < 28"))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageMatching(
            "Nothing is told of client acme: in answers to questions of the last 7 days 3 of 4"
                + " figures were told, and 4 are asked for, and more would add up to what single"
                + " persons are like. Ask for less, or after \\S+Z, or have the privacy officer"
                + " raise privacy.answers.figures.");
    assertThat(
            lake.tables()
                .read(lake.layout().ops(Audit.NAME))
                .orderBy(Audit.SEQUENCE.col())
                .collectAsList())
        .extracting(row -> row.<String>getAs(Audit.ACTION.name()))
        .containsExactly("question.answered", "question.refused");
  }

  @Test
  void oneQuestionOfAClientAtATime() {
    try (Lease lease = new Leases(lake).takeQuestions(AcmeLake.ID, "other")) {
      assertThatThrownBy(() -> ask("age < 30"))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageStartingWith("Run other has worked on the questions of client acme since ");
      lease.check();
    }
  }

  @Test
  void aDateWithoutProfilesIsRefused() {
    assertThat(parts.newestDate(AcmeLake.ID)).isEqualTo(DATE);
    assertThatThrownBy(
            () -> answering(9).answer(question(LocalDate.of(2028, 1, 1), false, "x", "age < 30")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "The agreement MSA-2026-014 of client acme does not cover 2028-01-01: it runs from"
                + " 2026-01-01 to 2027-12-31. Choose a date within, or correct agreement in the"
                + " client's file.");
    assertThatThrownBy(
            () -> answering(9).answer(question(DATE.minusDays(1), false, "x", "age < 30")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "There are no profiles of acme for 2026-02-26. Run enrich for that date first.");
    assertThatThrownBy(() -> parts.newestDate(new com.segumento.model.ClientId("retail")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "There are no profiles of client retail yet. Run ingest and enrich first, or nightly.");
  }

  @Test
  void nothingIsToldWhereItIsNotKnownWhatWasPublished(SparkSession spark) {
    String memory = ReleaseMemory.NAME + " of monthly_insight";
    RunLedger.open(spark, lake)
        .append(
            RunRecords.done(
                "acme", "export", DATE, report -> report.read(memory, 0).wrote(memory, 1)));
    assertThatThrownBy(() -> ask("age < 25"))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageStartingWith(
            "The privacy gate refused an answer of client acme on 2026-02-27: lost_memory."
                + " Nothing of it was published. The table clients/acme/release_memory is not"
                + " there, and run 2026-02-27-1 published what it was to keep.");
  }

  /** The audit lies elsewhere, and says what the table of questions must be at least. */
  @Test
  void nothingIsToldWhereItIsNotKnownWhatWasTold(SparkSession spark) throws IOException {
    String questions = lake.layout().questions(AcmeLake.ID);
    Path there = Path.of(URI.create(questions));
    ask("age < 25");
    Path early = folder.resolve("early");
    FileUtils.copyDirectory(there.toFile(), early.toFile());
    ask("age < 35");
    Path late = folder.resolve("late");
    move(there, late);
    assertLost("is not there");
    assertThat(there).as("what is not there is not made anew").doesNotExist();
    QuestionTable.open(spark, lake, AcmeLake.ID);
    assertLost("is another one than it was");
    move(there, folder.resolve("anew"));
    move(early, there);
    assertLost("is at version 1 and was at 2");
    move(there, early);
    move(late, there);
    lake.tables().restore(questions, 1);
    assertLost("does not hold it");
    lake.tables().restore(questions, 2);
    assertThat(last(ask("age < 25"))).isEqualTo("about 50");
  }

  private void assertLost(String how) {
    assertThatThrownBy(() -> ask("age < 45"))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageMatching(
            "The privacy gate refused an answer of client acme on 2026-02-27: lost_questions\\."
                + " Nothing of it was published\\. The table clients/acme/questions "
                + how
                + ", and run \\S+ told what it was to keep\\. Put back the whole folder as it was"
                + " after that run, files and _delta_log; an older copy does not do, nor does a"
                + " clone\\.");
  }

  /** As nobody does while a driver runs: Delta still knows the table that was there. */
  private static void move(Path from, Path to) throws IOException {
    FileUtils.moveDirectory(from.toFile(), to.toFile());
    DeltaLog.clearCache();
  }

  /** As of one that is no longer defined: its persons are not those the new one has had. */
  @Test
  void whatIsAskedForHasNoIdThatSomethingWasPublishedUnder() {
    publish(engine().workspace(client(), DATE, DATE + "-1"), "asked0", IntStream.range(0, 60));
    Question asked = question(DATE, false, "asked", "age < 30");
    AdhocExport export = new AdhocExport(engine());
    assertThatThrownBy(
            () ->
                export.publish(
                    client(), asked.definitions(), asked.segments(), "state_reach", DATE))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Client acme has releases of a segment asked0. Put what you ask for into a file, under"
                + " another id.");
    assertThat(told(ask("age < 25"))).as("to ask is no release").isNotEmpty();
  }

  /** One question about these segments. */
  private Answer ask(String... wheres) {
    return answering(1000).answer(question(DATE, false, "asked", wheres));
  }

  private Question question(LocalDate date, boolean preview, String id, String... wheres) {
    List<Segment> asked =
        IntStream.range(0, wheres.length).mapToObj(i -> Segment.where(id + i, wheres[i])).toList();
    Segments all =
        configuration.segments(AcmeLake.ID).with(new Segments(Map.of(), asked, Map.of()));
    List<String> ids = asked.stream().map(Segment::id).toList();
    return new Question("adhoc", client(), all, ids, date, preview, false);
  }

  private Answering answering(long previewed) {
    return new Answering(parts, engine(), Progress.SILENT, Margins.NONE, previewed);
  }

  private Engine engine() {
    return parts.engine(List.of(new SegmentStage()), Progress.SILENT, "test");
  }

  private com.segumento.config.Client client() {
    return configuration.client(AcmeLake.ID);
  }

  private static List<String> told(Answer answer) {
    return answer.parts().stream().flatMap(part -> told(part.steps()).stream()).toList();
  }

  private static List<String> told(List<Answer.Step> steps) {
    return steps.stream().map(step -> step.condition() + ": " + step.told().text(50, 1)).toList();
  }

  private static String last(Answer answer) {
    return last(answer, 0);
  }

  private static String last(Answer answer, int segment) {
    Part part = answer.parts().get(segment);
    return part.steps().get(part.steps().size() - 1).told().text(answer.k(), answer.oneIn());
  }
}
