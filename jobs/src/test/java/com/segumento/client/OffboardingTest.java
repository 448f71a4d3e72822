package com.segumento.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.ClientLedger;
import com.segumento.lake.ClientLedger.State;
import com.segumento.lake.Holds;
import com.segumento.lake.Lease;
import com.segumento.lake.Leases;
import com.segumento.lake.Secrets;
import com.segumento.model.ConfigException;
import com.segumento.model.LeaseHeldException;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.FailingDeletes;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The client acme, offboarded and held, beside another client that must stay as it is. */
@ExtendWith(SparkExtension.class)
class OffboardingTest {
  @TempDir static Path template;
  private ClientYard yard;

  @BeforeEach
  void open(SparkSession spark, @TempDir Path folder) throws IOException {
    yard = new ClientYard(spark, template, folder);
  }

  @AfterEach
  void forget() {
    yard.close();
  }

  @Test
  void offboardsWheneverItIsKilledAndLeavesOthersAlone(SparkSession spark) throws IOException {
    Map<String, String> others = yard.files();
    others.keySet().removeIf(file -> file.contains("/acme/"));
    List<String> certificates = new ArrayList<>();
    Issue issue =
        (id, client, details) -> {
          assertThat(yard.fileNames()).noneMatch(file -> file.matches("(?!ops/).*/acme/.*"));
          assertThat(details)
              .doesNotContainKey("token")
              .containsEntry("destroyed_keys", "acme.person.key");
          certificates.add(id);
          return id;
        };
    assertThat(Offboarding.plan(yard.desk, yard.acme).aliases()).containsExactly("acme.person.key");
    int killed =
        ClientYard.everyStepOnce(
            steps -> new Offboarding(yard.desk, issue, steps).offboard(yard.acme));
    assertThat(killed).isEqualTo(11);
    assertThat(certificates).isNotEmpty();
    assertThat(certificates.stream().distinct()).as("one request").hasSize(1);

    Map<String, String> now = yard.files();
    now.keySet().removeIf(file -> file.startsWith("ops/"));
    assertThat(now).isEqualTo(others);
    for (String prefix : yard.lake.layout().prefixes(AcmeLake.ID)) {
      assertThat(yard.lake.objects().exists(prefix)).as(prefix).isFalse();
    }
    assertThatThrownBy(() -> Secrets.of(spark).secret("acme.person.key"))
        .isInstanceOf(ConfigException.class);
    assertThat(Secrets.of(spark).secret("retail.person.key")).isNotEmpty();
    assertThatThrownBy(() -> new Leases(yard.lake).takeQuestions(AcmeLake.ID, "question"))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("Nothing is run for it. Remove conf/clients/acme.yaml.");
    assertThatThrownBy(() -> new Holding(yard.desk).hold(AcmeLake.ID, "too late"))
        .isInstanceOf(ConfigException.class);
    assertThat(yard.actions()).contains("client.offboarded");

    int issued = certificates.size();
    new Offboarding(yard.desk, issue).offboard(yard.acme);
    assertThat(certificates).as("twice changes nothing").hasSize(issued);
  }

  @Test
  void neverCertifiesLeftovers(SparkSession spark) {
    Issue none =
        (id, client, details) -> {
          throw new AssertionError("Certified leftovers");
        };
    FailingDeletes.in(spark, "/exports/acme");
    try {
      FailingDeletes.THROWING.set(1);
      FailingDeletes.SILENT.set(Integer.MAX_VALUE); // says yes and does nothing
      assertThatThrownBy(() -> new Offboarding(yard.desk, none).offboard(yard.acme))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("The store did not delete ")
          .hasMessageEndingWith("/exports/acme");
    } finally {
      FailingDeletes.out(spark);
    }
    assertThat(ClientLedger.of(yard.lake).life(AcmeLake.ID).orElseThrow().state())
        .isEqualTo(State.OFFBOARDING);
    assertThat(Secrets.of(spark).secret("acme.person.key")).as("keys go last").isNotEmpty();
  }

  @Test
  void aHoldOutranksOffboardingAndARunKeepsItOff() throws IOException {
    Map<String, String> before = yard.files();
    Issue none =
        (id, client, details) -> {
          throw new AssertionError("Certified what was not done");
        };
    assertThat(Holds.of(yard.lake).active(AcmeLake.ID)).isFalse();
    assertThat(new Holding(yard.desk).hold(AcmeLake.ID, "case 17")).isTrue();
    assertThat(new Holding(yard.desk).hold(AcmeLake.ID, "case 17")).isFalse();
    assertThat(Holds.of(yard.lake).active(AcmeLake.ID)).isTrue();
    assertThatThrownBy(() -> new Offboarding(yard.desk, none).offboard(yard.acme))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("There is a legal hold on client acme");
    assertThat(new Holding(yard.desk).release(AcmeLake.ID, "closed")).isTrue();
    assertThat(Holds.of(yard.lake).active(yard.acme)).isFalse();
    try (Lease run = new Leases(yard.lake).take(AcmeLake.ID, AcmeLake.DATE, "2026-02-27-1")) {
      run.check();
      assertThatThrownBy(() -> new Offboarding(yard.desk, none).offboard(yard.acme))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageStartingWith("Run 2026-02-27-1 has worked on client acme: 2026-02-27 since");
    }
    assertThat(yard.files()).containsAllEntriesOf(before);
    assertThat(yard.actions()).containsExactly("client.held", "client.released");
  }
}
