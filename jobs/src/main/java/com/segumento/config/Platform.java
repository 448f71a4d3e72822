package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** {@code conf/platform.yaml}: what holds for every client. */
public record Platform(
    @JsonProperty(required = true)
        @JsonPropertyDescription(
            "Root URI of the lake; may be overridden by --lake or SEGUMENTO_LAKE")
        @Form(
            pattern = "^(s3a://[a-z0-9][a-z0-9.-]*(/[^@\\s]*)?|file:/[^@\\s]*)$",
            says =
                "the URI of a folder or bucket, as in s3a://segumento-lake or file:/srv/lake, without credentials")
        String lake,
    @JsonProperty(required = true) @Range(min = 1) Map<String, Region> regions,
    @JsonProperty(required = true) PrivacyFloor privacy,
    @JsonProperty(required = true)
        @JsonPropertyDescription("How long platform usage logs are kept")
        @Range(min = 0)
        Integer usageLogDays,
    List<Alert> alerts,
    @JsonPropertyDescription(
            "How far back versions of tables can be read where nothing was erased; by default 168")
        @Range(min = 1)
        Integer timeTravelHours,
    @JsonPropertyDescription("Figures over the clients whose agreement says benchmarks: true")
        Benchmarks benchmarks) {
  /** A week, which is what Delta keeps files of old versions for. */
  public static final int DEFAULT_TIME_TRAVEL_HOURS = 168;

  public Platform {
    regions = regions == null ? Map.of() : Map.copyOf(regions);
    alerts = alerts == null ? List.of() : List.copyOf(alerts);
    timeTravelHours = timeTravelHours == null ? DEFAULT_TIME_TRAVEL_HOURS : timeTravelHours;
    benchmarks = benchmarks == null ? new Benchmarks(null, null) : benchmarks;
  }

  /** One with what is so by default. */
  public Platform(
      String lake,
      Map<String, Region> regions,
      PrivacyFloor privacy,
      Integer usageLogDays,
      List<Alert> alerts) {
    this(lake, regions, privacy, usageLogDays, alerts, null, null);
  }

  /** The same platform over another lake. */
  public Platform withLake(String root) {
    return new Platform(
        root, regions, privacy, usageLogDays, alerts, timeTravelHours, benchmarks);
  }

  /** Where a region's buckets are. */
  public record Region(
      @JsonProperty(required = true)
          @Form(
              pattern = "^https?://[^@\\s/]+/?$",
              says = "the address of an object store, as in https://s3.ap-south-1.amazonaws.com")
          String endpoint,
      @JsonProperty(required = true) @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
          String bucketRegion) {}

  /** Floors no client file can lower; counts of distinct persons, and days. */
  public record PrivacyFloor(
      @JsonProperty(required = true)
          @JsonPropertyDescription("The k of exports that name none")
          @Range(min = 2)
          Integer defaultK,
      @JsonProperty(required = true)
          @JsonPropertyDescription("The smallest k a client file may name")
          @Range(min = 2)
          Integer kFloor,
      @JsonProperty(required = true)
          @JsonPropertyDescription("The smallest k of an audience")
          @Range(min = 2)
          Integer activationFloor,
      @JsonProperty(required = true) @Range(min = 1) Integer releaseMemoryDays) {}

  /** What no benchmark goes below or above. */
  public record Benchmarks(
      @JsonPropertyDescription("Clients behind a figure, at least; default 5") @Range(min = 5)
          Integer minClients,
      @JsonPropertyDescription(
              "Share of a figure that one client may have at most, whichever other one takes its own"
                  + " away; default 0.4")
          @Range(min = 0.01, max = 0.5)
          Double maxShare) {
    static final int MIN_CLIENTS = 5;
    static final double MAX_SHARE = 0.4;

    public Benchmarks {
      minClients = minClients == null ? MIN_CLIENTS : minClients;
      maxShare = maxShare == null ? MAX_SHARE : maxShare;
    }
  }

  /** Where alerts go: {@code webhook} (by secret alias) or {@code file} (a path in the lake). */
  public record Alert(
      @JsonProperty(required = true) Kind kind,
      @Form(pattern = Form.ALIAS, says = Form.ALIAS_SAYS) String urlAlias,
      @JsonPropertyDescription("Below the lake") @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
          String path) {
    /** Kinds of alert. */
    public enum Kind {
      WEBHOOK,
      FILE
    }
  }
}
