package com.segumento.pipeline;

import static com.segumento.testkit.AcmeLake.DATE;

import com.segumento.config.Configuration;
import com.segumento.config.Platform;
import com.segumento.config.Segments;
import com.segumento.config.Segments.Segment;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.model.ReleaseMemory;
import com.segumento.ops.Progress;
import com.segumento.pipeline.Answer.Part;
import com.segumento.privacy.MemoryTable;
import com.segumento.privacy.questions.Margins;
import com.segumento.segment.SegmentStage;
import com.segumento.testkit.AcmeLake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Questions about the 400 persons of {@link AcmeLake}; figures are multiples of 50. */
record AcmeQuestions(Lake lake, Configuration configuration, Parts parts) {
  /** Writes the client into a lake below {@code folder}. */
  static AcmeQuestions write(SparkSession spark, Path folder) {
    String root = folder.toUri().toString();
    Lake lake = AcmeLake.write(spark, root);
    return of(spark, lake, AcmeLake.configuration(root));
  }

  private static AcmeQuestions of(SparkSession spark, Lake lake, Configuration configuration) {
    Secrets none = new Secrets(new org.apache.hadoop.conf.Configuration());
    return new AcmeQuestions(lake, configuration, new Parts(spark, lake, none, configuration));
  }

  /** The same client with another budget. */
  AcmeQuestions with(Platform.Answers answers) {
    Platform platform = configuration.platform();
    Platform.PrivacyFloor floor = platform.privacy();
    Platform.PrivacyFloor privacy =
        new Platform.PrivacyFloor(
            floor.defaultK(),
            floor.kFloor(),
            floor.activationFloor(),
            floor.releaseMemoryDays(),
            answers);
    return of(
        parts.spark(),
        lake,
        new Configuration(
            configuration.directory(),
            new Platform(platform.lake(), platform.regions(), privacy, 365, List.of()),
            configuration.clients(),
            configuration.segments()));
  }

  /** Remembers cells of these persons, as of a release of the night before. */
  void publish(Workspace night, String cells, IntStream persons) {
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

  /** One question about these segments. */
  Answer ask(String... wheres) {
    return answering(1000).answer(question(DATE, false, "asked", wheres));
  }

  Question question(LocalDate date, boolean preview, String id, String... wheres) {
    List<Segment> asked =
        IntStream.range(0, wheres.length).mapToObj(i -> Segment.where(id + i, wheres[i])).toList();
    return question(date, preview, new Segments(Map.of(), asked, Map.of()));
  }

  /** About segments beside the client's own. */
  Question question(LocalDate date, boolean preview, Segments asked) {
    Segments all = configuration.segments(AcmeLake.ID).with(asked);
    List<String> ids = asked.segments().stream().map(Segment::id).toList();
    return new Question("adhoc", client(), all, ids, date, preview, false);
  }

  Answering answering(long previewed) {
    return new Answering(parts, engine(), Progress.SILENT, Margins.NONE, previewed);
  }

  Engine engine() {
    return parts.engine(List.of(new SegmentStage()), Progress.SILENT, "test");
  }

  com.segumento.config.Client client() {
    return configuration.client(AcmeLake.ID);
  }

  static List<String> told(Answer answer) {
    return answer.parts().stream().flatMap(part -> told(part.steps()).stream()).toList();
  }

  static List<String> told(List<Answer.Step> steps) {
    return steps.stream().map(step -> step.condition() + ": " + step.told().text(50, 1)).toList();
  }

  static String last(Answer answer) {
    return last(answer, 0);
  }

  static String last(Answer answer, int segment) {
    Part part = answer.parts().get(segment);
    return part.steps().get(part.steps().size() - 1).told().text(answer.k(), answer.oneIn());
  }
}
