package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;

/** {@code conf/clients/<client>.yaml}: one client's agreement, contract, enrichment and exports. */
public record Client(
    @JsonProperty(required = true) String client,
    @JsonProperty(required = true) Agreement agreement,
    @JsonProperty(required = true) Keys keys,
    @JsonProperty(required = true) List<DatasetContract> datasets,
    Enrichment enrich,
    String segments,
    List<Export> exports,
    @JsonProperty(required = true) Retention retention) {

  public Client {
    datasets = datasets == null ? List.of() : List.copyOf(datasets);
    exports = exports == null ? List.of() : List.copyOf(exports);
  }

  /** The service agreement: what we may do, where and until when (both days included). */
  public record Agreement(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) LocalDate start,
      @JsonProperty(required = true) LocalDate end,
      @JsonProperty(required = true) String region,
      @JsonProperty(required = true) List<Purpose> purposes,
      boolean benchmarks,
      boolean activation) {
    public Agreement {
      purposes = purposes == null ? List.of() : List.copyOf(purposes);
    }

    /** Whether the agreement covers {@code date}. */
    public boolean covers(LocalDate date) {
      return !date.isBefore(start) && !date.isAfter(end);
    }
  }

  /** Purposes a client contracted. */
  public enum Purpose {
    SEGMENTATION,
    ENRICHMENT,
    LOCATION
  }

  /** Aliases of secrets in the credential provider; never the secrets. */
  public record Keys(@JsonProperty(required = true) String person) {}

  /** What is joined to a profile. */
  public record Enrichment(
      Location location, DistrictData demographics, List<Catchment> catchments) {
    public Enrichment {
      catchments = catchments == null ? List.of() : List.copyOf(catchments);
    }

    /** The place of a person, by the profile column that carries {@code place: <by>}. */
    public record Location(
        @JsonProperty(required = true) PlaceKey by,
        @JsonProperty(required = true) String reference) {}

    /** Reference data by the district of the person's place. */
    public record DistrictData(
        @JsonProperty(required = true) DistrictKey by,
        @JsonProperty(required = true) String reference) {}

    /** Distance to the nearest of a client's own places. */
    public record Catchment(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String reference,
        @JsonProperty(required = true) Double radiusKm) {}

    /** What demographics are joined by. */
    public enum DistrictKey {
      DISTRICT
    }
  }

  /** What a column says of a place. */
  public enum PlaceKey {
    POSTAL_CODE,
    COUNTRY
  }

  /** How long what is kept; days. */
  public record Retention(
      @JsonProperty(required = true) Integer eventsDays,
      @JsonProperty(required = true) Integer quarantineDays,
      @JsonProperty(required = true) Integer landingDays,
      @JsonProperty(required = true) Integer exportsDays,
      @JsonProperty(required = true) Integer graceDays,
      Integer noticeHours,
      boolean legalHold) {}
}
