package com.segumento.enrich;

import com.segumento.config.Client;
import com.segumento.config.Client.Enrichment.Catchment;
import com.segumento.config.Client.PlaceKey;
import com.segumento.config.Client.Purpose;
import com.segumento.config.DatasetContract;
import com.segumento.model.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client's agreement and configuration let us join to its persons; nothing else is. */
record Contracted(Client client) {

  /** How places are found: only where location is a purpose of the agreement. */
  Optional<Client.Enrichment.Location> location() {
    return has(Purpose.LOCATION)
        ? Optional.ofNullable(client.enrich()).map(Client.Enrichment::location)
        : Optional.empty();
  }

  /**
   * What is known of a place's district: only where enrichment is a purpose, and the place is known
   * by postal code.
   */
  Optional<Client.Enrichment.DistrictData> demographics() {
    return has(Purpose.ENRICHMENT) && byPostalCode()
        ? Optional.ofNullable(client.enrich().demographics())
        : Optional.empty();
  }

  /** The client's own places to measure from; none where places are not known by postal code. */
  List<Catchment> catchments() {
    return byPostalCode() ? client.enrich().catchments() : List.of();
  }

  private boolean byPostalCode() {
    return location().filter(location -> location.by() == PlaceKey.POSTAL_CODE).isPresent();
  }

  /** Names of all references that are joined. */
  List<String> references() {
    List<String> names = new ArrayList<>();
    location().ifPresent(location -> names.add(location.reference()));
    demographics().ifPresent(demographics -> names.add(demographics.reference()));
    catchments().forEach(catchment -> names.add(catchment.reference()));
    return List.copyOf(names);
  }

  /** The profile column that says where a person is. */
  String locationColumn(PlaceKey key) {
    return client.datasets().stream()
        .filter(dataset -> dataset.kind() == DatasetContract.Kind.PROFILE)
        .flatMap(dataset -> dataset.columns().entrySet().stream())
        .filter(column -> column.getValue().place() == key)
        .filter(column -> column.getValue().role() != DatasetContract.Role.IDENTIFYING)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                ConfigException.invalid(
                    "enrich.location.by",
                    key.name().toLowerCase(java.util.Locale.ROOT),
                    "a key that a column of a profile dataset carries as its place"));
  }

  private boolean has(Purpose purpose) {
    return client.agreement().purposes().contains(purpose);
  }
}
