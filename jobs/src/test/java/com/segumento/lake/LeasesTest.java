package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ClientId;
import com.segumento.model.LeaseHeldException;
import com.segumento.ops.Holder;
import com.segumento.ops.Ticker;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class LeasesTest {
  private static final ClientId ACME = new ClientId("acme");
  private static final LocalDate DATE = LocalDate.of(2026, 5, 2);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant START = Instant.parse("2026-05-03T01:00:00Z");
  private static final Holder HERE = new Holder("here", "here/1", 7, "2026-05-03T00:59:00Z");
  private static final Holder THERE = new Holder("there", "there/1", 8, "2026-05-03T00:59:00Z");

  @TempDir Path directory;
  private Lake lake;
  private Instant now = START;

  @BeforeEach
  void open(SparkSession spark) {
    lake = Lake.open(spark, directory.toUri().toString());
  }

  @Test
  void oneRunWorksOnAClientAndDate() {
    try (Lease lease = leases(HERE).take(ACME, DATE, "2026-05-02-1")) {
      lease.check();
      assertThatThrownBy(() -> leases(THERE).take(ACME, DATE, "2026-05-02-2"))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessage(
              "Run 2026-05-02-1 has worked on client acme on 2026-05-02 since 2026-05-03T01:00:00Z"
                  + " (process 7 on here). Start again when it has ended; if it was killed, its"
                  + " lease ends at 2026-05-03T02:00:00Z.");
      leases(THERE).take(ACME, DATE.plusDays(1), "2026-05-03-1").close();
      leases(THERE).take(new ClientId("retail"), DATE, "2026-05-02-2").close();
    }
    leases(THERE).take(ACME, DATE, "2026-05-02-2").close();
  }

  @Test
  void retentionAndOtherWorkKeepEachOtherOff() {
    try (Lease run = leases(HERE).take(ACME, DATE, "2026-05-02-1")) {
      assertThatThrownBy(() -> leases(THERE).takeRetention(ACME, "2026-05-03-1"))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageContaining("Run 2026-05-02-1 has worked on client acme: 2026-05-02");
      // The run's own lease keeps its own retention not off.
      leases(HERE).takeRetention(ACME, "2026-05-02-1").close();
      run.check();
    }
    try (Lease retention = leases(HERE).takeRetention(ACME, "2026-05-02-1")) {
      for (Callable<Lease> other :
          List.<Callable<Lease>>of(
              () -> leases(THERE).take(ACME, DATE.plusDays(1), "2026-05-03-1"),
              () -> leases(THERE).takeQuestions(ACME, "a question"),
              () -> leases(THERE).takeReleases(ACME, "2026-05-03-1"))) {
        assertThatThrownBy(other::call)
            .isInstanceOf(LeaseHeldException.class)
            .hasMessageContaining("has worked on client acme: retention");
      }
      leases(THERE).take(new ClientId("retail"), DATE, "2026-05-02-1").close();
      retention.check();
    }
    leases(THERE).take(ACME, DATE, "2026-05-02-2").close();
  }

  @Test
  void aLeaseEndsWithItsTimeUnlessItIsRenewed() {
    Lease first = leases(HERE).take(ACME, DATE, "2026-05-02-1");
    now = START.plus(HOUR).minusMillis(1);
    first.check();
    assertThat(first.renew()).isTrue();
    now = START.plus(HOUR);
    first.check();
    assertHeld();
    now = START.plus(HOUR).plus(HOUR).minusMillis(2);
    assertHeld();
    now = now.plusMillis(1);
    assertThatThrownBy(first::check)
        .isInstanceOf(LeaseHeldException.class)
        .hasMessage(
            "Run 2026-05-02-1 lost its lease of client acme on 2026-05-02: it was not renewed and"
                + " ran out at 2026-05-03T02:59:59.999Z. It publishes nothing further. Start it"
                + " again when no other run works on this client.");
    try (Lease second = leases(THERE).take(ACME, DATE, "2026-05-02-2")) {
      assertThat(first.renew()).isFalse();
      assertThatThrownBy(first::check)
          .isInstanceOf(LeaseHeldException.class)
          .hasMessage(
              "Run 2026-05-02-1 lost its lease of client acme on 2026-05-02: run 2026-05-02-2 took"
                  + " it at 2026-05-03T02:59:59.999Z. It publishes nothing further. Start it again"
                  + " when no other run works on this client.");
      first.close();
      second.check();
      assertThat(lake.objects().names(lake.layout().ops("leases") + "/acme/2026-05-02"))
          .containsExactly("0000000003.json");
    }
  }

  @Test
  void aHolderKnownToBeDeadIsNotWaitedFor() {
    Holder self = Holder.self();
    Holder killed = new Holder(self.host(), self.machine(), self.process(), "2020-01-01T00:00:00Z");
    Lease first = leases(killed).take(ACME, DATE, "2026-05-02-1");
    try (Lease second = leases(self).take(ACME, DATE, "2026-05-02-1")) {
      second.check();
      assertThatThrownBy(first::check).isInstanceOf(LeaseHeldException.class);
    }
    first.close();
  }

  @Test
  @Timeout(60)
  void aLeaseRenewsItself() {
    Leases leases = new Leases(lake, Duration.ofSeconds(1), Ticker::now, Holder.self());
    try (Lease lease = leases.take(ACME, DATE, "2026-05-02-1")) {
      String prefix = lake.layout().ops("leases") + "/acme/2026-05-02";
      while (lake.objects().names(prefix).stream()
          .noneMatch(name -> name.compareTo("0000000006") > 0)) {
        Thread.onSpinWait();
      }
      lease.check();
    }
  }

  @Test
  void ofManyThreadsOneTakesALease() throws Exception {
    ExecutorService racers = Executors.newFixedThreadPool(8);
    for (int round = 0; round < 5; round++) {
      LocalDate date = DATE.plusDays(round);
      List<Callable<Integer>> race = new ArrayList<>();
      for (int racer = 0; racer < 8; racer++) {
        String run = date + "-" + racer;
        race.add(
            () -> {
              try {
                leases(HERE).take(ACME, date, run);
                return 1;
              } catch (LeaseHeldException e) {
                return 0;
              }
            });
      }
      int winners = 0;
      for (Future<Integer> won : racers.invokeAll(race)) {
        winners += won.get();
      }
      assertThat(winners).isEqualTo(1);
    }
    racers.shutdown();
  }

  private void assertHeld() {
    assertThatThrownBy(() -> leases(THERE).take(ACME, DATE, "2026-05-02-2"))
        .isInstanceOf(LeaseHeldException.class);
  }

  private Leases leases(Holder self) {
    return new Leases(lake, HOUR, () -> now, self);
  }
}
