package com.segumento.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.attack.CellAttacks.Cell;
import com.segumento.privacy.NoiseOracle;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every attack of the list succeeds where its defence is off, and fails with it on, but for those
 * that are said to succeed. The page of the documentation is made of the figures: {@code ./mvnw
 * test -pl udfs,jobs -Dtest=AttackTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dattacks.write=true}
 */
@ExtendWith(SparkExtension.class)
class AttackTest {
  private static final Path PAGE = Repository.path("jobs/src/site/markdown/attacks.md");

  private static final Map<String, String> QUICKLY =
      Map.of(
          "spark.sql.shuffle.partitions", "1",
          "spark.sql.constraintPropagation.enabled", "false",
          "spark.sql.lightweightPlanChangeValidation", "false");

  @TempDir static Path directory;
  private static History off;
  private static History on;
  private static List<Attack> attacks;

  @BeforeAll
  static void attack(SparkSession spark) throws Exception {
    off = History.naive();
    on = quickly(spark, () -> History.guarded(spark));
    Night without = new Night(spark, directory.resolve("without"), new Population(false));
    Night with = new Night(spark, directory.resolve("with"), new Population(true));
    without.publish(Night.CELLS, Night.RECORDS);
    List<Attack> listening = new ListeningAttacks(spark, with).all();
    Trial trial = new Trial(off, on);
    attacks = new ArrayList<>(new NightAttacks(trial).all());
    attacks.addAll(new SystemAttacks(trial).all());
    attacks.addAll(new ShapeAttacks(trial).all());
    attacks.addAll(new SumAttacks(trial).all());
    attacks.addAll(cells(spark, with).all());
    attacks.add(new PartAttack(spark, directory).attack());
    attacks.add(quickly(spark, () -> new NoiseAttack(spark, directory).attack()));
    attacks.add(new LongNoiseAttack(on, new NoiseOracle(with.fixture().workspace(1))).attack());
    attacks.addAll(new PreviewAttacks(new World().persons()).all());
    attacks.addAll(new FileAttacks(spark, without, with, directory).all());
    attacks.addAll(listening);
  }

  /** Planned with less care, in one task a step: there are a few hundred rows. */
  private static <T> T quickly(SparkSession spark, Callable<T> work) throws Exception {
    Map<String, String> before = new LinkedHashMap<>();
    QUICKLY.keySet().forEach(key -> before.put(key, spark.conf().get(key)));
    QUICKLY.forEach(spark.conf()::set);
    try {
      return work.call();
    } finally {
      before.forEach(spark.conf()::set);
    }
  }

  private static CellAttacks cells(SparkSession spark, Night night) throws IOException {
    List<Row> published = spark.read().parquet(night.file(Night.CELLS).toString()).collectAsList();
    return new CellAttacks(
        night.population(),
        cells(night.lax()),
        cells(published),
        CsvRows.read(night.file(Night.LOOSE)),
        CsvRows.read(night.file(Night.RECORDS)));
  }

  private static List<Cell> cells(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                new Cell(
                    row.getAs("age"),
                    row.getAs("gender"),
                    row.getAs("place"),
                    row.<Long>getAs("customers"),
                    row.getAs("spend")))
        .toList();
  }

  static List<Attack> attacks() {
    return attacks;
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void succeedsWithoutTheDefenceAndFailsWithIt(Attack attack) {
    assertThat(attack.off().groups()).as("learned without the defence").isPositive();
    if (attack.succeeds()) {
      assertThat(attack.on().groups())
          .as("an attack that is said to succeed; if something stops it now, say so")
          .isPositive();
    } else {
      assertThat(attack.on().groups()).as("learned with the defence: %s", attack.on()).isZero();
    }
  }

  @Test
  void whatIsPublishedIsOfUse() {
    assertThat(on.figures().size()).isGreaterThan(off.figures().size() * 3 / 4);
  }

  /** Else nothing would be told of them because nothing is published. */
  @Test
  void bothShapesOfSegmentsWithoutTotalsArePublished() {
    Releases releases = new Releases(on.figures());
    for (String segment : ShapeAttacks.SEGMENTS) {
      assertThat(ShapeAttacks.nights(releases, segment)).as(segment).hasSize(3);
    }
  }

  /** Nor of sums; those that are attacked are of women. */
  @Test
  void sumsOfMenArePublishedEveryNight() {
    Releases releases = new Releases(on.figures());
    SumAttacks.SUMS.forEach(
        (segment, sums) -> {
          List<Figure> men = SumAttacks.cell(releases, segment, "m");
          assertThat(men).as(segment).hasSize(5);
          assertThat(men)
              .extracting(Figure::sums)
              .allSatisfy(of -> assertThat(of.keySet()).containsAll(sums));
          assertThat(SumAttacks.cell(releases, segment, "f")).as(segment).hasSize(5);
        });
  }

  @Test
  void thePageSaysWhatWasLearned() throws IOException {
    String page = new AttacksPage(attacks).text(new World().persons().size());
    if (Boolean.getBoolean("attacks.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("attacks.md is out of date. Make it anew with -Dattacks.write=true")
        .isEqualTo(page);
  }
}
