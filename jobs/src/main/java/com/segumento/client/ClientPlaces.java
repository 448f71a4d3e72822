package com.segumento.client;

import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.config.Export;
import com.segumento.lake.Lake;
import com.segumento.model.ClientId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a client's own data and keys are: what nobody else uses. */
record ClientPlaces(Lake lake, Configuration configuration, Client client) {

  ClientId id() {
    return new ClientId(client.client());
  }

  /** All prefixes that are the client's alone, as whole URIs. */
  List<String> prefixes() {
    return Stream.concat(
            lake.layout().prefixes(id()).stream(),
            ownReferences().stream().map(lake.layout()::reference))
        .toList();
  }

  /** References of places the client gave us, unless another client uses them, too. */
  private Set<String> ownReferences() {
    Set<String> own = catchments(client).collect(Collectors.toCollection(TreeSet::new));
    others().flatMap(ClientPlaces::references).forEach(own::remove);
    references(client)
        .filter(name -> catchments(client).noneMatch(name::equals))
        .forEach(own::remove);
    return own;
  }

  /** Aliases of the secrets that are the client's alone. */
  Set<String> aliases() {
    Set<String> own = secrets(client).collect(Collectors.toCollection(TreeSet::new));
    others().flatMap(ClientPlaces::secrets).forEach(own::remove);
    return own;
  }

  private Stream<Client> others() {
    return configuration.clients().values().stream()
        .filter(other -> !other.client().equals(client.client()));
  }

  private static Stream<String> secrets(Client of) {
    return Stream.concat(
        Stream.of(of.keys().person()),
        of.exports().stream()
            .map(Export::destination)
            .filter(destination -> destination != null)
            .map(Export.Destination::key));
  }

  private static Stream<String> catchments(Client of) {
    return of.enrich() == null
        ? Stream.empty()
        : of.enrich().catchments().stream().map(Client.Enrichment.Catchment::reference);
  }

  private static Stream<String> references(Client of) {
    Client.Enrichment enrich = of.enrich();
    if (enrich == null) {
      return Stream.empty();
    }
    Stream<String> shared =
        Stream.concat(
            Stream.ofNullable(enrich.location()).map(Client.Enrichment.Location::reference),
            Stream.ofNullable(enrich.demographics())
                .map(Client.Enrichment.DistrictData::reference));
    return Stream.concat(shared, catchments(of));
  }
}
