package com.segumento.model;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.SparkExtension;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class PostalCodeTest {
  private static final Map<String, String> READABLE =
      Map.ofEntries(
          Map.entry("560001", "560001"),
          Map.entry(" 560001\t", "560001"),
          Map.entry("560 001", "560001"),
          Map.entry("560-001", "560001"),
          Map.entry("560\u00A0001", "560001"),
          Map.entry("560001.0", "560001"),
          Map.entry("560001.00", "560001"),
          Map.entry("IN-560001", "560001"),
          Map.entry("in 560 001", "560001"),
          Map.entry("５６０００１", "560001"),
          Map.entry("५६०००१", "560001"));
  private static final List<String> UNREADABLE =
      List.of("56000", "5600011", "060001", "560001.5", "56O001", "560001,560002", "", " - ", "IN");

  @Test
  void readsWhatPeopleAndSpreadsheetsWriteAndNothingElse(SparkSession spark) {
    Map<String, String> expected = new TreeMap<>(READABLE);
    UNREADABLE.forEach(written -> expected.put(written, null));
    Map<String, String> found = new TreeMap<>();
    spark
        .createDataset(List.copyOf(expected.keySet()), Encoders.STRING())
        .select(col("value"), PostalCode.normalized(col("value")))
        .collectAsList()
        .forEach(row -> found.put(row.getString(0), row.getString(1)));
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void tellsNothingFromNonsense(SparkSession spark) {
    List<Row> rows =
        spark
            .createDataset(Arrays.asList(null, "", " \u00A0-", "x"), Encoders.STRING())
            .select(PostalCode.isBlank(col("value")), PostalCode.normalized(col("value")))
            .collectAsList();
    assertThat(rows.stream().map(row -> row.getBoolean(0)))
        .containsExactly(true, true, true, false);
    assertThat(rows).allMatch(row -> row.isNullAt(1));
  }
}
