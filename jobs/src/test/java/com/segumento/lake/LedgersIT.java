package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ClientId;
import com.segumento.model.LeaseHeldException;
import com.segumento.ops.AuditVerdict;
import com.segumento.testkit.JavaProcess;
import com.segumento.testkit.RunRecords;
import com.segumento.testkit.S3Server;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one object store: each lease has one holder, and no ledger loses an entry. */
class LedgersIT {
  private static final int LEASES = 50;
  private static final int ENTRIES = 3;
  private static final long PATIENCE_SECONDS = 300;
  private static final ClientId CLIENT = new ClientId("acme");
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  @TempDir static Path directory;
  private static S3Server server;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    FileSystem.closeAll(); // another test's server had the same bucket
    server = S3Server.start(directory);
    spark = session(server.sparkSettings()).newSession();
    // Where another test's context is running, its file systems learn of this server here.
    server
        .sparkSettings()
        .forEach((key, value) -> spark.conf().set(key.substring("spark.hadoop.".length()), value));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    FileSystem.closeAll();
  }

  @Test
  void everyLeaseHasExactlyOneWinnerAndNoEntryIsLost() throws Exception {
    Lake lake = Lake.open(spark, server.root());
    RunLedger runs = RunLedger.open(spark, lake);
    AuditLedger audit = AuditLedger.open(spark, lake);
    List<Path> logs = List.of(directory.resolve("a.log"), directory.resolve("b.log"));
    Process a = racer("a", logs.get(0));
    Process b = racer("b", logs.get(1));
    await(a, logs.get(0));
    await(b, logs.get(1));

    List<String> won = new ArrayList<>(won(logs.get(0)));
    won.addAll(won(logs.get(1)));
    assertThat(won)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, LEASES).mapToObj(day -> FIRST.plusDays(day).toString()).toList());
    List<String> expected = new ArrayList<>();
    for (int day = 0; day < ENTRIES; day++) {
      expected.add("racer_a " + FIRST.plusDays(day));
      expected.add("racer_b " + FIRST.plusDays(day));
    }
    assertThat(runs.recent(ENTRIES).stream().map(run -> run.client() + " " + run.date()).toList())
        .containsExactlyInAnyOrderElementsOf(expected);
    AuditVerdict verdict = audit.verify();
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.entries()).isEqualTo(2 * ENTRIES);
  }

  @Test
  void aKilledHolderIsNotWaitedFor() throws Exception {
    Lake lake = Lake.open(spark, server.root());
    Path log = directory.resolve("holder.log");
    Process holder = JavaProcess.start(HolderProcess.class, log, arguments("holder"));
    LocalDate date = FIRST.plusYears(1);
    while (holder.isAlive() && won(log).isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    Leases leases = new Leases(lake);
    try {
      assertThat(won(log)).as(Files.readString(log)).containsExactly(date.toString());
      assertThatThrownBy(() -> leases.take(CLIENT, date, "restart"))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageContaining("Run holder has worked on client acme on 2027-01-01 since");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    try (Lease lease = leases.take(CLIENT, date, "restart")) {
      lease.check();
    }
  }

  private static void await(Process process, Path log) throws Exception {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(log)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  private Process racer(String name, Path log) throws Exception {
    return JavaProcess.start(Racer.class, log, arguments(name));
  }

  private String[] arguments(String name) {
    List<String> arguments = new ArrayList<>(List.of(name, server.root()));
    server.sparkSettings().forEach((key, value) -> arguments.add(key + "=" + value));
    return arguments.toArray(String[]::new);
  }

  private static List<String> won(Path log) throws Exception {
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("won "))
        .map(line -> line.substring(4))
        .toList();
  }

  private static SparkSession session(Map<String, String> settings) {
    SparkSession.Builder builder =
        Sessions.configure(SparkSession.builder())
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1");
    SparkExtension.INTERPRETED.forEach(builder::config);
    settings.forEach(builder::config);
    return builder.getOrCreate();
  }

  private static SparkSession session(String[] arguments) {
    Map<String, String> settings = new java.util.LinkedHashMap<>();
    for (int i = 2; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      settings.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    return session(settings);
  }

  /** Takes every lease it can and adds to both ledgers. */
  static final class Racer {
    public static void main(String[] arguments) {
      String name = arguments[0];
      SparkSession spark = session(arguments);
      Lake lake = Lake.open(spark, arguments[1]);
      Leases leases = new Leases(lake);
      List<Lease> taken = new ArrayList<>();
      for (int day = 0; day < LEASES; day++) {
        LocalDate date = FIRST.plusDays(day);
        try {
          taken.add(leases.take(CLIENT, date, name));
          System.out.println("won " + date);
        } catch (LeaseHeldException e) {
          assertThat(e).hasMessageContaining(date.toString());
        }
      }
      taken.forEach(Lease::check);
      RunLedger runs = RunLedger.open(spark, lake, 1); // and put its files together each time
      AuditLedger audit = AuditLedger.open(spark, lake);
      for (int day = 0; day < ENTRIES; day++) {
        LocalDate date = FIRST.plusDays(day);
        runs.append(RunRecords.done("racer_" + name, "ingest", date, report -> report));
        audit.append(name, "run", "acme", Map.of("date", date.toString()));
      }
      spark.stop();
    }
  }

  /** Takes one lease and stays until it is killed. */
  static final class HolderProcess {
    public static void main(String[] arguments) throws InterruptedException {
      Lake lake = Lake.open(session(arguments), arguments[1]);
      LocalDate date = FIRST.plusYears(1);
      try (Lease lease = new Leases(lake).take(CLIENT, date, arguments[0])) {
        lease.check();
        System.out.println("won " + date);
        Thread.currentThread().join();
      }
    }
  }
}
