package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** {@code conf/platform.yaml}: what holds for every client. */
public record Platform(
    @JsonProperty(required = true) String lake,
    @JsonProperty(required = true) Map<String, Region> regions,
    @JsonProperty(required = true) PrivacyFloor privacy,
    @JsonProperty(required = true) Integer usageLogDays,
    List<Alert> alerts) {

  public Platform {
    regions = regions == null ? Map.of() : Map.copyOf(regions);
    alerts = alerts == null ? List.of() : List.copyOf(alerts);
  }

  /** The same platform over another lake. */
  public Platform withLake(String root) {
    return new Platform(root, regions, privacy, usageLogDays, alerts);
  }

  /** Where a region's buckets are. */
  public record Region(
      @JsonProperty(required = true) String endpoint,
      @JsonProperty(required = true) String bucketRegion) {}

  /** Floors no client file can lower; counts of distinct persons, and days. */
  public record PrivacyFloor(
      @JsonProperty(required = true) Integer defaultK,
      @JsonProperty(required = true) Integer kFloor,
      @JsonProperty(required = true) Integer activationFloor,
      @JsonProperty(required = true) Integer releaseMemoryDays) {}

  /** Where alerts go: {@code webhook} (by secret alias) or {@code file} (a path in the lake). */
  public record Alert(@JsonProperty(required = true) Kind kind, String urlAlias, String path) {
    /** Kinds of alert. */
    public enum Kind {
      WEBHOOK,
      FILE
    }
  }
}
