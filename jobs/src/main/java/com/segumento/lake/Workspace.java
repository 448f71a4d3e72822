package com.segumento.lake;

import com.segumento.config.Client;
import com.segumento.config.Platform;
import com.segumento.config.Segments;
import com.segumento.model.ClientId;
import com.segumento.ops.Progress;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;

/**
 * All a stage may touch: one client on one business date.
 *
 * @param run id of the run, unique; part of staging and release paths
 * @param configDirectory where configuration files named by others lie (hierarchies)
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
    Progress progress) {

  public ClientId clientId() {
    return new ClientId(client.client());
  }
}
