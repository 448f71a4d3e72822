package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ClientId;
import com.segumento.testkit.Repository;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class ShippedConfigurationTest {
  private static final Path CONF = Repository.path("conf");

  @Test
  void everyShippedFileIsRead() {
    Configuration configuration = ConfigurationLoader.load(CONF);
    TreeSet<String> read = new TreeSet<>(List.of("platform.yaml"));
    configuration
        .clients()
        .forEach(
            (id, client) -> {
              read.add("clients/" + id + ".yaml");
              read.add(client.segments());
              assertThat(configuration.segments(new ClientId(id)).segments()).isNotEmpty();
            });
    assertThat(read).containsExactlyElementsOf(ConfigurationFiles.shipped());
  }

  @Test
  void warnsOfWhatIsDoubtful() {
    ConfigurationLoader.Loaded loaded =
        ConfigurationLoader.inspect(
            CONF, List.of("acme", "retail"), Optional.of(LocalDate.of(2028, 1, 1)));
    assertThat(loaded.warnings())
        .extracting(Problem::path, Problem::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "agreement.end",
                "The agreement ended on 2027-12-31. The client's data expires after"
                    + " retention.grace_days."),
            org.assertj.core.groups.Tuple.tuple(
                "agreement.end",
                "The agreement ended on 2027-12-31. The client's data expires after"
                    + " retention.grace_days."),
            org.assertj.core.groups.Tuple.tuple(
                "exports[0].privacy.k",
                "is the platform's floor. Expected more where the data allows it."));
  }

  @Test
  void readsTypedValues() {
    Configuration configuration = ConfigurationLoader.load(CONF, new ClientId("acme"));
    Client acme = configuration.client(new ClientId("acme"));
    assertThat(configuration.clients()).containsOnlyKeys("acme");
    assertThat(acme.agreement().start()).isEqualTo(LocalDate.of(2026, 1, 1));
    assertThat(configuration.platform().privacy())
        .isEqualTo(new Platform.PrivacyFloor(50, 10, 100, 400));
    DatasetContract customers = acme.datasets().get(0);
    assertThat(customers.columns().keySet())
        .containsExactly("age", "gender", "pincode", "income_band", "loyalty_since");
    DatasetContract.ColumnContract age = customers.columns().get("age");
    assertThat(age.dataType()).isEqualTo(DataTypes.IntegerType);
    assertThat(age.hierarchy().height(CONF)).isEqualTo(5);
    assertThat(acme.datasets().get(1).columns().get("amount").dataType())
        .isEqualTo(DataTypes.createDecimalType(12, 2));
    assertThat(acme.enrich().location().by()).isEqualTo(Client.PlaceKey.POSTAL_CODE);
  }

  @Test
  void exportsTellTheirKLevelsAndSegments() {
    Configuration configuration = ConfigurationLoader.load(CONF);
    ClientId acme = new ClientId("acme");
    Segments segments = configuration.segments(acme);
    Export insight = configuration.client(acme).exports().get(0);
    Export reach = configuration.client(acme).exports().get(1);
    assertThat(insight.k(configuration.platform())).isEqualTo(50);
    assertThat(insight.searchesLevels()).isTrue();
    assertThat(insight.level("gender")).isZero();
    assertThat(insight.suppressionLimit()).isEqualTo(0.3);
    assertThat(insight.allSegments()).isFalse();
    assertThat(insight.segmentIds(segments))
        .containsExactly("high_value", "lapsed", "winback", "metro_high_value");
    assertThat(reach.allSegments()).isTrue();
    assertThat(reach.searchesLevels()).isFalse();
    assertThat(reach.segmentIds(segments))
        .containsExactly(
            "high_value", "metro_high_value", "lapsed", "winback", "frequent", "young_urban");
    Export retail = configuration.client(new ClientId("retail")).exports().get(0);
    assertThat(retail.k(configuration.platform())).isEqualTo(10);
  }
}
