package com.segumento.lake;

import com.segumento.config.Client;
import com.segumento.config.Platform;
import com.segumento.config.Segments;
import com.segumento.model.ClientId;
import com.segumento.ops.Progress;
import com.segumento.ops.Ticker;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;

/**
 * All a stage may touch: one client on one business date.
 *
 * @param run id of the run, unique; part of staging and release paths
 * @param configDirectory where configuration files named by others lie (hierarchies)
 * @param replan whether levels of exports are chosen anew, whatever earlier releases had
 */
public record Workspace(
    SparkSession spark,
    Lake lake,
    Secrets secrets,
    Platform platform,
    Client client,
    Segments segments,
    LocalDate date,
    String run,
    Path configDirectory,
    Progress progress,
    boolean replan) {

  /** One that keeps the levels of earlier releases. */
  public Workspace(
      SparkSession spark,
      Lake lake,
      Secrets secrets,
      Platform platform,
      Client client,
      Segments segments,
      LocalDate date,
      String run,
      Path configDirectory,
      Progress progress) {
    this(
        spark,
        lake,
        secrets,
        platform,
        client,
        segments,
        date,
        run,
        configDirectory,
        progress,
        false);
  }

  /** The same, with levels of exports chosen anew. */
  public Workspace replanning() {
    return new Workspace(
        spark,
        lake,
        secrets,
        platform,
        client,
        segments,
        date,
        run,
        configDirectory,
        progress,
        true);
  }

  /**
   * The date, or today where it lies ahead: nothing is forgotten for a date that is not reached.
   */
  public LocalDate reached() {
    return Ticker.reached(date);
  }

  public ClientId clientId() {
    return new ClientId(client.client());
  }
}
