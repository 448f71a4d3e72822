package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.segumento.model.Law;
import java.time.LocalDate;
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
                "the URI of a folder or bucket, as in s3a://segumento-lake or file:/srv/lake,"
                    + " without credentials")
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
        Benchmarks benchmarks,
    @JsonPropertyDescription("How long data-subject requests may take") Requests requests) {
  /** A week, which is what Delta keeps files of old versions for. */
  public static final int DEFAULT_TIME_TRAVEL_HOURS = 168;

  public Platform {
    regions = regions == null ? Map.of() : Map.copyOf(regions);
    alerts = alerts == null ? List.of() : List.copyOf(alerts);
    timeTravelHours = timeTravelHours == null ? DEFAULT_TIME_TRAVEL_HOURS : timeTravelHours;
    benchmarks = benchmarks == null ? new Benchmarks(null, null) : benchmarks;
    requests = requests == null ? Requests.DEFAULT : requests;
  }

  /** One with what is so by default. */
  public Platform(
      String lake,
      Map<String, Region> regions,
      PrivacyFloor privacy,
      Integer usageLogDays,
      List<Alert> alerts) {
    this(lake, regions, privacy, usageLogDays, alerts, null, null, null);
  }

  /** The same platform over another lake. */
  public Platform withLake(String root) {
    return new Platform(
        root, regions, privacy, usageLogDays, alerts, timeTravelHours, benchmarks, requests);
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
      @JsonProperty(required = true) @Range(min = 1) Integer releaseMemoryDays,
      @JsonPropertyDescription("How much is told in answers to questions") Answers answers) {
    public PrivacyFloor {
      answers = answers == null ? new Answers(null, null, null) : answers;
    }

    /** One with what is so by default. */
    public PrivacyFloor(
        Integer defaultK, Integer kFloor, Integer activationFloor, Integer releaseMemoryDays) {
      this(defaultK, kFloor, activationFloor, releaseMemoryDays, null);
    }
  }

  /** How much is told of a client's persons by adhoc and explain, in so many days. */
  public record Answers(
      @JsonPropertyDescription("Different figures that are told, at most; default 500")
          @Range(min = 1)
          Integer figures,
      @JsonPropertyDescription("Figures that are not told because of others, at most; default 50")
          @Range(min = 1)
          Integer refusals,
      @JsonPropertyDescription("Days that are looked back; default 30") @Range(min = 1)
          Integer days) {
    static final int FIGURES = 500;
    static final int REFUSALS = 50;
    static final int DAYS = 30;

    public Answers {
      figures = figures == null ? FIGURES : figures;
      refusals = refusals == null ? REFUSALS : refusals;
      days = days == null ? DAYS : days;
    }
  }

  /** What no benchmark goes below or above. */
  public record Benchmarks(
      @JsonPropertyDescription("Clients behind a figure, at least; default 5") @Range(min = 5)
          Integer minClients,
      @JsonPropertyDescription(
              "Share of a figure that one client may have at most, whichever other one takes its"
                  + " own away; default 0.4")
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
      @JsonPropertyDescription("Below the lake; begins with ops/alerts")
          @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
          String path) {
    /** Kinds of alert. */
    public enum Kind {
      WEBHOOK,
      FILE
    }
  }

  /**
   * How long data-subject requests may take; days.
   *
   * @param gdprDays after receipt; null where it is the month of the law
   */
  public record Requests(
      @JsonPropertyDescription(
              "Days a request under GDPR may take; by default one month, Art. 12(3)")
          @Range(min = 1, max = 92)
          Integer gdprDays,
      @JsonPropertyDescription(
              "Days a request under the DPDP Act may take; by default 90, what rule 14(3) allows"
                  + " for grievances")
          @Range(min = 1, max = 90)
          Integer dpdpDays,
      @JsonPropertyDescription("Days before a deadline that an alert tells of it; by default 7")
          @Range(min = 0, max = 90)
          Integer alertDays,
      @JsonPropertyDescription(
              "Days that what was put together for an access is kept; by default 30")
          @Range(min = 1, max = 365)
          Integer bundleDays) {

    /**
     * Months a controller has under GDPR Art. 12(3), from the receipt of the request. The two
     * further months of a complex request are not taken by default.
     */
    public static final int GDPR_MONTHS = 1;

    /**
     * Days a Data Fiduciary has at most to respond to a grievance, under rule 14(3) of the Digital
     * Personal Data Protection Rules, 2025. Of requests under sections 11, 12 and 14 of the DPDP
     * Act, 2023, neither says within what period they are to be granted; who was not answered has a
     * grievance (section 13).
     */
    public static final int DPDP_DAYS = 90;

    /** Days of warning before a deadline. */
    public static final int ALERT_DAYS = 7;

    /** Days that a client has to fetch what was put together. */
    public static final int BUNDLE_DAYS = 30;

    static final Requests DEFAULT = new Requests(null, null, null, null);

    public Requests {
      dpdpDays = dpdpDays == null ? DPDP_DAYS : dpdpDays;
      alertDays = alertDays == null ? ALERT_DAYS : alertDays;
      bundleDays = bundleDays == null ? BUNDLE_DAYS : bundleDays;
    }

    /** The last day on which a request that was received on {@code received} is in time. */
    public LocalDate deadline(Law law, LocalDate received) {
      return switch (law) {
        case GDPR ->
            gdprDays == null ? received.plusMonths(GDPR_MONTHS) : received.plusDays(gdprDays);
        case DPDP -> received.plusDays(dpdpDays);
      };
    }
  }
}
