package com.segumento.pipeline;

import static com.segumento.pipeline.AcmeQuestions.last;
import static com.segumento.pipeline.AcmeQuestions.told;
import static com.segumento.testkit.AcmeLake.DATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Platform;
import com.segumento.lake.Lease;
import com.segumento.lake.Leases;
import com.segumento.lake.RunLedger;
import com.segumento.model.Audit;
import com.segumento.model.ConfigException;
import com.segumento.model.LeaseHeldException;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.questions.QuestionTable;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.RunRecords;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** When nothing is told, and what is said then. */
@ExtendWith(SparkExtension.class)
class RefusedQuestionsTest {
  @TempDir Path folder;
  private AcmeQuestions asking;

  @BeforeEach
  void write(SparkSession spark) {
    asking = AcmeQuestions.write(spark, folder);
  }

  @Test
  void moreThanTheBudgetIsNotTold() {
    asking = asking.with(new Platform.Answers(4, null, 7));
    asking.ask("age < 25", "age < 26"); // everybody, and each
    assertThatThrownBy(() -> asking.ask("age < 27", "age < 28"))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageMatching(
            "Nothing is told of client acme: in answers to questions of the last 7 days 3 of 4"
                + " figures were told, and 4 are asked for, and more would add up to what single"
                + " persons are like. Ask for less, or after \\S+Z, or have the privacy officer"
                + " raise privacy.answers.figures.");
    assertThat(
            asking
                .lake()
                .tables()
                .read(asking.lake().layout().ops(Audit.NAME))
                .orderBy(Audit.SEQUENCE.col())
                .collectAsList())
        .extracting(row -> row.<String>getAs(Audit.ACTION.name()))
        .containsExactly("question.answered", "question.refused");
  }

  @Test
  void oneQuestionOfAClientAtATime() {
    try (Lease lease = new Leases(asking.lake()).takeQuestions(AcmeLake.ID, "other")) {
      assertThatThrownBy(() -> asking.ask("age < 30"))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageStartingWith("Run other has worked on the questions of client acme since ");
      lease.check();
    }
  }

  @Test
  void aDateWithoutProfilesIsRefused() {
    assertThat(asking.parts().newestDate(AcmeLake.ID)).isEqualTo(DATE);
    assertThatThrownBy(
            () ->
                asking
                    .answering(9)
                    .answer(asking.question(LocalDate.of(2028, 1, 1), false, "x", "age < 30")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "The agreement MSA-2026-014 of client acme does not cover 2028-01-01: it runs from"
                + " 2026-01-01 to 2027-12-31. Choose a date within, or correct agreement in the"
                + " client's file.");
    assertThatThrownBy(
            () ->
                asking
                    .answering(9)
                    .answer(asking.question(DATE.minusDays(1), false, "x", "age < 30")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "There are no profiles of acme for 2026-02-26. Run enrich for that date first.");
    assertThatThrownBy(() -> asking.parts().newestDate(new com.segumento.model.ClientId("retail")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "There are no profiles of client retail yet. Run ingest and enrich first, or nightly.");
  }

  @Test
  void nothingIsToldWhereItIsNotKnownWhatWasPublished(SparkSession spark) {
    String memory = ReleaseMemory.NAME + " of monthly_insight";
    RunLedger.open(spark, asking.lake())
        .append(
            RunRecords.done(
                "acme", "export", DATE, report -> report.read(memory, 0).wrote(memory, 1)));
    assertThatThrownBy(() -> asking.ask("age < 25"))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageStartingWith(
            "The privacy gate refused an answer of client acme on 2026-02-27: lost_memory."
                + " Nothing of it was published. The table clients/acme/release_memory is not"
                + " there, and run 2026-02-27-1 published what it was to keep.");
  }

  /** The audit lies elsewhere, and says what the table of questions must be at least. */
  @Test
  void nothingIsToldWhereItIsNotKnownWhatWasTold(SparkSession spark) throws IOException {
    String questions = asking.lake().layout().questions(AcmeLake.ID);
    Path there = Path.of(URI.create(questions));
    asking.ask("age < 25");
    Path early = folder.resolve("early");
    FileUtils.copyDirectory(there.toFile(), early.toFile());
    asking.ask("age < 35");
    Path late = folder.resolve("late");
    move(there, late);
    assertLost("is not there");
    assertThat(there).as("what is not there is not made anew").doesNotExist();
    QuestionTable.open(spark, asking.lake(), AcmeLake.ID);
    assertLost("is another one than it was");
    move(there, folder.resolve("anew"));
    move(early, there);
    assertLost("is at version 1 and was at 2");
    move(there, early);
    move(late, there);
    asking.lake().tables().restore(questions, 1);
    assertLost("does not hold it");
    asking.lake().tables().restore(questions, 2);
    assertThat(last(asking.ask("age < 25"))).isEqualTo("about 50");
  }

  private void assertLost(String how) {
    assertThatThrownBy(() -> asking.ask("age < 45"))
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
    asking.publish(
        asking.engine().workspace(asking.client(), DATE, DATE + "-1"),
        "asked0",
        IntStream.range(0, 60));
    Question asked = asking.question(DATE, false, "asked", "age < 30");
    AdhocExport export = new AdhocExport(asking.engine());
    assertThatThrownBy(
            () ->
                export.publish(
                    asking.client(), asked.definitions(), asked.segments(), "state_reach", DATE))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Client acme has releases of a segment asked0. Put what you ask for into a file, under"
                + " another id.");
    assertThat(told(asking.ask("age < 25"))).as("to ask is no release").isNotEmpty();
  }
}
