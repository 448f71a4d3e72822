package com.segumento.pipeline;

import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.Stage;
import com.segumento.model.ClientId;
import com.segumento.ops.Progress;
import com.segumento.testkit.Repository;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Runs of small stages for the shipped clients, over one lake. */
final class Nights {
  static final LocalDate DATE = LocalDate.of(2026, 2, 27);
  static final List<String> BOTH = List.of();
  private static final Configuration CONFIGURATION =
      ConfigurationLoader.load(Repository.path("conf"));

  final Lake lake;
  final List<String> leases = Collections.synchronizedList(new ArrayList<>());
  private final SparkSession spark;

  Nights(SparkSession spark, Path folder) {
    this.spark = spark;
    this.lake = Lake.open(spark, folder.toUri().toString());
  }

  Summary run(Journal journal, List<Stage> stages, List<String> clients) {
    Nightly nightly = new Nightly(engine(journal, stages, this::lease));
    return nightly.run(DATE, nightly.clients(DATE, clients));
  }

  Engine engine(Journal journal, List<Stage> stages, Leasing leasing) {
    return new Engine(
        spark,
        lake,
        Secrets.of(spark),
        CONFIGURATION,
        stages,
        client -> {},
        journal,
        leasing,
        Progress.SILENT,
        "test");
  }

  Leasing.Held lease(ClientId client, LocalDate date, String run) {
    leases.add("+" + client);
    return () -> leases.add("-" + client);
  }

  static List<Stage> copies() {
    return copies(Fuse.none());
  }

  static List<Stage> copies(Fuse fuse) {
    return List.of(new CopyStage("ingest", "drop", fuse), new CopyStage("enrich", "ingest", fuse));
  }

  void drop(String client, String text) {
    lake.objects().write(CopyStage.file(lake.layout().root(), client, "drop"), text);
  }

  String result(String client) {
    return lake.objects()
        .text(CopyStage.file(lake.layout().root(), client, "enrich"))
        .orElse("nothing");
  }
}
