package com.segumento.privacy;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.Workspace;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.engine.CellFiles;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A roll-up broken in one way, and the reason code the gate must give for it. */
public enum RollUpMutant {
  COUNTS_A_PERSON_TWICE("count"),
  TAKES_IN_A_PUBLISHED_CELL("count"),
  LEAVES_OUT_A_SMALL_CELL("count"),
  TAKES_ANOTHER_PARENT("unexpected_cell"),
  PUBLISHES_TOO_FEW("below_k"),
  FORGETS_DIVERSITY("diversity"),
  PUBLISHES_CELL_AND_REMAINDER("below_k"),
  LETS_A_PLACE_PASS_FOR_A_REMAINDER("unexpected_cell"),
  WRITES_NUMBERS_ITS_OWN_WAY("count");

  /** What is left of Maharashtra are three persons, and two of Gujarat; Pune is published. */
  public static final String EXPORT =
      "{name: left, kind: cells, segments: [a], dimensions: [place], levels: {place: 1},"
          + " measures: [{name: customers}], privacy: {k: 3}, format: csv}";

  private static final String PLACE = "place";
  private static final String CUSTOMERS = "customers";

  private final String code;

  RollUpMutant(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** The tables of {@link #EXPORT}. */
  public static CellFixture write(CellFixture fixture) {
    String[] districts = {
      "Pune", "Pune", "Pune", "Pune", "Thane", "Thane", "Nagpur", "other in west"
    };
    for (String district : districts) {
      boolean listed = !district.startsWith("other");
      Row place =
          CellFixture.place(
              "4", district, listed ? "Maharashtra" : "Goa", listed ? "west" : "south", "India");
      for (int i = 0; i < (listed ? 1 : 3); i++) {
        fixture.resident(30, "f", "low", place, 1, "a");
      }
    }
    for (int i = 0; i < 2; i++) {
      Row surat = CellFixture.place("3", "Surat", "Gujarat", "west", "India");
      fixture.resident(30, "f", "low", surat, 1, "a");
    }
    return fixture.write();
  }

  /** The export as it is configured. */
  public String definition() {
    return this == FORGETS_DIVERSITY
        ? EXPORT.replace("k: 3", "k: 3, l: {attribute: income_band, distinct: 2}")
        : EXPORT;
  }

  /** Releases of a careless engine, judged by the gate. */
  public Anonymizer anonymizer() {
    return new Anonymizer(
        request -> {
          Workspace lax = Mutant.lax(request.workspace());
          Dataset<Row> cells =
              new CellEngine()
                  .plan(lax, CellFixture.export(EXPORT.replace("k: 3", "k: 1")), request.sources());
          CellFiles.write(released(cells), request.folder(), request.export().format());
          return LevelChoice.fixed(request.export().levels());
        });
  }

  private Dataset<Row> released(Dataset<Row> cells) {
    Column place = col(PLACE);
    Dataset<Row> large = cells.filter(col(CUSTOMERS).geq(3));
    Dataset<Row> small = cells.filter(col(CUSTOMERS).lt(3));
    Dataset<Row> ours = small.filter(place.endsWith("Maharashtra"));
    String state = "other in Maharashtra";
    return switch (this) {
      case COUNTS_A_PERSON_TWICE -> large.union(joined(ours.union(ours), state));
      case TAKES_IN_A_PUBLISHED_CELL ->
          large.union(joined(cells.filter(place.endsWith("Maharashtra")), state));
      case LEAVES_OUT_A_SMALL_CELL ->
          large.union(joined(small.except(nagpur(small)), "other in west"));
      case TAKES_ANOTHER_PARENT -> large.union(joined(ours, "other in Bihar"));
      case PUBLISHES_TOO_FEW ->
          large.union(joined(small.filter(place.endsWith("Gujarat")), "other in Gujarat"));
      case FORGETS_DIVERSITY -> joined(ours, state);
      case PUBLISHES_CELL_AND_REMAINDER ->
          cells.union(joined(ours, state)).filter(place.notEqual("Surat, Gujarat"));
      case LETS_A_PLACE_PASS_FOR_A_REMAINDER ->
          large.withColumn(
              PLACE,
              when(place.startsWith("\\other"), place.substr(lit(2), lit(100))).otherwise(place));
      case WRITES_NUMBERS_ITS_OWN_WAY ->
          large.withColumn(CUSTOMERS, concat(lit("0"), col(CUSTOMERS)));
    };
  }

  private static Dataset<Row> nagpur(Dataset<Row> cells) {
    return cells.filter(col(PLACE).startsWith("Nagpur"));
  }

  private static Dataset<Row> joined(Dataset<Row> cells, String name) {
    return cells
        .groupBy(col("segment_id"), lit(name).as(PLACE))
        .agg(sum(col(CUSTOMERS)).as(CUSTOMERS));
  }
}
