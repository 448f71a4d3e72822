package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.LocalDate;
import java.util.List;

/** {@code conf/clients/<client>.yaml}: one client's agreement, contract, enrichment and exports. */
public record Client(
    @JsonProperty(required = true)
        @JsonPropertyDescription("The client's id; the file is named after it")
        @Form(
            pattern = "^[a-z][a-z0-9_]{1,39}$",
            says =
                "a lower-case letter followed by 1 to 39 lower-case letters, digits or underscores")
        String client,
    @JsonProperty(required = true) Agreement agreement,
    @JsonProperty(required = true) Keys keys,
    @JsonProperty(required = true) @Range(min = 1) List<DatasetContract> datasets,
    Enrichment enrich,
    @JsonPropertyDescription(
            "File with traits and segments, relative to the configuration directory")
        @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
        String segments,
    List<Export> exports,
    @JsonProperty(required = true) Retention retention,
    @JsonPropertyDescription("What exports with privacy.dp may tell of one person, all in all")
        PrivacyBudget privacyBudget) {

  public Client {
    datasets = datasets == null ? List.of() : List.copyOf(datasets);
    exports = exports == null ? List.of() : List.copyOf(exports);
  }

  /** One that has no budget, as no export of it has noise. */
  public Client(
      String client,
      Agreement agreement,
      Keys keys,
      List<DatasetContract> datasets,
      Enrichment enrich,
      String segments,
      List<Export> exports,
      Retention retention) {
    this(client, agreement, keys, datasets, enrich, segments, exports, retention, null);
  }

  /** The same with one export only. */
  public Client exporting(Export export) {
    return new Client(
        client,
        agreement,
        keys,
        datasets,
        enrich,
        segments,
        List.of(export),
        retention,
        privacyBudget);
  }

  /** The service agreement: what we may do, where and until when (both days included). */
  public record Agreement(
      @JsonProperty(required = true) @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String id,
      @JsonProperty(required = true) @JsonPropertyDescription("First day of the agreement")
          LocalDate start,
      @JsonProperty(required = true) @JsonPropertyDescription("Last day of the agreement")
          LocalDate end,
      @JsonProperty(required = true) @JsonPropertyDescription("One of the regions of platform.yaml")
          String region,
      @JsonProperty(required = true) @Range(min = 1) List<Purpose> purposes,
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
  public record Keys(
      @JsonProperty(required = true)
          @JsonPropertyDescription("Alias of the secret that keys persons")
          @Form(pattern = Form.ALIAS, says = Form.ALIAS_SAYS)
          String person,
      @JsonPropertyDescription(
              "Alias of the secret that data-subject requests are signed with; without it the"
                  + " client can make none")
          @Form(pattern = Form.ALIAS, says = Form.ALIAS_SAYS)
          String requests) {
    /** Of a client that makes no requests. */
    public Keys(String person) {
      this(person, null);
    }
  }

  /** What is joined to a profile. */
  public record Enrichment(
      Location location, DistrictData demographics, List<Catchment> catchments) {
    public Enrichment {
      catchments = catchments == null ? List.of() : List.copyOf(catchments);
    }

    /** The place of a person, by the profile column that carries {@code place: <by>}. */
    public record Location(
        @JsonProperty(required = true) PlaceKey by,
        @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS)
            String reference) {}

    /** Reference data by the district of the person's place. */
    public record DistrictData(
        @JsonProperty(required = true) DistrictKey by,
        @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS)
            String reference) {}

    /** Distance to the nearest of a client's own places. */
    public record Catchment(
        @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS)
            String name,
        @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS)
            String reference,
        @JsonProperty(required = true) @Range(min = 0.001, max = 20040) Double radiusKm) {}

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
      @JsonProperty(required = true) @Range(min = 0) Integer eventsDays,
      @JsonProperty(required = true) @Range(min = 0) Integer quarantineDays,
      @JsonProperty(required = true) @Range(min = 0) Integer landingDays,
      @JsonProperty(required = true) @Range(min = 0) Integer exportsDays,
      @JsonProperty(required = true) @Range(min = 0) Integer graceDays,
      @Range(min = 0) Integer noticeHours,
      boolean legalHold,
      @JsonPropertyDescription("Datasets that the client has us delete, each on a date")
          List<Instruction> instructions) {
    public Retention {
      instructions = instructions == null ? List.of() : List.copyOf(instructions);
    }

    /** One without instructions. */
    public Retention(
        Integer eventsDays,
        Integer quarantineDays,
        Integer landingDays,
        Integer exportsDays,
        Integer graceDays,
        Integer noticeHours,
        boolean legalHold) {
      this(
          eventsDays,
          quarantineDays,
          landingDays,
          exportsDays,
          graceDays,
          noticeHours,
          legalHold,
          List.of());
    }
  }

  /**
   * What a client has us delete of a dataset: from a date on, all that is dated that day or before.
   *
   * @param dataset a dataset of the client
   */
  public record Instruction(
      @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS)
          String dataset,
      @JsonProperty(required = true)
          @JsonPropertyDescription("All dated up to this day is deleted, from this day on")
          LocalDate deleteOn) {}
}
