package com.segumento.access;

import com.segumento.config.Client;
import com.segumento.config.Platform;
import com.segumento.model.Memberships;
import com.segumento.model.Profiles;
import com.segumento.model.SegmentCodes;
import com.segumento.model.Traits;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A part of the lake that is granted as one. */
public enum Area {
  /** All that the client lays down: drops, and requests of persons. */
  LANDING("landing/%s/"),
  /** Of that, the drops of the client's datasets. */
  DROPS("landing/%s/%s/"),
  TABLES("clients/%s/tables/"),
  /** Of these, what releases are made of and judged by, and nothing as the client delivered it. */
  SOURCES("clients/%s/tables/%s/"),
  QUARANTINE("clients/%s/quarantine/"),
  RELEASE_MEMORY("clients/%s/release_memory/"),
  QUESTIONS("clients/%s/questions/"),
  VAULT("clients/%s/vault/"),
  /** Marks of persons who are left out. */
  EXCLUSIONS("clients/%s/exclusions/"),
  NOMINATIONS("clients/%s/nominations/"),
  /** What was put together for persons who asked for their data. */
  BUNDLES("clients/%s/requests/"),
  PRIVACY_BUDGET("clients/%s/privacy_budget/"),
  STAGING("staging/%s/"),
  EXPORTS("exports/%s/"),
  ARCHIVE("archive/%s/"),
  LEASES("ops/leases/%s/"),
  CLIENT_STATES("ops/clients/%s/"),
  /** Only those the client's enrichment names: others may be another client's own places. */
  REFERENCES("reference/%s/"),
  RUNS("ops/runs/"),
  AUDIT("ops/audit/"),
  USAGE("ops/usage/"),
  REQUESTS("ops/requests/"),
  CERTIFICATES("ops/certificates/"),
  /** What expired and was announced. */
  RETENTION_LEDGER("ops/retention/"),
  BENCHMARK_SETS("ops/benchmark_sets/"),
  BENCHMARKS("benchmarks/"),
  ALERTS(""),
  /** All of it, whoever's: a proof of deletion looks into every object. */
  LAKE("");

  private final String pattern;

  Area(String pattern) {
    this.pattern = pattern;
  }

  /** Its prefixes below the lake's root, for one client; each ends in a slash. */
  List<String> prefixes(Platform platform, Client client) {
    return switch (this) {
      case DROPS ->
          client.datasets().stream()
              .map(dataset -> pattern.formatted(client.client(), dataset.name()))
              .toList();
      case SOURCES ->
          Stream.of(Profiles.NAME, Traits.NAME, Memberships.NAME, SegmentCodes.NAME)
              .map(table -> pattern.formatted(client.client(), table))
              .toList();
      case REFERENCES -> references(client).map(pattern::formatted).toList();
      case ALERTS -> alerts(platform);
      default -> List.of(pattern.formatted(client.client()));
    };
  }

  private static Stream<String> references(Client client) {
    TreeSet<String> names = new TreeSet<>();
    Client.Enrichment enrich = client.enrich();
    if (enrich != null) {
      if (enrich.location() != null) {
        names.add(enrich.location().reference());
      }
      if (enrich.demographics() != null) {
        names.add(enrich.demographics().reference());
      }
      enrich.catchments().forEach(catchment -> names.add(catchment.reference()));
    }
    return names.stream();
  }

  private static List<String> alerts(Platform platform) {
    TreeSet<String> prefixes = new TreeSet<>();
    for (Platform.Alert alert : platform.alerts()) {
      switch (alert.kind()) {
        case FILE -> prefixes.add(alert.path().replaceAll("^/+|/+$", "") + "/");
        case WEBHOOK -> prefixes.addAll(List.of("ops/alerts_sent/", "ops/alerts_unsent/"));
      }
    }
    return List.copyOf(prefixes);
  }
}
