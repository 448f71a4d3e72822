package com.segumento.privacy;

import com.segumento.lake.Workspace;
import com.segumento.model.NoiseDraws;
import com.segumento.model.ReleaseMemory;
import com.segumento.udf.Calibration;
import com.segumento.udf.Noise;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * An engine that is careless about noise, on a night on which one of ten women has become a man,
 * and three men have joined five; and the reason code the gate must give for it.
 */
public enum NoiseMutant {
  NONE(""),
  PUBLISHES_TRUE_FIGURES("noise"),
  DRAWS_FRESH_NOISE("noise"),
  DRAWS_BY_ANOTHER_DIGEST("noise"),
  HAS_LESS_NOISE("noise"),
  FORGETS_THE_ACCOUNT("unaccounted"),
  PAYS_LESS("unaccounted"),
  COUNTS_A_MOVER_ONCE("unaccounted"),
  ADDS_TO_ANOTHER_ACCOUNT("unaccounted"),
  PAYS_IN_ANOTHER_PERIOD("unaccounted"),
  SPENDS_TOO_MUCH("overspent"),
  SPENDS_WHAT_A_LATER_DATE_HAS_SPENT("overspent");

  /** One segment by gender. */
  public static final String EXPORT =
      "{name: nights, kind: cells, segments: [a], dimensions: [gender], levels: {gender: 0},"
          + " measures: [{name: customers}], privacy: {k: 3}, format: csv}";

  public static final String NOISY =
      EXPORT
          .replace("nights", "noisy")
          .replace("k: 3", "k: 3, dp: {mechanism: gaussian, epsilon: 0.5, delta: 1.0e-6}");

  /** Who stands in the cell of women. */
  public static final List<Integer> WOMEN = IntStream.range(0, 10).boxed().toList();

  /** Who stands in that of men. */
  public static final List<Integer> MEN =
      Stream.concat(Stream.of(0), IntStream.range(100, 108).boxed()).toList();

  /** What the export is calibrated to. */
  public static final Calibration CALIBRATION =
      Calibration.gaussian(new BigDecimal("0.5"), new BigDecimal("1.0E-6"), 1);

  private final String code;

  NoiseMutant(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** Releases of this engine, judged by the gate. */
  public Anonymizer anonymizer() {
    return new Anonymizer(
        request -> {
          stage(request.workspace(), request.folder());
          return LevelChoice.fixed(request.export().levels());
        });
  }

  /** Writes a file and an account of it. */
  public String stage(Workspace workspace, String folder) {
    // Else what an earlier mutant has paid for would be paid for this one.
    String file = file(workspace, folder, digest(WOMEN), digest(MEN));
    long release = NoiseLedger.open(workspace).next();
    BigDecimal cost = CALIBRATION.cost();
    BigDecimal paid = this == PAYS_LESS ? cost.divide(BigDecimal.TEN) : cost;
    long cells = this == COUNTS_A_MOVER_ONCE ? 1 : this == SPENDS_TOO_MUCH ? 100 : 2;
    List<Row> draws = new ArrayList<>();
    LocalDate date = workspace.date().minusYears(this == PAYS_IN_ANOTHER_PERIOD ? 1 : 0);
    draws.add(new Draw("f", 1, digest(WOMEN), paid, cells).row(workspace, date, release));
    if (this != FORGETS_THE_ACCOUNT) {
      draws.add(new Draw("m", 2, digest(MEN), paid, cells).row(workspace, date, release));
    }
    if (this == SPENDS_WHAT_A_LATER_DATE_HAS_SPENT) {
      draws.add(other(workspace.date().plusDays(30), 100, release + 1));
    }
    if (this == ADDS_TO_ANOTHER_ACCOUNT) {
      draws.add(other(workspace.date(), 1, release));
    }
    account(workspace, draws);
    return file;
  }

  /** Adds rows to the ledger. */
  public static void account(Workspace workspace, List<Row> draws) {
    NoiseLedger.open(workspace)
        .add(workspace.spark().createDataFrame(draws, NoiseDraws.SCHEMA), "noisy");
  }

  /** Writes a file with the noise that sets of these digests have. */
  public String file(Workspace workspace, String folder, String women, String men) {
    String file = folder + "/part-00000-x.csv";
    String rows = line(workspace, "f", women, WOMEN.size()) + line(workspace, "m", men, MEN.size());
    workspace.lake().objects().write(file, "segment_id,gender,customers\n" + rows);
    return file;
  }

  /** The release memory of that night. */
  public static void remember(Workspace workspace) {
    MemoryTable memory = MemoryTable.open(workspace);
    List<Row> first = new ArrayList<>(rows(workspace, "f", WOMEN, 1));
    first.addAll(rows(workspace, "m", List.of(100, 101, 102, 103, 104), 1));
    memory.remember(workspace.spark().createDataFrame(first, ReleaseMemory.SCHEMA), "nights");
    List<Row> second = rows(workspace, "m", List.of(0, 105, 106, 107), 2);
    memory.remember(workspace.spark().createDataFrame(second, ReleaseMemory.SCHEMA), "nights");
  }

  private static List<Row> rows(
      Workspace workspace, String gender, List<Integer> persons, long release) {
    return MemoryMutant.rows(
        "gender@0",
        "a",
        "{\"gender@0\":\"" + gender + "\"}",
        persons,
        release,
        Date.valueOf(workspace.date()));
  }

  private String line(Workspace workspace, String gender, String digest, int persons) {
    String said = this == DRAWS_FRESH_NOISE ? "of tonight" : digest;
    Noise noise = this == HAS_LESS_NOISE ? lessNoise() : noise();
    String exact = "" + persons;
    BigDecimal noisy = new NoiseOracle(workspace).noisy(noise, "1", gender, "persons", said, exact);
    return "a," + gender + "," + (this == PUBLISHES_TRUE_FIGURES ? exact : noisy) + "\n";
  }

  private String digest(List<Integer> persons) {
    return this == DRAWS_BY_ANOTHER_DIGEST
        ? "1.2.3.4.5.6.7." + name()
        : NoiseOracle.digest(persons, "0.000000");
  }

  private static Noise noise() {
    return CALIBRATION.noise(BigDecimal.ONE, BigDecimal.ONE);
  }

  private static Noise lessNoise() {
    return CALIBRATION.noise(BigDecimal.ONE, BigDecimal.TEN);
  }

  /** What another export has spent, on somebody in so many cells. */
  private static Row other(LocalDate date, long cells, long release) {
    return RowFactory.create(
        "a",
        "{}",
        "persons",
        noise().describe(),
        1L,
        "1.2.3.4.5.6.7.8",
        "GAUSSIAN",
        CALIBRATION.cost(),
        cells,
        "other",
        date + "-1",
        Date.valueOf(date),
        release);
  }

  /** A row of the ledger. */
  public record Draw(String gender, long since, String digest, BigDecimal cost, long cells) {

    /** Of this run, with the noise the export has. */
    public Row row(Workspace workspace, LocalDate date, long release) {
      return RowFactory.create(
          "a",
          "{\"gender@0\":\"" + gender + "\"}",
          "persons",
          noise().describe(),
          since,
          digest,
          "GAUSSIAN",
          cost,
          cells,
          "noisy",
          workspace.run(),
          Date.valueOf(date),
          release);
    }
  }
}
