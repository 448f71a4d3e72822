package com.segumento.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Platform;
import com.segumento.lake.Lake;
import com.segumento.model.Benchmarks;
import com.segumento.model.Demographics;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From profiles to the table, over three months of clients that come and go. */
@ExtendWith(SparkExtension.class)
class PublishBenchmarksTest {
  private static final Platform PLATFORM =
      new Platform("x", Map.of(), new Platform.PrivacyFloor(50, 10, 100, 400), 365, List.of());
  private static final YearMonth MARCH = YearMonth.of(2026, 3);

  @TempDir Path folder;

  @Test
  void publishesAMonthOnceAndTellsOfNoClient(SparkSession spark) throws IOException {
    Lake lake = Lake.open(spark, folder.toUri().toString());
    PublishBenchmarks benchmarks = new PublishBenchmarks(spark, lake, PLATFORM);

    assertThat(benchmarks.publish(MARCH, clients(spark, 0, 4))).as("four are too few").isZero();
    assertThat(lake.objects().names(lake.layout().root())).isEmpty();

    assertThat(benchmarks.publish(MARCH, clients(spark, 0, 6))).isEqualTo(6);
    List<String> march = rows(lake);
    assertThat(march)
        .containsExactly(
            "[2026-03,demographics.literacy_rate,mean,,0.93]",
            "[2026-03,demographics.urban_share,mean,,0.55]",
            "[2026-03,place.country,share,IN,1.0]",
            "[2026-03,place.state,share,Goa,0.33]",
            "[2026-03,place.state,share,Kerala,0.67]",
            "[2026-03,place.tier,share,metro,1.0]");

    assertThat(benchmarks.publish(MARCH, clients(spark, 0, 20))).as("a month once").isZero();
    assertThat(rows(lake)).isEqualTo(march);

    // One client comes: its figures would be the difference, so that it has to wait.
    assertThat(benchmarks.publish(MARCH.plusMonths(1), clients(spark, 0, 7))).isEqualTo(6);
    assertThat(rows(lake).subList(6, 12))
        .isEqualTo(march.stream().map(row -> row.replace("2026-03", "2026-04")).toList());
    // One leaves: nothing, until four more may be left out with it.
    assertThat(benchmarks.publish(MARCH.plusMonths(2), clients(spark, 1, 7))).isZero();
    assertThat(rows(lake)).hasSize(12);

    // What was published is there when its sources are gone, and names none of them.
    assertThat(StoredText.of(spark, folder, path -> path.startsWith("benchmarks/")))
        .contains("2026-03", "Kerala")
        .doesNotContainPattern("client_\\d");
    assertThat(StoredText.bytes(folder, path -> path.startsWith("ops/benchmark_sets/")))
        .contains("[\"client_0\",\"client_1\",");
  }

  private static List<String> rows(Lake lake) {
    return lake
        .tables()
        .read(lake.layout().benchmarks())
        .to(Benchmarks.SCHEMA)
        .orderBy(Benchmarks.PERIOD.col(), Benchmarks.SUBJECT.col(), Benchmarks.LABEL.col())
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  private static Map<String, Supplier<Dataset<Row>>> clients(SparkSession spark, int from, int to) {
    Map<String, Supplier<Dataset<Row>>> clients = new TreeMap<>();
    for (int client = from; client < to; client++) {
      int number = client;
      clients.put("client_" + client, () -> profiles(spark, number));
    }
    return clients;
  }

  /** 90 persons, a third of them in Goa; of another 10 nothing is known. One comes twice. */
  private static Dataset<Row> profiles(SparkSession spark, int client) {
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 100; person++) {
      boolean known = person < 90;
      Row place =
          row(
              (StructType) Profiles.PLACE.type(),
              known
                  ? Map.of(
                      Places.STATE, person % 3 == 0 ? "Goa" : "Kerala",
                      Places.COUNTRY, "IN",
                      Places.TIER, "metro")
                  : Map.of());
      Row demographics =
          row(
              (StructType) Profiles.DEMOGRAPHICS.type(),
              known
                  ? Map.of(
                      Demographics.URBAN_SHARE,
                      0.5 + client % 2 * 0.1,
                      Demographics.LITERACY_RATE,
                      0.93)
                  : Map.of());
      rows.add(RowFactory.create(new byte[] {(byte) client, (byte) person}, place, demographics));
    }
    rows.add(rows.get(0));
    return spark.createDataFrame(
        rows, Field.schema(Persons.PERSON_KEY, Profiles.PLACE, Profiles.DEMOGRAPHICS));
  }

  private static Row row(StructType type, Map<Field, Object> values) {
    Object[] row = new Object[type.size()];
    values.forEach((field, value) -> row[type.fieldIndex(field.name())] = value);
    return RowFactory.create(row);
  }
}
