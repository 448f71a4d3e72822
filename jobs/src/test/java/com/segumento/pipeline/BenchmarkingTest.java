package com.segumento.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Client;
import com.segumento.config.Client.Agreement;
import com.segumento.config.Configuration;
import com.segumento.config.ProfileSchema;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.model.Audit;
import com.segumento.model.Benchmarks;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import com.segumento.ops.Progress;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.Declared;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class BenchmarkingTest {
  @TempDir Path folder;

  @Test
  void looksAtClientsThatAgreedOnlyAndWaitsForThemAll(SparkSession spark) {
    Lake lake = Lake.open(spark, folder.toUri().toString());
    Configuration shipped = AcmeLake.configuration(folder.toUri().toString());
    TreeMap<String, Client> clients = new TreeMap<>();
    for (int number = 0; number < 6; number++) {
      Client client = client(shipped.client(AcmeLake.ID), "shop" + number, number < 5);
      clients.put(client.client(), client);
      profiles(spark, lake, client, number < 5 ? 20 : 60);
    }
    Configuration all =
        new Configuration(shipped.directory(), shipped.platform(), clients, Map.of());
    Parts parts = new Parts(spark, lake, Secrets.of(spark), all);
    Benchmarking benchmarking = new Benchmarking(parts, Progress.SILENT);

    assertThat(benchmarking.publish(night(clients, "shop3"))).as("one failed").isZero();
    assertThat(lake.objects().exists(lake.layout().benchmarks())).isFalse();

    assertThat(benchmarking.publish(night(clients, "shop5")))
        .as("who did not agree isn't waited for")
        .isEqualTo(2);
    assertThat(
            lake.tables()
                .read(lake.layout().benchmarks())
                .orderBy(Benchmarks.LABEL.col())
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[2026-02,place.state,share,Goa,0.33]", "[2026-02,place.state,share,Kerala,0.67]");
    assertThat(benchmarking.publish(night(clients, ""))).as("once a month").isZero();
    List<Row> audit = lake.tables().read(lake.layout().ops(Audit.NAME)).collectAsList();
    assertThat(audit).hasSize(1);
    assertThat(audit.get(0).toString()).contains("benchmarks.published").doesNotContain("shop");
  }

  private static Client client(Client like, String id, boolean benchmarks) {
    Agreement agreed = like.agreement();
    return new Client(
        id,
        new Agreement(
            agreed.id(),
            agreed.start(),
            agreed.end(),
            agreed.region(),
            agreed.purposes(),
            benchmarks,
            false),
        like.keys(),
        like.datasets(),
        like.enrich(),
        null,
        List.of(),
        like.retention());
  }

  private static Summary night(Map<String, Client> clients, String failed) {
    return new Summary(
        AcmeLake.DATE,
        clients.keySet().stream()
            .map(
                id ->
                    new ClientOutcome(
                        id,
                        "run",
                        List.of(),
                        id.equals(failed)
                            ? Optional.of(Failure.of(new ConfigException("No.")))
                            : Optional.empty()))
            .toList());
  }

  /** 60 persons, the first of them in Goa. */
  private static void profiles(SparkSession spark, Lake lake, Client client, int goa) {
    StructType schema = ProfileSchema.of(client);
    StructType placeType = (StructType) Profiles.PLACE.type();
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 60; person++) {
      Object[] place = new Object[placeType.size()];
      place[placeType.fieldIndex(Places.STATE.name())] = person < goa ? "Goa" : "Kerala";
      Object[] values = new Object[schema.size()];
      values[0] = AcmeLake.key(person);
      values[schema.fieldIndex(Profiles.PLACE.name())] = RowFactory.create(place);
      rows.add(RowFactory.create(values));
    }
    String path = lake.layout().table(new ClientId(client.client()), Profiles.NAME);
    Declared.table(lake, path, schema, List.of());
    lake.tables()
        .overwrite(
            path,
            spark.createDataFrame(rows, schema).coalesce(1),
            Commit.of(Map.of("date", AcmeLake.DATE.toString())));
  }
}
