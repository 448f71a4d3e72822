package com.segumento.enrich;

import com.segumento.config.Client.PlaceKey;
import com.segumento.model.Field;
import com.segumento.model.NameKey;
import com.segumento.model.PostalCode;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** How a person's location fared against the references: a reason code each. */
final class Match {
  static final String MATCHED = "matched";

  /** The location as the contract's column has it. */
  static final Field WRITTEN = Field.optional("__written", DataTypes.StringType);

  /** The location as references have it; null where it can't be read. */
  static final Field SOUGHT = Field.optional("__sought", DataTypes.StringType);

  private Match() {}

  /** What is sought in the references for what is written. */
  static Column sought(PlaceKey key) {
    return key == PlaceKey.POSTAL_CODE
        ? PostalCode.normalized(WRITTEN.col())
        : functions.nullif(NameKey.of(WRITTEN.col()), functions.lit(""));
  }

  /** The reason code of the place. */
  static Column place(PlaceKey key) {
    String kind = key == PlaceKey.POSTAL_CODE ? "postal_code" : "country";
    return functions
        .when(LocationFacts.KEY.col().isNotNull(), MATCHED)
        .when(PostalCode.isBlank(WRITTEN.col()), "no_" + kind)
        .when(SOUGHT.col().isNull(), "malformed_" + kind)
        .otherwise("unknown_" + kind);
  }

  /** The reason code of the demographics. */
  static Column demographics() {
    return functions
        .when(LocationFacts.COUNTED.col(), MATCHED)
        .when(LocationFacts.KEY.col().isNull(), "no_place")
        .when(LocationFacts.CENSUS.col().isNull(), "no_census_district")
        .otherwise("unknown_census_district");
  }

  /** All reason codes of the place. */
  static List<String> placeReasons(PlaceKey key) {
    String kind = key == PlaceKey.POSTAL_CODE ? "postal_code" : "country";
    return List.of(MATCHED, "no_" + kind, "malformed_" + kind, "unknown_" + kind);
  }

  /** All reason codes of the demographics. */
  static List<String> demographicsReasons() {
    return List.of(MATCHED, "no_place", "no_census_district", "unknown_census_district");
  }
}
